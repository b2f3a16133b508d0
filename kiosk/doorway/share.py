"""How many people run the app at this door: learned as it goes, and kept across restarts."""

from kiosk.doorway.memory import DoorMemory
from kiosk.doorway.model import Deciding

MEMORY = 200.0
"""Passages that the share remembers: about a morning, so that a campaign that works is believed by noon."""

LEAST, MOST = 0.03, 0.97
"""Limits of the share: no door is ever certain beforehand."""


class Share:
    """The running estimate: a prior worth a few passages, then what was decided, the old fading out."""

    def __init__(self, deciding: Deciding, memory: DoorMemory | None = None) -> None:
        self._running = self._passages = 0.0
        if memory is not None and 0 <= memory.share <= 1 and memory.passages > 0:
            self._passages = min(memory.passages, MEMORY)
            self._running = memory.share * self._passages
        # The prior is in what was kept already: adding it at every start would draw a door back to the usual share.
        prior = max(0.0, deciding.share_weight - self._passages)
        self._running += deciding.share * prior
        self._passages += prior
        self._kept = self._running / self._passages, self._passages

    def with_more(self, running: float, passages: int) -> float:
        """The share if `passages` more had `running` (a sum of probabilities) with the app."""
        share = (self._running + running) / (self._passages + passages)
        return min(max(share, LEAST), MOST)

    def learn(self, probability: float) -> None:
        """One passage is settled, with this probability that the app ran."""
        keep = 1 - 1 / MEMORY if self._passages > MEMORY else 1.0
        self._running = self._running * keep + probability
        self._passages = self._passages * keep + 1
        self._kept = self._running / self._passages, self._passages

    @property
    def kept(self) -> tuple[float, float]:
        """The share and the passages it rests on, of one moment, so that it may be asked from any thread."""
        return self._kept

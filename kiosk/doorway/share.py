"""How many people run the app at this door: learned as it goes, and kept across restarts."""

from kiosk.doorway.memory import DoorMemory
from kiosk.doorway.model import Deciding
from kiosk.doorway.running_mean import RunningMean

MEMORY = 200.0
"""Passages that the share remembers: about a morning, so that a campaign that works is believed by noon."""

LEAST, MOST = 0.03, 0.97
"""Limits of the share: no door is ever certain beforehand."""


class Share:
    """The running estimate: a prior worth a few passages, then what was decided, the old fading out."""

    def __init__(self, deciding: Deciding, memory: DoorMemory | None = None) -> None:
        kept = (memory.share, memory.passages) if memory is not None else (0.0, 0.0)
        self._mean = RunningMean.of_share(MEMORY, (deciding.share, deciding.share_weight), kept)

    def with_more(self, running: float, passages: int) -> float:
        """The share if `passages` more had `running` (a sum of probabilities) with the app."""
        return min(max(self._mean.with_more(running, passages), LEAST), MOST)

    def learn(self, probability: float) -> None:
        """One passage is settled, with this probability that the app ran."""
        self._mean.learn(probability)

    @property
    def kept(self) -> tuple[float, float]:
        """The share and the passages it rests on, of one moment, so that it may be asked from any thread."""
        return self._mean.kept

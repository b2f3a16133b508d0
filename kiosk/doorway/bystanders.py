"""How many phones are heard here that go through no passage: a desk, a bus stop, a busy street.

A faint phone beside a passage is its visitor's at a quiet door and anybody's in a street. The rate is learned:
phones that came, less those that went through, over the time that was listened.
"""

from kiosk.doorway.memory import DoorMemory
from kiosk.doorway.model import Deciding

HOUR = 3600.0
"""Seconds; rates are in phones an hour."""

MEMORY = 2 * HOUR
"""Seconds that the rate remembers: a street in the morning is another one at noon."""

LEAST = 4.0
"""Phones an hour below which no door is believed to be: somebody always walks by."""


class Bystanders:
    """The running estimate: a prior worth some minutes, then what was heard, the old fading out."""

    def __init__(self, deciding: Deciding, memory: DoorMemory | None = None) -> None:
        self._usual = deciding.bystanders
        self._seconds = 0.0
        self._phones = 0.0
        if memory is not None and memory.bystanders >= 0 and memory.seconds > 0:
            self._seconds = min(memory.seconds, MEMORY)
            self._phones = memory.bystanders * self._seconds / HOUR
        prior = max(0.0, deciding.bystanders_weight - self._seconds)
        self._phones += self._usual * prior / HOUR
        self._seconds += prior
        self._kept = self._estimate()

    @property
    def kept(self) -> tuple[float, float]:
        """Phones an hour, and the seconds of listening they rest on, of one moment: may be asked from any thread."""
        return self._kept

    def times_usual(self) -> float:
        """The rate against that of the usual door."""
        return self._kept[0] / self._usual

    def learn(self, seconds: float, came: int, went_through: float) -> None:
        """In `seconds` of listening `came` phones came, and `went_through` (a sum of probabilities) had a passage."""
        self._phones = max(0.0, self._phones + came - went_through)
        self._seconds += seconds
        fade = min(1.0, MEMORY / self._seconds)
        self._phones *= fade
        self._seconds *= fade
        self._kept = self._estimate()

    def _estimate(self) -> tuple[float, float]:
        return max(LEAST, self._phones * HOUR / self._seconds), self._seconds

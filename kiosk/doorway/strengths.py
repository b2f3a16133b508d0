"""How strong phones are at this door: a radio in a metal box, behind a pillar or on a good aerial hears all of them so.

Phones differ by more than doors do, so the mean of the visitors' phones tells the door from a few dozen of them on.
"""

from kiosk.doorway.memory import DoorMemory
from kiosk.doorway.model import Strength
from kiosk.doorway.running_mean import RunningMean

MEMORY = 200.0
"""Phones that the mean remembers, as many as the share of the app remembers passages."""

PRIOR = 12.0
"""Phones that the usual strength is worth: twice what spreads of 7 dB among phones and 3 dB among doors ask for, since
the phones that are not heard at all are missing from the mean."""


class Strengths:
    """The running mean of the power of visitors' phones."""

    def __init__(self, strength: Strength, memory: DoorMemory | None = None) -> None:
        self._usual = strength.power
        phones = min(memory.phones, MEMORY) if memory is not None and memory.phones > 0 else 0.0
        excess = memory.excess * phones if memory is not None else 0.0
        self._mean = RunningMean(MEMORY, excess, phones)

    @property
    def kept(self) -> tuple[float, float]:
        """dB by which phones are stronger here than usual, and how many that rests on, of one moment."""
        return self._mean.kept

    def power(self) -> float:
        """What to expect of a phone at this door, in dBm at one metre."""
        excess, phones = self.kept
        return self._usual + excess * phones / (phones + PRIOR)

    def learn(self, power: float, chance: float) -> None:
        """A phone of `power` (dBm at one metre) went through with this `chance`."""
        self._mean.learn(power - self._usual, chance)

"""Movement with a purpose: a value on its way from one number to another."""

from dataclasses import dataclass
from typing import Final

FRAME: Final = 0.05
"""Seconds between two frames of a movement: 20 a second look smooth for 300 ms and a Pi Zero keeps up."""


@dataclass(frozen=True, slots=True)
class Motion:
    """From `start` at monotonic time `t` to `end`, `seconds` later, fast first and then slower (ease-out)."""

    start: float
    end: float
    t: float
    seconds: float

    def value(self, t: float) -> float:
        """Where it is at `t`."""
        if not self.moving(t):
            return self.end
        left = 1 - max(0.0, t - self.t) / self.seconds
        return self.end + (self.start - self.end) * left**3

    def moving(self, t: float) -> bool:
        """Whether it has not arrived at `t`."""
        return self.start != self.end and t < self.t + self.seconds

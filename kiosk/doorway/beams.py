"""From edges of a sensor to pulses: bounce taken out, and a sensor that is stuck told apart from a crowd."""

from dataclasses import dataclass

DEBOUNCE = 0.02
"""Seconds a level must hold before it counts: longer than contact bounce, shorter than the gap between two bodies."""

SHORTEST_BODY = 0.08
"""Seconds: a trunk 20 cm deep at a run of 2.5 m/s; whatever is shorter was a hand, an insect or a spark."""

STUCK = 20.0
"""Seconds a beam may be broken by somebody who stops in the door; beyond that it is dirty, misaligned or blocked."""


@dataclass(frozen=True, slots=True)
class Pulse:
    """One sensor was broken from `start` to `end` (monotonic seconds)."""

    sensor: str
    start: float
    end: float

    @property
    def seconds(self) -> float:
        """How long the sensor was broken."""
        return self.end - self.start

    @property
    def middle(self) -> float:
        """The time half way through."""
        return (self.start + self.end) / 2


class BeamLine:
    """One sensor: takes its edges in order of time and gives its pulses once they are certain.

    A gap shorter than the debounce time belongs to the pulse around it, so a pulse is given only when the sensor
    has been free for that long.
    """

    def __init__(self, sensor: str) -> None:
        self.sensor = sensor
        self.broken_since: float | None = None
        self._free_since: float | None = None

    @property
    def broken(self) -> bool:
        """Whether the sensor is broken now, or was a debounce time ago."""
        return self.broken_since is not None

    def edge(self, t: float, active: bool) -> Pulse | None:
        """Take one edge; gives the pulse before it, if that has become certain. A repeated level changes nothing."""
        pulse = self.free_at(t)
        if active:
            self._free_since = None
            if self.broken_since is None:
                self.broken_since = t
        elif self.broken_since is not None and self._free_since is None:
            self._free_since = t
        return pulse

    def free_at(self, t: float) -> Pulse | None:
        """Give the pulse that ended at least a debounce time before `t`, if there is one."""
        if self.broken_since is None or self._free_since is None or t - self._free_since < DEBOUNCE:
            return None
        pulse = Pulse(self.sensor, self.broken_since, self._free_since)
        self.broken_since = self._free_since = None
        return pulse if pulse.seconds >= SHORTEST_BODY else None

    def stuck_at(self, t: float) -> bool:
        """Whether the sensor has been broken for longer than anybody stands in a door."""
        return self.broken_since is not None and self._free_since is None and t - self.broken_since > STUCK

    def reset(self) -> None:
        """Forget the pulse under way."""
        self.broken_since = self._free_since = None

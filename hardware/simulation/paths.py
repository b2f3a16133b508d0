"""Where somebody is at any time: straight walks and halts, joined without a jump."""

from dataclasses import dataclass, field
from typing import Self

import numpy as np
from numpy.typing import NDArray

from hardware.simulation.parameters import Place

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Path:
    """A way through the world: `times` (seconds, shape n), `points` (metres, n x 2), `facing` (radians, n - 1)."""

    times: Numbers
    points: Numbers
    facing: Numbers

    @property
    def start(self) -> float:
        """When it begins, in seconds."""
        return float(self.times[0])

    @property
    def end(self) -> float:
        """When it ends, in seconds."""
        return float(self.times[-1])

    def at(self, t: Numbers) -> Numbers:
        """The places at the times `t`: metres, shape len(t) x 2."""
        return np.column_stack([np.interp(t, self.times, self.points[:, axis]) for axis in (0, 1)])

    def place_at(self, t: float) -> Place:
        """The place at one time, in metres."""
        x, y = self.at(np.array([t]))[0]
        return float(x), float(y)

    def facing_at(self, t: Numbers) -> Numbers:
        """The directions faced at the times `t`, as unit vectors, shape len(t) x 2."""
        leg = np.clip(np.searchsorted(self.times, t, side="right") - 1, 0, len(self.facing) - 1)
        return np.column_stack([np.cos(self.facing[leg]), np.sin(self.facing[leg])])

    def walked(self, t: Numbers) -> Numbers:
        """Metres walked until the times `t`."""
        steps = np.hypot(*np.diff(self.points, axis=0).T)
        return np.asarray(np.interp(t, self.times, np.concatenate([[0.0], np.cumsum(steps)])))

    def crossings(self, x: float) -> list[tuple[float, int]]:
        """When the line at `x` metres is crossed, and which way: +1 into the building, -1 out of it."""
        side = self.points[:, 0] - x
        found = []
        for leg in np.flatnonzero((side[:-1] < 0) != (side[1:] < 0)):
            share = -side[leg] / (side[leg + 1] - side[leg])
            when = self.times[leg] + share * (self.times[leg + 1] - self.times[leg])
            found.append((float(when), 1 if side[leg] < 0 else -1))
        return found


@dataclass
class Walk:
    """Builds a path, step by step, from a place at a time."""

    t: float
    place: Place
    _times: list[float] = field(default_factory=list)
    _points: list[Place] = field(default_factory=list)
    _facing: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._times.append(self.t)
        self._points.append(self.place)

    def to(self, place: Place, speed: float) -> Self:
        """Go straight to `place` at `speed` metres per second."""
        step = np.subtract(place, self.place)
        return self._add(self.t + max(1e-3, float(np.hypot(*step)) / speed), place, float(np.arctan2(step[1], step[0])))

    def stand(self, seconds: float, facing: float | None = None) -> Self:
        """Halt, facing a direction (radians) or, left out, the way one came."""
        came = self._facing[-1] if self._facing else 0.0
        return self._add(self.t + max(1e-3, seconds), self.place, came if facing is None else facing)

    def path(self) -> Path:
        """What was built."""
        return Path(np.array(self._times), np.array(self._points, dtype=float), np.array(self._facing))

    def _add(self, t: float, place: Place, facing: float) -> Self:
        self.t, self.place = t, place
        self._times.append(t)
        self._points.append(place)
        self._facing.append(facing)
        return self

"""The values of slow fading and of power that are told apart, and how slow fading changes along a way."""

from dataclasses import dataclass

import numpy as np

from hardware.simulation.parameters import Waves
from hardware.simulation.paths import Numbers

FINE = 1 / 3
"""Standard deviations of slow fading between two values."""

WIDE = 3.7
"""Standard deviations of slow fading to either side: beyond lies one moment in five thousand."""

POWER_STEP = 2.0
"""dB, about, between two values of power: half of it is lost in the slow fading."""

POWER_WIDE = 3.0
"""Standard deviations of power to either side."""


@dataclass(frozen=True)
class Grid:
    """Values of slow fading `slow` (dB) with their shares `prior`, `step` dB apart, and of power over its mean."""

    waves: Waves
    step: float
    slow: Numbers
    prior: Numbers
    every: int
    """Steps of slow fading that make a step of power."""

    @classmethod
    def of(cls, waves: Waves, finer: float = 1.0) -> "Grid":
        """The grid for a door; `finer` divides its steps."""
        step = FINE * waves.slow / finer if waves.slow > 0 else POWER_STEP / finer
        slow = _values(WIDE * waves.slow, step)
        return cls(waves, step, slow, _shares(slow, waves.slow), max(1, round(POWER_STEP / finer / step)))

    def powers(self, spread: float) -> tuple[Numbers, Numbers]:
        """Values of power (dB over its mean) that spreads by so many dB, and their shares."""
        values = _values(POWER_WIDE * spread, self.step * self.every)
        return values, _shares(values, spread)

    def changes(self, metres: Numbers) -> Numbers:
        """Chances to come from one value of slow fading to another within so many metres: (..., from, to)."""
        kept = np.exp(-np.abs(metres) / self.waves.slow_metres)[..., None, None]
        spread = np.maximum(self.waves.slow * np.sqrt(1 - kept**2), 0.3 * self.step)
        chances = np.exp(-0.5 * ((self.slow - kept * self.slow[:, None]) / spread) ** 2)
        return np.asarray(chances / chances.sum(-1, keepdims=True), dtype=np.float32)


def _values(reach: float, step: float) -> Numbers:
    """Values from -reach to reach, zero among them."""
    half = int(np.ceil(reach / step)) if reach > 0 else 0
    return np.asarray(np.arange(-half, half + 1) * step, dtype=np.float64)


def _shares(values: Numbers, spread: float) -> Numbers:
    """The normal distribution's shares of values."""
    if len(values) == 1:
        return np.ones(1)
    density = np.exp(-0.5 * (values / spread) ** 2)
    return np.asarray(density / density.sum())

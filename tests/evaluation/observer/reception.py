"""How likely one advert is heard with a strength, or not at all, for what arrives before fast fading: exact, as tables.

A strength is rounded to whole dBm. The chance that a receiver hears what arrives is a factor of the strength alone, the
same for every sender, and left out.
"""

from dataclasses import dataclass

import numpy as np

from hardware.simulation.parameters import Receivers, Waves
from hardware.simulation.paths import Numbers
from hardware.simulation.propagation import DEAF

STEP = 0.1
"""dB between two entries of a table: a tenth of what a strength is rounded to."""

DEEPEST, HIGHEST = -45.0, 25.0
"""dB of fast fading that the table holds: beyond them lies a chance below one in ten thousand."""

WEAKEST, STRONGEST = -180.0, 40.0
"""dBm before fast fading that the table of silence holds."""

LEAST = 1e-9
"""Density below which nothing is told apart: no single advert rules a phone out."""


def fade_density(direct: float, fades: Numbers) -> Numbers:
    """Density per dB of Rice fading with factor `direct` at `fades` (dB), its mean power being one."""
    power = 10 ** (fades / 10)
    root = np.sqrt(direct * (direct + 1) * power)
    # I0(2 root) exp(-2 root), by the series of np.i0 or, where that would overflow, by its limit.
    scaled = np.where(
        root < 150, np.i0(2 * np.minimum(root, 150)) * np.exp(-2 * np.minimum(root, 150)), 0.5 / np.sqrt(np.pi * root)
    )
    density = (direct + 1) * np.exp(-direct - (direct + 1) * power + 2 * root) * scaled
    return np.asarray(density * power * np.log(10) / 10)


@dataclass(frozen=True)
class Reception:
    """Logarithms of chances at one door."""

    _heard: Numbers
    _silent: Numbers

    @classmethod
    def of(cls, waves: Waves, receivers: Receivers) -> "Reception":
        """The tables of a door."""
        fades = np.arange(DEEPEST, HIGHEST + STEP / 2, STEP)
        density = fade_density(waves.direct, fades)
        density /= density.sum()
        rounding = np.ones(round(1 / STEP)) / STEP
        rounded = np.convolve(density, rounding / rounding.sum() / STEP, mode="same")
        arriving = np.arange(WEAKEST, STRONGEST + STEP / 2, STEP)
        above = (arriving - receivers.sensitivity) / receivers.softness
        chance = np.where(above < DEAF, 0.0, (1 - receivers.lost) / (1 + np.exp(-np.maximum(above, DEAF))))
        # Entry i of the mean over fades is that of arriving[i]: a correlation of the chance with the density.
        first = round(-DEEPEST / STEP)
        padded = np.concatenate([np.zeros(first), chance, np.full(len(fades) - first - 1, chance[-1])])
        mean = np.correlate(padded, density, mode="valid")
        return cls(np.log(np.maximum(rounded, LEAST)), np.log1p(-mean))

    def logarithms(self, levels: Numbers, heard: Numbers, missed: int) -> Numbers:
        """Log-likelihood of adverts heard with `heard` dBm, and of `missed` unheard, at each of `levels` (dBm)."""
        over = np.rint((heard[:, None] - levels - DEEPEST) / STEP).astype(np.intp)
        below = np.rint((levels - WEAKEST) / STEP).astype(np.intp)
        logs = self._heard[np.clip(over, 0, len(self._heard) - 1)].sum(0)
        return np.asarray(logs + missed * self._silent[np.clip(below, 0, len(self._silent) - 1)])

"""What one radio heard and did not hear of one phone, stretch by stretch, as a likelihood of the level that arrives."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hardware.simulation.paths import Numbers
from tests.evaluation.observer.reception import Reception
from tests.evaluation.observer.sending import Sendings

Flags = NDArray[np.bool_]

STRETCH = 0.25
"""Seconds in which the level is taken as one: a walker goes 0.3 m, of the 2 m over which slow fading changes."""

LOWEST, LEVELS = -170.0, 180.0
"""dBm where the levels begin, and over how many dB they go on."""

NOTHING = 1e-4
"""Log-likelihood of a stretch's silence nearer to zero than which it tells nothing."""

HARDLY = 1e-30
"""Chance below which nothing is told apart, so that single precision can hold it."""


@dataclass(frozen=True)
class Hearing:
    """Stretches of one phone's adverts at one radio: middle (s), and the likelihood by level over its greatest.

    Levels lie `step` dB apart from LOWEST; `tops` are the logarithms of the greatest.
    """

    step: float
    t: Numbers
    silent: Flags
    chances: NDArray[np.float32]
    tops: Numbers
    logs: Numbers
    """The likelihood itself, as logarithms."""

    def picked(self, kept: Flags) -> "Hearing":
        """Only the stretches that are `kept`."""
        return Hearing(self.step, self.t[kept], self.silent[kept], self.chances[kept], self.tops[kept], self.logs[kept])

    def between(self, start: float, end: float) -> "Hearing":
        """The stretches from `start` to before `end`."""
        return self.picked((self.t >= start) & (self.t < end))

    def telling(self, loudest: Numbers) -> Flags:
        """Which stretches tell something of a phone that arrives in each with at most `loudest` dBm."""
        level = np.clip((loudest - LOWEST) / self.step, 0, self.logs.shape[1] - 1).astype(np.intp)
        return np.asarray(~self.silent | (self.logs[np.arange(len(level)), level] < -NOTHING))


def hearing_of(reception: Reception, sendings: Sendings, radio: str, step: float, stretch: float = STRETCH) -> Hearing:
    """One radio's part of what a phone sent."""
    levels: Numbers = LOWEST + step * np.arange(round(LEVELS / step), dtype=np.float64)
    rssi = sendings.rssi[radio]
    _, firsts = np.unique(np.floor(sendings.t / stretch), return_index=True)
    parts = np.split(rssi, firsts[1:]) if len(rssi) else []
    silences = reception.logarithms(levels, np.zeros(0), 1)
    logs = np.zeros((len(parts), len(levels)))
    for row, part in enumerate(parts):
        heard = part[~np.isnan(part)]
        logs[row] = (len(part) - len(heard)) * silences
        if len(heard):
            logs[row] += reception.logarithms(levels, heard, 0)
    t = np.array([times.mean() for times in np.split(sendings.t, firsts[1:])]) if len(rssi) else np.zeros(0)
    silent = np.array([bool(np.isnan(part).all()) for part in parts], dtype=np.bool_)
    tops = logs.max(1, initial=-np.inf)
    chances = np.maximum(np.exp(logs - tops[:, None]), HARDLY).astype(np.float32)
    return Hearing(step, t, silent, chances, tops, logs)

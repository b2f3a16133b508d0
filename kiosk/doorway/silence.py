"""What it is worth to hear nothing of a phone that should be heard.

A phone on air goes unheard through a bin with the probability that `receiving` tells. A profile with a duty cycle is on
air only for part of each cycle; its own adverts tell which part, and what silence is worth is averaged over the parts
that are still possible.
"""

import numpy as np
from numpy.typing import NDArray

from hardware.beacons import BeaconProfile

Array = NDArray[np.float64]

PHASES = 40
"""Starts of the duty cycle that are told apart: 0.75 s of Bluezone's 30 s, as fine as the bins."""

OFF_AIR = 2.0
"""Log-odds against a start for each bin heard while it says off air: timers are exact, bins are not."""

MOST_LATE = 15
"""Bins off air beyond which a start is impossible anyway."""


class DutyCycle:
    """Which starts of its duty cycle a phone's adverts allow; a profile that is always on has one."""

    def __init__(self, profile: BeaconProfile, heard: Array, bin_seconds: float) -> None:
        self._on = profile.duty_on
        self._period = profile.duty_on + profile.duty_off
        self._bin = bin_seconds
        self.cycles = self._period > 0 and profile.duty_off > 0
        if self.cycles:
            late = np.minimum((1 - self._on_air(heard)).sum(1), MOST_LATE)
            self.weights = np.exp(-OFF_AIR * (late - late.min()))
            self.weights /= self.weights.sum()

    def _on_air(self, t: Array) -> Array:
        """Whether each start (row) is on air at each time (column); half at the bins of an edge."""
        starts = np.arange(PHASES)[:, None] * self._period / PHASES
        since = (t[None, :] - starts) % self._period
        edge = self._bin / 2
        return np.asarray(np.clip((np.minimum(since, self._on - since) + edge) / (2 * edge), 0.0, 1.0))

    def on_air(self, t: Array) -> Array:
        """Share (0 to 1) of the bins at times (n,) in which the phone is on air, as far as its adverts tell."""
        if not self.cycles:
            return np.ones(len(t))
        return np.asarray((self._on_air(t) * self.weights[:, None]).sum(0))

    def log_silence(self, t: Array, unheard: Array) -> Array:
        """Log-probability of silence at times (m,) for each way: `unheard` (ways, m) holds it for a phone on air."""
        if not self.cycles:
            return np.asarray(np.log(unheard).sum(1))
        possible = self.weights > 1e-4
        on_air = self._on_air(t)[possible]
        logs = np.stack([np.log1p(-on[None, :] * (1 - unheard)).sum(1) for on in on_air])
        logs += np.log(self.weights[possible])[:, None]
        top = logs.max(0)
        return np.asarray(top + np.log(np.exp(logs - top).sum(0)))

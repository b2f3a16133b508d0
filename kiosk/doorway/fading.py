"""The noise around expected strengths: slow fading, fast fading that averages out, and how a way drifts off.

Slow fading is an Ornstein-Uhlenbeck process for each radio (covariance slow^2 exp(-|t - t'| / slow_seconds)), fast
fading is independent for each advert, and drift is a random walk that begins some seconds off the door line.
"""

import numpy as np
from numpy.typing import NDArray

from kiosk.doorway.gaussian import Noise
from kiosk.doorway.heard import Heard
from kiosk.doorway.model import Fading

Array = NDArray[np.float64]

DRIFT_SHARED = 0.7
"""Correlation between radios of the drift: it is the same person who walks elsewhere than expected."""

MOVING_SHARED = 0.6
"""Correlation between radios of the strengths of somebody who moves about the room."""


def noise_of_way(heard: Heard, fading: Fading, crossing: float) -> Noise:
    """The noise around a way through the door line at `crossing` (seconds)."""
    drift = fading.drift**2
    since, silent = _off_line(heard.t, fading, crossing), _off_line(heard.silent_t, fading, crossing)
    base = _slow(heard, fading)
    return Noise(
        base.heard + drift * _walked(since, since, heard.radio, heard.radio),
        base.across + drift * _walked(silent, since, heard.silent_radio, heard.radio),
        base.silent + drift * np.abs(silent),
    )


def noise_of_standing(heard: Heard, fading: Fading, moving: float, moving_seconds: float) -> Noise:
    """The noise around one level, of somebody who moves about by `moving` dB within `moving_seconds`."""
    base = _slow(heard, fading)
    if moving == 0:
        return base

    def moved(t: Array, radio: NDArray[np.intp]) -> Array:
        shared = np.where(radio[:, None] == heard.radio[None, :], 1.0, MOVING_SHARED)
        return np.asarray(moving**2 * shared * np.exp(-np.abs(t[:, None] - heard.t[None, :]) / moving_seconds))

    return Noise(
        base.heard + moved(heard.t, heard.radio),
        base.across + moved(heard.silent_t, heard.silent_radio),
        base.silent + moving**2,
    )


def noise_of_walk(heard: Heard, fading: Fading) -> Noise:
    """The noise around a way that does not depend on a door line."""
    return _slow(heard, fading)


def _slow(heard: Heard, fading: Fading) -> Noise:
    def between(t: Array, radio: NDArray[np.intp]) -> Array:
        same = radio[:, None] == heard.radio[None, :]
        decay = np.exp(-np.abs(t[:, None] - heard.t[None, :]) / fading.slow_seconds)
        return np.asarray(np.where(same, fading.slow**2 * decay, 0.0))

    among = between(heard.t, heard.radio)
    among[np.diag_indices_from(among)] += heard.variance
    silent = np.full(len(heard.silent_t), fading.slow**2)
    return Noise(among, between(heard.silent_t, heard.silent_radio), silent)


def _off_line(t: Array, fading: Fading, crossing: float) -> Array:
    """Signed seconds beyond which the way is uncertain."""
    off = t - crossing
    return np.asarray(np.sign(off) * np.maximum(np.abs(off) - fading.drift_after, 0.0))


def _walked(a: Array, b: Array, radio_a: NDArray[np.intp], radio_b: NDArray[np.intp]) -> Array:
    """Covariance of two random walks that begin at the door line and go either way."""
    shared = np.where(radio_a[:, None] == radio_b[None, :], 1.0, DRIFT_SHARED)
    same_side = np.sign(a)[:, None] == np.sign(b)[None, :]
    common = np.minimum(np.abs(a)[:, None], np.abs(b)[None, :])
    return np.asarray(np.where(same_side, common, 0.0) * shared)

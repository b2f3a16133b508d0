"""What a receiver makes of the adverts a phone sends: some are lost, and what lies under its floor is never heard.

So the mean of what was heard near the floor is too strong: only the lucky adverts got through. A bin in which a phone
sends n adverts at a level of m dBm, each give or take the fast fading s, and c of them were heard, says

    p(heard | m) = normal(strengths; m, s) * u(m) ** (n - c),    u(m) = lost + (1 - lost) * P(advert < floor | m, s)

(a censored, or Tobit, likelihood). It is kept as the Gaussian with the same mean and variance.
"""

from dataclasses import dataclass
from functools import cache
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from kiosk.doorway.model import Model

Array = NDArray[np.float64]

LEVELS: Array = np.arange(-14.0, 5.5, 0.5)
"""dB around the mean of what was heard that are tried for the level: it may be far below, hardly above."""

LEAST_VARIANCE = 0.3
"""dB squared: strengths are whole numbers of dBm."""

LOGISTIC = 1.702
"""Scale at which the logistic curve is nearest to the normal distribution."""


@dataclass(frozen=True, slots=True)
class Receiving:
    """How a phone that sends `sent` adverts in a bin is heard.

    A bin stays silent, however strong the phone, with probability `missed`; else when its level lies below `middle`
    (dBm), a threshold as soft as a normal distribution of `width` (dB).
    """

    sent: float
    missed: float
    middle: float
    width: float
    lost: float
    floor: float
    fast: float

    def levels(self, strength: Array, count: Array, on_air: Array) -> tuple[Array, Array]:
        """Mean (dBm) and variance (dB squared) of the level behind `count` adverts heard at `strength` on average.

        All of shape (n,); `on_air` is the share of each bin in which the phone sends.
        """
        unheard = np.maximum(self.sent * on_air - count, 0.0)
        tried = strength[:, None] + LEVELS
        below = _normal((self.floor - tried) / self.fast)
        logs = -count[:, None] * LEVELS**2 / (2 * self.fast**2)
        logs = logs + unheard[:, None] * np.log(self.lost + (1 - self.lost) * below)
        weights = np.exp(logs - logs.max(1, keepdims=True))
        weights /= weights.sum(1, keepdims=True)
        mean = (weights * tried).sum(1)
        return mean, np.maximum((weights * (tried - mean[:, None]) ** 2).sum(1), LEAST_VARIANCE)

    def silent(self, expected: Array, spread: Array) -> Array:
        """Probability that a phone on air is not heard through a bin, expected at `expected` dBm, `spread` dB."""
        width = np.sqrt(spread**2 + self.width**2)
        below = 1 / (1 + np.exp(np.clip(LOGISTIC * (expected - self.middle) / width, -40, 40)))
        return np.asarray(self.missed + (1 - self.missed) * below)


@cache
def receiving(model: Model, interval: float, seconds: float) -> Receiving:
    """How a phone that sends an advert every `interval` seconds is heard in bins of `seconds`."""
    silence, fast = model.silence, model.fading.fast
    sent = seconds / max(interval, 0.05)
    missed = silence.missed**sent

    def level(share: float) -> float:
        """The level at which a bin, if it is not missed, stays silent with probability `share`."""
        each = (missed + (1 - missed) * share) ** (1 / sent)
        below = min(max((each - silence.missed) / (1 - silence.missed), 1e-9), 1 - 1e-9)
        return silence.floor - fast * NormalDist().inv_cdf(below)

    width = (level(0.25) - level(0.75)) / (2 * NormalDist().inv_cdf(0.75))
    return Receiving(sent, missed, level(0.5), width, silence.missed, silence.floor, fast)


def _normal(x: Array) -> Array:
    """The normal distribution function, by the logistic curve of Bowling and others (2009): right to 0.0002."""
    x = np.clip(x, -8, 8)
    return np.asarray(1 / (1 + np.exp(-(1.5976 * x + 0.07056 * x**3))))

"""The likelihood of strengths that are a linear function of unknowns, in closed form.

For y = X u + e, with u ~ N(m, S) and e ~ N(0, C), the unknowns integrate out: y ~ N(X m, X S X' + C). With L L' = C,
A = L^-1 X S^1/2 and r = L^-1 (y - X m), the matrix inversion lemma leaves a system as small as there are unknowns:

    -2 log p(y) = r'r - r'A (I + A'A)^-1 A'r + log|I + A'A| + log|C| + n log 2 pi
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Prior:
    """Means and spreads (standard deviations) of the unknowns, both of shape (unknowns,)."""

    mean: Array
    spread: Array


@dataclass(frozen=True, slots=True)
class Noise:
    """Covariances: among what was heard (n, n), from there to the silent times (m, n), and variances of those (m,)."""

    heard: Array
    across: Array
    silent: Array


@dataclass(frozen=True, slots=True)
class Fit:
    """For each way: log-likelihood (ways,), strengths expected at silent times (ways, m), their spread (m,), power."""

    likelihood: Array
    expected: Array
    spread: Array
    power: Array


def fit(strengths: Array, factors: Array, silent_factors: Array, noise: Noise, prior: Prior) -> Fit:
    """Strengths (n,) against ways with `factors` (ways, n, unknowns), and what they say of the silent times."""
    ways, count, unknowns = factors.shape
    root = np.linalg.inv(np.linalg.cholesky(noise.heard))
    white = (root @ factors.transpose(1, 0, 2).reshape(count, -1)).reshape(count, ways, unknowns).transpose(1, 0, 2)
    rest = root @ strengths - white @ prior.mean
    scaled = white * prior.spread
    across = scaled.transpose(0, 2, 1)
    small = np.eye(unknowns) + across @ scaled
    projected = (across @ rest[:, :, None])[:, :, 0]
    solved = np.linalg.solve(small, projected[:, :, None])[:, :, 0]
    twice = (rest**2).sum(1) - (projected * solved).sum(1) + np.linalg.slogdet(small)[1]
    likelihood = -0.5 * twice + np.log(np.diag(root)).sum() - 0.5 * count * np.log(2 * np.pi)
    values = prior.mean + prior.spread * solved
    kriged = noise.across @ root.T
    left = rest - (scaled @ solved[:, :, None])[:, :, 0]
    expected = (silent_factors @ values[:, :, None])[:, :, 0] + left @ kriged.T
    spread = np.sqrt(np.maximum(noise.silent - (kriged**2).sum(1) + UNKNOWN_VARIANCE, UNKNOWN_VARIANCE))
    return Fit(likelihood, expected, spread, values[:, 0])


UNKNOWN_VARIANCE = 4.0
"""dB squared that the unknowns themselves leave open at a silent time, after a track of usual length."""


def log_sum(values: Array) -> float:
    """Logarithm of the sum of exponentials."""
    top = float(values.max())
    return top + float(np.log(np.exp(values - top).sum()))

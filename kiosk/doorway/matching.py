"""Who carries which phone: one phone goes through at most one passage, one passage has at most one phone.

Sum-product messages on the bipartite graph of passages and phones. For association they converge to close
approximations of the exact marginals (Williams and Lau, 2014), where counting all assignments would take for ever.
"""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

ROUNDS = 30
"""Rounds of messages: they contract, and change the third digit no more after some ten."""

LARGEST = 30.0
"""Log-odds beyond which more would change nothing but overflow."""


def marginals(log_odds: Array) -> Array:
    """Probability that passage i has phone j, for log-odds (passages, phones) of the pair against neither."""
    odds = np.exp(np.clip(log_odds, -LARGEST, LARGEST))
    free = np.ones_like(odds)
    for _ in range(ROUNDS):
        claims = odds * free
        wanted = odds / np.maximum(1 + claims.sum(1, keepdims=True) - claims, 1e-9)
        free = 1 / np.maximum(1 + wanted.sum(0, keepdims=True) - wanted, 1e-9)
    claims = odds * free
    return np.asarray(claims / (1 + claims.sum(1, keepdims=True)))

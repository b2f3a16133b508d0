"""Who carries what: one phone goes through at most one passage, one passage has at most one phone with the app.

Other devices likewise. Sum-product messages on the bipartite graph of passages and all that was heard. For association
they converge to close approximations of the exact marginals (Williams and Lau, 2014), where counting all assignments
would take for ever.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

ROUNDS = 30
"""Rounds of messages: they contract, and change the third digit no more after some ten."""

LARGEST = 30.0
"""Log-odds beyond which more would change nothing but overflow."""


@dataclass(frozen=True, slots=True)
class Matched:
    """Probabilities that passage i has phone j, that it has device k, and that it has one of each."""

    phones: Array
    devices: Array
    both: Array


def match(phones: Array, devices: Array, together: float) -> Matched:
    """Match log-odds (passages, phones) and (passages, devices), each of the pair against neither.

    Who has a phone has a device too with `together` times the odds of who has none: 1 where they are independent.
    """
    phone_odds, device_odds = (np.exp(np.clip(odds, -LARGEST, LARGEST)) for odds in (phones, devices))
    free_phones, free_devices = np.ones_like(phone_odds), np.ones_like(device_odds)
    for _ in range(ROUNDS):
        claims, others = phone_odds * free_phones, device_odds * free_devices
        all_claims, all_others = claims.sum(1, keepdims=True), others.sum(1, keepdims=True)
        free_phones = _left(_wanted(phone_odds, claims, all_claims, all_others, together))
        free_devices = _left(_wanted(device_odds, others, all_others, all_claims, together))
    claims, others = phone_odds * free_phones, device_odds * free_devices
    all_claims, all_others = claims.sum(1, keepdims=True), others.sum(1, keepdims=True)
    whole = 1 + all_claims + all_others + together * all_claims * all_others
    return Matched(
        claims * (1 + together * all_others) / whole,
        others * (1 + together * all_claims) / whole,
        (together * all_claims * all_others / whole)[:, 0],
    )


def _wanted(odds: Array, claims: Array, all_claims: Array, across: Array, together: float) -> Array:
    """Odds that a passage wants each of its kind, after what the others of this kind and of the other one claim."""
    beside = 1 + together * across
    return np.asarray(odds * beside / np.maximum(1 + across + (all_claims - claims) * beside, 1e-9))


def _left(wanted: Array) -> Array:
    """How free each phone is for one passage, after what the other passages want."""
    return np.asarray(1 / np.maximum(1 + wanted.sum(0, keepdims=True) - wanted, 1e-9))

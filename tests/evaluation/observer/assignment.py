"""Who has which phone, all decided together and exactly: every phone has one owner, and nobody has two.

Phones and people who have nothing to do with each other are decided apart; within such a part all assignments are
added up, phone by phone, by the set of people who have one already: all but the unlikeliest, where there are thousands.
"""

from collections import defaultdict
from collections.abc import Mapping

import numpy as np

from hardware.simulation.paths import Numbers

FAR = 18.0
"""Log-odds below the likeliest owner from which somebody is no owner: one in a hundred million."""

SMALLEST = 1e-10
"""Share of the likeliest set of owners below which a set is dropped."""

MOST = 4000
"""Sets of owners kept at once, the likeliest: a crowd that leaves more open than that is beyond telling."""


def owning(log_odds: Numbers) -> Numbers:
    """Probability of each person to have one of the phones, from log-odds (people, phones) of having it against none.

    A phone that is nobody's (all -inf) is left out.
    """
    probability = np.zeros(log_odds.shape[0])
    known = [phone for phone in range(log_odds.shape[1]) if np.isfinite(log_odds[:, phone].max())]
    odds = {phone: _owners(log_odds[:, phone]) for phone in known}
    for part in _parts(odds):
        for person, share in _decide({phone: odds[phone] for phone in part}).items():
            probability[person] = share
    return probability


def _owners(log_odds: Numbers) -> dict[int, float]:
    """Who may own one phone, with odds as shares of the greatest."""
    top = log_odds.max()
    return {int(person): float(np.exp(log_odds[person] - top)) for person in np.flatnonzero(log_odds > top - FAR)}


def _parts(odds: Mapping[int, Mapping[int, float]]) -> list[list[int]]:
    """The phones, in lists that share no owner."""
    parts: list[tuple[set[int], list[int]]] = []
    for phone, owners in odds.items():
        people, phones = set(owners), [phone]
        apart = []
        for part in parts:
            if part[0] & people:
                people |= part[0]
                phones = part[1] + phones
            else:
                apart.append(part)
        parts = [*apart, (people, phones)]
    return [phones for _, phones in parts]


def _decide(odds: Mapping[int, Mapping[int, float]]) -> dict[int, float]:
    """Probability of each person to have one of these phones."""
    sets: dict[frozenset[int], float] = {frozenset(): 1.0}
    for owners in odds.values():
        grown: dict[frozenset[int], float] = defaultdict(float)
        for taken, weight in sets.items():
            for person, share in owners.items():
                if person not in taken:
                    grown[taken | {person}] += weight * share
        likeliest = sorted(grown.items(), key=lambda item: -item[1])[:MOST]
        sets = {taken: weight for taken, weight in likeliest if weight > SMALLEST * likeliest[0][1]}
    total = sum(sets.values())
    probability: dict[int, float] = defaultdict(float)
    for taken, weight in sets.items():
        for person in taken:
            probability[person] += weight / total
    return probability

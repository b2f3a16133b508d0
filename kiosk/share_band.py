"""How sure an app share is: from its entries' confidences, with a band that holds the truth nine times in ten. Pure.

Each entry that the radios judged has a probability that the app ran. Their sum is nearer to the truth than counting yes
and no, because what is wrong at 0.6 is wrong either way. Its error has two parts: the luck of each entry, which
averages out, and what the model has wrong about this door, which is the same for all of its entries and does not.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

NINE_IN_TEN: Final = 1.645
"""Standard deviations to either side that hold nine tenths of a normal distribution."""

DOOR: Final = 0.05
"""By how much the mean probability of one door's entries is off (standard deviation), however many there are: what
doors with two radios ask for in `python -m tests.evaluation.band`, whose figures stand in docs/evaluation.md. Those
with one radio ask for less; a real door knows what no simulated one does."""


@dataclass(frozen=True, slots=True)
class Beliefs:
    """What the radios made of some arrivals: how many they judged, the sum of the probabilities that the app ran, and
    the sum of the variances p(1-p)."""

    judged: int = 0
    chance: float = 0.0
    variance: float = 0.0

    def __add__(self, other: "Beliefs") -> "Beliefs":
        return Beliefs(self.judged + other.judged, self.chance + other.chance, self.variance + other.variance)


@dataclass(frozen=True, slots=True)
class Band:
    """A share with the limits that hold the truth nine times in ten; all from 0 to 1."""

    low: float
    likely: float
    high: float


def beliefs_of(probabilities: Iterable[float]) -> Beliefs:
    """The beliefs that some probabilities add up to."""
    each = list(probabilities)
    return Beliefs(len(each), sum(each), sum(chance * (1 - chance) for chance in each))


def share_band(beliefs: Beliefs, sure_with: int = 0, sure_without: int = 0, door: float = DOOR) -> Band | None:
    """The share of those whose app ran among the judged and those whom the officer knows; None when there is nobody.

    The officer's are certain: no band reaches beyond what they leave open.
    """
    everybody = beliefs.judged + sure_with + sure_without
    if not everybody:
        return None
    lowest, highest = sure_with / everybody, (sure_with + beliefs.judged) / everybody
    likely = min(max((sure_with + beliefs.chance) / everybody, lowest), highest)
    error = NINE_IN_TEN * (beliefs.variance + (door * beliefs.judged) ** 2) ** 0.5 / everybody
    return Band(max(lowest, likely - error), likely, min(highest, likely + error))

"""The observer's opinion of every passage at one simulated door."""

from collections.abc import Sequence

import numpy as np

from hardware.simulation import DoorParameters, Simulated
from hardware.simulation.paths import Numbers
from hardware.simulation.people import Person, Role
from kiosk.decisions import App, Direction, Entry, Source
from tests.evaluation.observer.assignment import owning
from tests.evaluation.observer.carrying import Insight
from tests.evaluation.observer.evidence import evidence


def observe(door: DoorParameters, simulated: Simulated, insight: Insight = Insight.WAYS) -> list[Entry]:
    """An entry for every passage of a simulated door whose radios are never deaf: whether the app ran, how surely."""
    people = [person for person in simulated.people if person.role is not Role.THING]
    log_odds, silence = evidence(door, simulated, people, insight)
    share = door.phones.smartphone * door.phones.app
    return entries_of(simulated, people, probabilities(log_odds, silence, share))


def probabilities(ratios: Numbers, silence: Numbers, share: float) -> Numbers:
    """That the app runs, for each person, from log-likelihoods (people, phones) of having what was heard.

    `silence` is the probability that nothing at all is heard of a person's app; `share` that somebody has it.
    """
    unheard = (1 - share) + share * silence
    having = owning(ratios + np.log(share / unheard)[:, None])
    return np.asarray(having + (1 - having) * share * silence / unheard)


def entries_of(simulated: Simulated, people: Sequence[Person], chances: Numbers) -> list[Entry]:
    """The passages of `simulated` as entries that say what is likelier."""
    by_number = {person.number: float(chance) for person, chance in zip(people, chances, strict=True)}
    entries = []
    for number, passed in enumerate(simulated.truth):
        chance = by_number[passed.person]
        app = App.DETECTED if chance >= 0.5 else App.NOT_DETECTED
        confidence = max(chance, 1 - chance)
        entries.append(Entry(number, passed.t, Direction(passed.direction), app, confidence, Source.RADIO))
    return entries

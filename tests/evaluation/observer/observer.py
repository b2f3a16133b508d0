"""The observer's opinion of every passage at one simulated door."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum

import numpy as np

from hardware.simulation import DoorParameters, Simulated
from hardware.simulation.belongings import FOREVER
from hardware.simulation.emitters import INTERVALS, Emitter, Kind
from hardware.simulation.paths import Numbers
from hardware.simulation.people import Person, Role
from hardware.simulation.world import Heard
from kiosk.decisions import App, Direction, Entry, Source
from tests.evaluation.observer.assignment import owning
from tests.evaluation.observer.carrying import Carrying, usual_carrying
from tests.evaluation.observer.likelihood import Likelihood
from tests.evaluation.observer.sending import Sendings, sendings_of, unheard_sendings

PHASES = 4
"""Starts of a duty cycle over which the silence of a phone that was never heard is averaged."""


class Insight(StrEnum):
    """What the observer is told beyond everybody's way and the door's own numbers."""

    WAYS = "ways"  # nothing more: power and way of wearing are as likely as they are drawn
    PHONES = "ways and phones"  # how strong each phone sends, and where each person would wear one


def observe(door: DoorParameters, simulated: Simulated, insight: Insight = Insight.WAYS) -> list[Entry]:
    """An entry for every passage of a simulated door without deaf moments: whether the app ran, and how sure that is."""
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


def evidence(
    door: DoorParameters, simulated: Simulated, people: Sequence[Person], insight: Insight
) -> tuple[Numbers, Numbers]:
    """Log-likelihoods (people, phones) of all that was heard of each phone, and each person's chance of silence."""
    seconds, likelihood = simulated.header.seconds, Likelihood(door)
    heard: dict[int, list[Heard]] = defaultdict(list)
    for item in simulated.heard:
        if item.app:
            heard[item.person].append(item)
    owners = {person.number: person for person in people}
    ratios = np.full((len(people), len(heard)), -np.inf)
    for column, (number, items) in enumerate(heard.items()):
        emitter = _app(owners[number])
        sendings = sendings_of(emitter, items, door.radios, seconds)
        first, last = items[0].advert.t, items[-1].advert.t
        for row, person in enumerate(people):
            if person.path.start <= first and last <= person.path.end:
                ratios[row, column] = likelihood.of(person.path, sendings, _carrying(door, insight, person, emitter))
    silence = [_silence(door, likelihood, person, insight, seconds) for person in people]
    return ratios, np.array(silence)


def _app(person: Person) -> Emitter:
    return next(emitter for emitter in person.belongings.emitters if emitter.app)


def _carrying(door: DoorParameters, insight: Insight, person: Person, emitter: Emitter | None = None) -> Carrying:
    usual = usual_carrying(door)
    if insight is Insight.WAYS:
        return usual
    seen = replace(usual, worn=((person.belongings.worn, 1.0),))
    return seen if emitter is None else replace(seen, power=emitter.power, spread=0.0)


def _silence(door: DoorParameters, likelihood: Likelihood, person: Person, insight: Insight, seconds: float) -> float:
    """Probability that nothing is heard of this person's app, if it runs; averaged over the phones there are."""
    start, end = max(0.0, person.path.start), min(seconds, person.path.end)
    if end <= start:
        return 1.0
    carrying = _carrying(door, insight, person)
    return sum(
        share * float(np.exp(likelihood.of(person.path, unheard_sendings(emitter, door.radios, start, end), carrying)))
        for emitter, share in _usual_phones(door)
    )


def _usual_phones(door: DoorParameters) -> list[tuple[Emitter, float]]:
    """The phones that run the app, with their shares."""
    phones = door.phones
    cycle = sum(phones.duty)
    android = [(_phone(Kind.ANDROID, phase * cycle / PHASES, phones.duty), 1 / PHASES) for phase in range(PHASES)]
    apple = [(_phone(Kind.IOS_OPEN), phones.ios_open), (_phone(Kind.IOS_BACKGROUND), 1 - phones.ios_open)]
    parts = [(emitter, share * (1 - phones.iphone)) for emitter, share in android]
    return parts + [(emitter, share * phones.iphone) for emitter, share in apple]


def _phone(kind: Kind, phase: float = 0.0, duty: tuple[float, float] = (0.0, 0.0)) -> Emitter:
    return Emitter(kind, 0, 0.0, INTERVALS[kind][0], FOREVER, FOREVER, phase, *duty)


__all__ = ["Insight", "Sendings", "entries_of", "evidence", "observe", "probabilities"]

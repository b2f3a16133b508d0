"""How likely it is that nothing at all is heard of somebody's app, though it runs."""

import math

import numpy as np

from hardware.simulation import DoorParameters
from hardware.simulation.belongings import FOREVER
from hardware.simulation.emitters import INTERVALS, Emitter, Kind
from hardware.simulation.people import Person
from tests.evaluation.observer.carrying import Carrying
from tests.evaluation.observer.likelihood import Likelihood, Ways, log_total
from tests.evaluation.observer.sending import unheard_sendings

COARSEST = (1.0, 0.5)
"""Stretch in seconds and fineness of the grid: a silence has no detail."""

PHASES = 3
"""Starts of a duty cycle over which silence is averaged: 10 s apart for Bluezone."""


def silence(door: DoorParameters, likelihood: Likelihood, person: Person, carrying: Carrying, seconds: float) -> float:
    """Probability that nothing is heard of this person's app, if it runs; averaged over the phones there are."""
    start, end = max(0.0, person.path.start), min(seconds, person.path.end)
    if end <= start:
        return 1.0
    way = Ways([person.path], np.ones(1), start, end)
    total = 0.0
    for emitter, share in _usual_phones(door):
        hearings = likelihood.hearings(unheard_sendings(emitter, door.radios, way.start, way.end))
        log = log_total(likelihood.along(way, hearings, carrying) + likelihood.unknowns(carrying))
        total += share * math.exp(log)
    return total


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

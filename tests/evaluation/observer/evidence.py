"""Every phone that was heard, weighed for everybody who was there."""

import itertools
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from hardware.simulation import DoorParameters, Simulated
from hardware.simulation.emitters import Emitter
from hardware.simulation.paths import Numbers
from hardware.simulation.people import Person, Role
from hardware.simulation.world import Heard
from tests.evaluation.observer.carrying import Carrying, Insight, carrying_of
from tests.evaluation.observer.likelihood import Hearings, Likelihood, Ways, log_total
from tests.evaluation.observer.sending import sendings_of
from tests.evaluation.observer.silence import COARSEST, silence
from tests.evaluation.observer.ways import FEW, MANY, REACH, as_beams_tell, passages_of, ways_through

COARSE = (0.4, 0.7)
"""Stretch in seconds and fineness of the grid where many ways are weighed: they leave more open than it does."""

UNSEEN = (Insight.BEAMS, Insight.PASSAGES)
"""With these the ways of visitors are averaged over all that may have been gone."""

ROUGH = 40.0
"""Log-likelihood below the best, at a few ways, from which somebody's many ways are not looked at."""


def evidence(
    door: DoorParameters, simulated: Simulated, people: Sequence[Person], insight: Insight
) -> tuple[Numbers, Numbers]:
    """Log-likelihoods (people, phones) of all that was heard of each phone, and each person's chance of silence."""
    seconds = simulated.header.seconds
    likelihood = Likelihood(door, *COARSE) if insight in UNSEEN else Likelihood(door)
    heard: dict[int, list[Heard]] = defaultdict(list)
    for item in simulated.heard:
        if item.app:
            heard[item.person].append(item)
    owners = {person.number: person for person in people}
    weighing = Weighing(door, likelihood, insight, seconds)
    columns = [weighing.weigh(people, _app(owners[number]), items) for number, items in heard.items()]
    ratios = np.array(columns).reshape(len(heard), len(people)).T
    coarsest = Likelihood(door, *COARSEST)
    silent = [silence(door, coarsest, person, carrying_of(door, insight, person), seconds) for person in people]
    return ratios, np.array(silent)


@dataclass(frozen=True)
class Weighing:
    """Weighs one phone after the other against everybody."""

    door: DoorParameters
    likelihood: Likelihood
    insight: Insight
    seconds: float

    def weigh(self, people: Sequence[Person], emitter: Emitter, heard: Sequence[Heard]) -> list[float]:
        """Log-likelihood of all that was heard of a phone for each of `people`; -inf for who cannot have it."""
        first, last = heard[0].advert.t, heard[-1].advert.t
        feasible = [person for person in people if self._there(person, first, last)]
        visitors = any(person.role is Role.VISITOR for person in feasible)
        sendings = sendings_of(emitter, heard, self.door.radios, self.seconds)
        # Who of the staff has which phone matters little; that no visitor has it is certain already.
        hearings = self.likelihood.hearings(sendings, coarser=1.0 if visitors else 8.0)
        carried = {person.number: carrying_of(self.door, self.insight, person, emitter) for person in feasible}
        seen = [p for p in feasible if self.insight in UNSEEN and p.role is Role.VISITOR]
        said = {p.number: self._along(p, hearings, carried[p.number]) for p in feasible if p not in seen}
        rough = {p.number: self._passed(p, hearings, carried[p.number], FEW) for p in seen}
        least = max([*said.values(), *rough.values()]) - ROUGH
        for person in seen:
            if rough[person.number] > least:
                said[person.number] = self._passed(person, hearings, carried[person.number], MANY)
        return [said.get(person.number, -np.inf) for person in people]

    def _there(self, person: Person, first: float, last: float) -> bool:
        """Whether somebody is in earshot from the first to the last that was heard of a phone."""
        start, end = person.path.start, person.path.end
        return start <= first and last <= end

    def _along(self, person: Person, hearings: Hearings, carrying: Carrying) -> float:
        """For a person whose way is known."""
        way = Ways([person.path], np.ones(1), person.path.start, person.path.end)
        return log_total(self.likelihood.along(way, hearings, carrying) + self.likelihood.unknowns(carrying))

    def _passed(self, person: Person, hearings: Hearings, carrying: Carrying, fine: int) -> float:
        """For a person of whom the passages are seen, but not the ways before and after."""
        seen = passages_of(person)
        if self.insight is Insight.BEAMS:
            seen = as_beams_tell(seen, seed=person.number)
        # Between two passages somebody is out of earshot for a minute or more: the fading of each is its own.
        borders = [seen[0].t - REACH, *((a.t + b.t) / 2 for a, b in itertools.pairwise(seen)), seen[-1].t + REACH]
        total = self.likelihood.unknowns(carrying)
        for passed, start, end in zip(seen, borders[:-1], borders[1:], strict=True):
            within = (max(0.0, start), min(self.seconds, end))
            before, after = ways_through(self.door, passed, within, person.number, fine)
            total = total + self.likelihood.through(before, after, hearings, carrying)
        return log_total(total)


def _app(person: Person) -> Emitter:
    return next(emitter for emitter in person.belongings.emitters if emitter.app)

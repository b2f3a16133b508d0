"""The observer is right where the answer is known, and no better than chance where there is nothing to know."""

from dataclasses import replace

import numpy as np
import pytest

from hardware.simulation import simulate
from hardware.simulation.doors import draw_door, two_radios
from hardware.simulation.people import Role
from tests.evaluation.observer import Insight, observe
from tests.evaluation.observer.carrying import carrying_of
from tests.evaluation.observer.evidence import evidence
from tests.evaluation.observer.likelihood import Likelihood
from tests.evaluation.observer.observer import entries_of, probabilities
from tests.evaluation.observer.silence import silence
from tests.evaluation.scoring import Score, score

SECONDS = 240


def busy(seed):
    """A door where three or four come together, so that much has to be told apart."""
    door = draw_door(seed)
    return replace(door, crowd=replace(door.crowd, group_sizes=(0.1, 0.2, 0.35, 0.35), groups_per_minute=2.0))


def without_fading(door):
    return replace(door, waves=replace(door.waves, slow=0.0, direct=100.0))


def weighed(door, seed, insight):
    simulated = simulate(door, SECONDS, seed)
    people = [person for person in simulated.people if person.role is not Role.THING]
    return simulated, people, *evidence(door, simulated, people, insight)


def test_without_fading_the_observer_is_right_about_every_phone_that_is_heard():
    total = Score()
    for seed in (1, 2):
        door = without_fading(busy(seed))
        simulated = simulate(door, SECONDS, seed)
        # What no radio has heard nobody can know, fading or not.
        known = [passed for passed in simulated.truth if passed.app == "missing" or passed.heard]
        at = {passed.t for passed in known}
        said = [entry for entry in observe(door, simulated, Insight.PHONES) if entry.t in at]
        total.add(score(said, known))

    assert total.passages > 20
    assert (total.recall, total.app_balanced) == (1, 1)


def test_one_who_hears_nothing_says_the_same_of_everybody():
    simulated = simulate(busy(1), SECONDS, 1)
    people = [person for person in simulated.people if person.role is not Role.THING]

    chances = probabilities(np.zeros((len(people), 0)), np.ones(len(people)), share=0.4)

    assert chances == pytest.approx(np.full(len(people), 0.4))
    assert score(entries_of(simulated, people, chances), simulated.truth).app_balanced == 0.5


def test_evidence_of_the_wrong_people_is_worth_no_more_than_a_coin():
    simulated, people, ratios, silent = weighed(busy(2), 2, Insight.PHONES)
    visitors = np.array([index for index, person in enumerate(people) if person.role is Role.VISITOR])
    total = Score()
    for seed in range(20):
        mixed = ratios.copy()
        mixed[visitors] = ratios[np.random.default_rng(seed).permutation(visitors)]
        total.add(score(entries_of(simulated, people, probabilities(mixed, silent, 0.5)), simulated.truth))

    assert total.app_balanced == pytest.approx(0.5, abs=0.1)


def test_the_true_owner_is_mostly_the_likeliest_and_always_possible():
    door = busy(2)
    simulated, people, ratios, _ = weighed(door, 2, Insight.WAYS)
    owners = dict.fromkeys(item.person for item in simulated.heard if item.app)
    rows = [[person.number for person in people].index(number) for number in owners]

    own = ratios[rows, range(len(rows))]
    assert np.isfinite(own).all()
    assert np.mean(own == ratios.max(0)) > 0.6


def test_who_knows_more_says_better():
    door = busy(3)
    simulated = simulate(door, SECONDS, 3)

    chances = {
        insight: [
            entry.confidence if (entry.app == "detected") == (passed.app == "running") else 1 - entry.confidence
            for entry, passed in zip(observe(door, simulated, insight), simulated.truth, strict=True)
        ]
        for insight in (Insight.WAYS, Insight.PHONES)
    }
    assert np.mean(chances[Insight.PHONES]) > np.mean(chances[Insight.WAYS]) > 0.6


def test_a_second_radio_is_listened_to():
    door = two_radios(busy(2))
    simulated = simulate(door, 60, 2)

    entries = observe(door, simulated, Insight.PASSAGES)
    assert [entry.t for entry in entries] == [passed.t for passed in simulated.truth]
    assert score(entries, simulated.truth).app_balanced > 0.5


def test_silence_is_certain_out_of_earshot_and_unlikely_in_the_door():
    door = busy(2)
    people = simulate(door, SECONDS, 2).people
    likelihood = Likelihood(door)
    carrying = carrying_of(door, Insight.WAYS, people[0])
    visitor = next(p for p in people if p.role is Role.VISITOR and p.path.start > 0 and p.path.end < SECONDS)

    assert silence(door, likelihood, visitor, carrying, seconds=visitor.path.start - 1) == 1
    assert 0 < silence(door, likelihood, visitor, carrying, SECONDS) < 0.1

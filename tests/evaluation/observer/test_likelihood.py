"""The likelihood says what the simulation does."""

from dataclasses import replace

import numpy as np
import pytest

from hardware.simulation import simulate
from hardware.simulation.doors import draw_door, two_radios
from hardware.simulation.parameters import Receivers, Waves
from hardware.simulation.people import Role
from hardware.simulation.propagation import fast_fading, heard
from tests.evaluation.observer.carrying import Insight, carrying_of
from tests.evaluation.observer.likelihood import Likelihood, Ways, log_total
from tests.evaluation.observer.reception import Reception
from tests.evaluation.observer.sending import sendings_of
from tests.evaluation.observer.ways import passages_of, ways_through

DOOR = replace(draw_door(2), phones=replace(draw_door(2).phones, app=0.8))


def somebody(door, seed):
    """Who went through with the app, all that the phone sent, and of what kind of phone."""
    simulated = simulate(door, 300, seed)
    times = {}
    for item in simulated.heard:
        if item.app:
            times.setdefault(item.person, []).append(item)
    visitors = [person for person in simulated.people if person.role is Role.VISITOR and person.number in times]
    person = max(visitors, key=lambda person: len(times[person.number]))
    emitter = next(emitter for emitter in person.belongings.emitters if emitter.app)
    return person, emitter, sendings_of(emitter, times[person.number], door.radios, 300)


@pytest.mark.parametrize("level", [-70.0, -88.0, -93.0])
def test_silence_and_strengths_are_as_likely_as_they_are_drawn(level):
    waves, receivers, rng = Waves(), Receivers(), np.random.default_rng(1)
    drawn = level + fast_fading(waves.direct, 100_000, rng)
    kept = heard(receivers, drawn, rng)
    reception = Reception.of(waves, receivers)

    silent = np.exp(reception.logarithms(np.array([level]), np.zeros(0), 1)[0])
    assert silent == pytest.approx(1 - kept.mean(), abs=0.01)
    for strength in range(round(level) - 6, round(level) + 4):
        said = np.exp(reception.logarithms(np.array([level]), np.array([float(strength)]), 0)[0])
        assert said == pytest.approx(np.mean(np.round(drawn) == strength), abs=0.01)


def test_the_missing_adverts_of_a_phone_lie_between_those_heard_and_only_while_it_sends():
    _, emitter, sendings = somebody(DOOR, 1)
    heard_at = sendings.t[~np.isnan(sendings.rssi["inside"])]

    assert len(sendings.t) > len(heard_at) > 20
    assert emitter.sending(sendings.t).all()
    steps = np.diff(sendings.t)
    assert np.median(steps) == pytest.approx(emitter.interval + 0.005, abs=0.01)


@pytest.mark.parametrize("change", [lambda door: door, two_radios], ids=["one radio", "two radios"])
def test_a_way_weighed_from_both_ends_is_as_likely_as_from_one(change):
    door = change(DOOR)
    person, emitter, sendings = somebody(door, 1)
    likelihood, carrying = Likelihood(door), carrying_of(door, Insight.PHONES, person, emitter)
    hearings, path = likelihood.hearings(sendings), person.path
    t = passages_of(person)[0].t

    def way(start, end):
        return Ways([path], np.ones(1), start, end)

    whole = likelihood.along(way(path.start, path.end), hearings, carrying)
    halves = likelihood.through(way(path.start, t), way(t, path.end), hearings, carrying)
    assert log_total(halves) == pytest.approx(log_total(whole), abs=0.3)


def test_a_finer_grid_says_the_same():
    door = DOOR
    person, emitter, sendings = somebody(door, 1)
    carrying, path = carrying_of(door, Insight.WAYS, person, emitter), person.path
    said = []
    for finer in (1.0, 2.0):
        likelihood = Likelihood(door, finer=finer)
        logs = likelihood.along(Ways([path], np.ones(1), path.start, path.end), likelihood.hearings(sendings), carrying)
        said.append(log_total(logs + likelihood.unknowns(carrying)))

    assert said[0] == pytest.approx(said[1], abs=0.7)


def test_the_way_gone_is_likelier_than_that_of_somebody_two_seconds_later():
    door = replace(DOOR, waves=replace(DOOR.waves, slow=1.0))
    person, emitter, sendings = somebody(door, 1)
    likelihood, carrying = Likelihood(door), carrying_of(door, Insight.WAYS, person, emitter)
    hearings, path = likelihood.hearings(sendings), person.path
    said = [
        log_total(
            likelihood.along(Ways([one], np.ones(1), one.start, one.end), hearings, carrying)
            + likelihood.unknowns(carrying)
        )
        for one in (path, replace(path, times=path.times + 2.0))
    ]

    assert said[0] > said[1] + 2


def test_ways_that_may_have_been_gone_go_through_the_door_then_and_there():
    door = DOOR
    for person in [person for person in simulate(door, 300, 1).people if person.role is Role.VISITOR][:6]:
        for passed in passages_of(person):
            before, after = ways_through(door, passed, (passed.t - 60, passed.t + 60), person.number, 2)
            for path in (*before.paths, *after.paths):
                assert path.place_at(passed.t) == pytest.approx((0.0, passed.beside), abs=1e-6)
            outside, inside = (before, after) if passed.inwards else (after, before)
            assert all(path.points[:, 0].max() <= 1e-9 for path in outside.paths)
            assert all(path.points[:, 0].min() >= -1e-9 for path in inside.paths)
            assert (before.shares.sum(), after.shares.sum()) == pytest.approx((1.0, 1.0))

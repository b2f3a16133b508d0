"""The lookout knows what is so, and holds against it what the kiosk says."""

import pytest

from hardware.clock import SimulatedClock
from hardware.simulation import DoorParameters
from hardware.simulation.source import SimulatedHardware
from kiosk.decisions import App, Direction, Entry, Passage, Source
from kiosk.lookout import Lookout

NOW = 300.0


@pytest.fixture
def hardware():
    hardware = SimulatedHardware(DoorParameters(), SimulatedClock(monotonic=NOW), seed=2, history=5)
    hardware.start(lambda event: None)
    hardware.stop()
    return hardware


@pytest.fixture
def lookout(hardware):
    return Lookout(hardware, clock=lambda t: f"{t:.0f} s")


def entry(crossing, app):
    return Entry(1, crossing.t + 0.1, Direction(crossing.direction), app, 0.8, Source.DOOR, ("a reason",))


def test_everybody_around_is_seen_where_they_are(hardware, lookout):
    seen = lookout.moment(NOW - 1).figures

    assert [figure.place for figure in seen] == [(x, y) for _, x, y in hardware.people_at(NOW - 1)]
    assert all(len(figure.trail) == 8 for figure in seen)


def test_what_the_radios_hear_comes_from_where_somebody_is(lookout):
    moment = lookout.moment(NOW - 1)

    assert moment.rays
    assert {ray.place for ray in moment.rays} <= {figure.place for figure in moment.figures}
    assert all(0 <= ray.age <= 1 for ray in moment.rays)


def test_a_verdict_is_held_against_who_really_went_through(hardware, lookout):
    crossing = hardware.truth[0]
    said = App.NOT_DETECTED if crossing.app == "running" else App.DETECTED

    lookout.decided([entry(crossing, said)])

    (judged,) = lookout.moment(NOW - 1).judged
    assert (judged.truth, judged.right, judged.reasons) == (crossing.app == "running", False, ("a reason",))
    assert (lookout.moment(NOW - 1).right, lookout.moment(NOW - 1).said) == (0, 1)


def test_a_passage_waits_until_its_entry_comes(hardware, lookout):
    crossing = hardware.truth[0]

    lookout.decided([Passage(1, crossing.t, Direction.IN)])
    (waiting,) = lookout.moment(NOW - 1).judged
    lookout.decided([entry(crossing, App.DETECTED)])
    (settled,) = lookout.moment(NOW - 1).judged

    assert (waiting.said, settled.said) == (None, App.DETECTED)


def test_nobody_went_through_when_there_is_no_crossing_near(lookout):
    lookout.decided([Entry(1, -50.0, Direction.IN, App.DETECTED, 0.8, Source.DOOR)])

    assert lookout.moment(NOW - 1).judged[0].truth is None


def test_an_entrance_overheard_decides_as_before(lookout):
    class Entrance:
        def handle(self, event):
            return [Passage(1, 5.0, Direction.IN)]

        def advance(self, t):
            return []

        def finish(self, t):
            return []

    overheard = lookout.over(Entrance())

    assert list(overheard.handle(None)) == [Passage(1, 5.0, Direction.IN)]
    assert list(overheard.advance(1.0)) == list(overheard.finish(2.0)) == []
    assert len(lookout.moment(NOW - 1).judged) == 1

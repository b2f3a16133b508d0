"""An hour taken for its band: who counts, and how wide the door's part must be."""

import pytest

from hardware.simulation import Passed
from kiosk.decisions import App, Direction, Entry, Source
from tests.evaluation.band import fitted, hour_of


def entry(app, confidence, direction=Direction.IN):
    return Entry(1, 1.0, direction, app, confidence, Source.DOOR)


def passed(app, direction="in"):
    return Passed(t=1.0, person=1, direction=direction, app=app, smartphone=True, heard=1)


def hour(chance, running, missing):
    entries = [entry(App.DETECTED, chance)] * (running + missing)
    return hour_of(entries, [passed("running")] * running + [passed("missing")] * missing)


def test_only_those_who_came_in_count():
    entries = [entry(App.DETECTED, 0.9), entry(App.NOT_DETECTED, 0.8), entry(App.DETECTED, 1.0, Direction.OUT)]
    one = hour_of([*entries, entry(App.UNKNOWN, 0.0)], [passed("running"), passed("running", "out")])
    assert (one.counted, one.added, one.true) == (0.5, pytest.approx(0.55), 1.0)


def test_an_hour_without_arrivals_is_none():
    assert hour_of([], [passed("running")]) is None


def test_the_least_width_that_holds_nine_in_ten_is_found():
    right, off = [hour(0.5, 500, 500)] * 90, [hour(0.5, 700, 300)] * 10
    assert fitted(right + off) == 0.0
    assert 0.115 < fitted([*right[1:], *off, off[0]]) < 0.125  # 0.2 away, less the luck of a thousand

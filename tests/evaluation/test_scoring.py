"""The evaluation counts as it says."""

import pytest

from hardware.simulation import Passed
from kiosk.decisions import App, Direction, Entry, Source
from tests.evaluation.scoring import calibration_error, hour, reliability, score


def entry(t: float, app: App = App.DETECTED, confidence: float = 0.9) -> Entry:
    return Entry(int(t * 10), t, Direction.IN, app, confidence, Source.DOOR)


def passed(t: float, app: str = "running", direction: str = "in") -> Passed:
    return Passed(t, 1, direction, app, True, heard=9)


def test_nearest_pairs_are_matched_first_and_each_is_used_once():
    result = score([entry(10.0), entry(11.0)], [passed(10.9), passed(8.0), passed(30.0)])

    assert [(m.entry.t, m.passed.t) for m in result.matches] == [(11.0, 10.9), (10.0, 8.0)]
    assert (result.recall, result.precision) == (pytest.approx(2 / 3), 1.0)


def test_nothing_further_than_two_and_a_half_seconds_is_matched():
    assert score([entry(10.0)], [passed(12.6)]).matches == []


def test_a_coin_scores_a_half_however_many_have_the_app():
    entries = [entry(float(t), App.DETECTED if t % 20 else App.NOT_DETECTED) for t in range(0, 400, 10)]
    truth = [passed(float(t), "running" if t < 300 else "missing") for t in range(0, 400, 10)]

    result = score(entries, truth)

    assert result.app_balanced == pytest.approx(0.5, abs=0.05)
    assert result.bias == pytest.approx(0.5 - 0.75, abs=0.01)


def test_direction_and_bunches():
    truth = [passed(10.0), passed(12.0, direction="out"), passed(60.0)]

    result = score([entry(10.0), entry(12.0), entry(60.0)], truth)

    assert result.direction == pytest.approx(2 / 3)
    assert (len(result.among(bunched=True).matches), len(result.among(bunched=False).matches)) == (2, 1)


def test_confidence_that_is_right_as_often_as_it_says_has_no_error():
    entries = [entry(float(t), confidence=0.75) for t in range(0, 40, 10)]
    truth = [passed(float(t), "running" if t else "missing") for t in range(0, 40, 10)]

    bins = reliability(score(entries, truth).matches)

    assert [(one.said, one.count, one.right) for one in bins] == [(0.75, 4, 0.75)]
    assert calibration_error(bins) == 0


def test_an_hour_adds_up_what_each_entry_is_sure_of():
    entries = [entry(10.0, App.DETECTED, 0.8), entry(20.0, App.NOT_DETECTED, 0.6)]

    result = hour(entries, [passed(10.0), passed(20.0, "missing")])

    assert (result.by_counting, result.by_probability) == (0.5, pytest.approx(0.6))
    assert result.covered

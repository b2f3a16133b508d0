import numpy as np
import pytest

from kiosk.doorway.model import usual_model
from kiosk.doorway.receiving import Receiving, receiving

MODEL = usual_model()
SECONDS = 0.75


@pytest.fixture
def often() -> Receiving:
    """A phone that sends ten times a second."""
    return receiving(MODEL, 0.1, SECONDS)


@pytest.fixture
def seldom() -> Receiving:
    """A phone that sends three times in a bin."""
    return receiving(MODEL, 0.25, SECONDS)


def heard_of(level: float, interval: float, bins: int = 4000) -> tuple[np.ndarray, np.ndarray, float]:
    """Mean strengths and counts of the bins in which a phone at `level` was heard, and the share of silent bins."""
    random = np.random.default_rng(5)
    sent = round(SECONDS / interval)
    strengths = level + MODEL.fading.fast * random.standard_normal((bins, sent))
    heard = (strengths >= MODEL.silence.floor) & (random.random((bins, sent)) >= MODEL.silence.missed)
    some = heard.any(1)
    counts = heard.sum(1)[some]
    return np.where(heard, strengths, 0.0).sum(1)[some] / counts, counts.astype(float), 1 - float(some.mean())


@pytest.mark.parametrize("level", [-93.0, -88.0, -75.0])
def test_what_was_heard_near_the_floor_is_put_back_to_the_level_it_came_from(seldom: Receiving, level: float) -> None:
    strength, count, _ = heard_of(level, 0.25)
    mean, variance = seldom.levels(strength, count, np.ones(len(count)))
    weights = 1 / variance

    assert abs(float((mean * weights).sum() / weights.sum()) - level) < abs(strength.mean() - level) + 0.2
    assert float((mean * weights).sum() / weights.sum()) == pytest.approx(level, abs=2.0)


def test_far_above_the_floor_the_level_is_what_was_heard(often: Receiving) -> None:
    mean, variance = often.levels(np.array([-60.0]), np.array([4.0]), np.array([1.0]))

    assert mean == pytest.approx(-60.0, abs=0.05)
    assert variance == pytest.approx(MODEL.fading.fast**2 / 4, rel=0.05)


def test_two_of_seven_near_the_floor_say_more_than_that_two_were_heard(often: Receiving) -> None:
    strength, count = np.array([-92.0, -92.0]), np.array([2.0, 7.0])
    (few, many), _ = often.levels(strength, count, np.ones(2))

    assert few < many <= -91.5


def test_a_bin_at_the_edge_of_the_off_time_is_not_held_against_the_phone(often: Receiving) -> None:
    strength, count = np.array([-91.0]), np.array([2.0])

    assert often.levels(strength, count, np.array([0.3]))[0] > often.levels(strength, count, np.array([1.0]))[0]


@pytest.mark.parametrize(
    ("interval", "level"), [(0.25, -98.0), (0.25, -95.0), (0.25, -92.0), (0.25, -80.0), (0.15, -96.0)]
)
def test_silence_is_as_likely_as_it_happens(interval: float, level: float) -> None:
    *_, silent = heard_of(level, interval)
    said = receiving(MODEL, interval, SECONDS).silent(np.array([[level]]), np.array([0.0]))

    assert float(said[0, 0]) == pytest.approx(silent, abs=0.04)


def test_who_sends_often_is_heard_farther(often: Receiving, seldom: Receiving) -> None:
    assert often.middle < seldom.middle < MODEL.silence.floor + 1
    assert often.missed < seldom.missed

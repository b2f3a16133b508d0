"""The band of a share: as wide as its entries are unsure, never beyond what the officer knows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.share_band import DOOR, NINE_IN_TEN, Beliefs, beliefs_of, share_band

chances = st.lists(st.floats(0, 1), max_size=50)
counts = st.integers(0, 50)


def test_probabilities_add_up_where_yes_and_no_do_not():
    band = share_band(beliefs_of([0.6] * 10))
    assert band is not None
    assert band.likely == pytest.approx(0.6)  # counted, it would be 1.0


def test_luck_averages_out_and_what_is_wrong_about_the_door_does_not():
    few, many = share_band(beliefs_of([0.5] * 10)), share_band(beliefs_of([0.5] * 10_000))
    assert few is not None
    assert many is not None
    assert few.high - few.low > many.high - many.low
    assert many.high - many.low == pytest.approx(2 * NINE_IN_TEN * DOOR, rel=0.01)


def test_what_the_officer_saw_is_certain():
    band = share_band(Beliefs(), sure_with=3, sure_without=1)
    assert band is not None
    assert (band.low, band.likely, band.high) == (0.75, 0.75, 0.75)


def test_nobody_has_no_band():
    assert share_band(Beliefs()) is None


@given(chances, counts, counts)
def test_the_band_holds_what_is_likely_and_stays_within_what_is_possible(said, with_app, without):
    band = share_band(beliefs_of(said), with_app, without)
    if band is not None:
        everybody = len(said) + with_app + without
        assert with_app / everybody <= band.low <= band.likely <= band.high <= (with_app + len(said)) / everybody


@given(chances, chances)
def test_hours_add_up(one, other):
    together, apart = beliefs_of([*one, *other]), beliefs_of(one) + beliefs_of(other)
    assert together.judged == apart.judged
    assert together.chance == pytest.approx(apart.chance)
    assert together.variance == pytest.approx(apart.variance)

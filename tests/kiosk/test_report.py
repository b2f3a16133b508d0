"""Adding up a period."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.decisions import App
from kiosk.report import Share, make_report
from kiosk.share_band import beliefs_of

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
EVENING = int(datetime(2026, 3, 2, 16, tzinfo=UTC).timestamp())
"""23:00 of 2 March in Viet Nam."""


def test_days_and_hours_are_the_kiosks_own():
    report = make_report([(EVENING, {App.SHOWN: 2}, 0), (EVENING + 3600, {App.UNKNOWN: 1}, 0)], ZONE)
    assert {day: line.came for day, line in report.days.items()} == {"2026-03-02": 2, "2026-03-03": 1}
    assert (report.hours[23].came, report.hours[0].came) == (2, 1)


def test_a_share_stands_with_its_denominator_and_its_band():
    coming = {
        App.DETECTED: 3,
        App.SHOWN: 2,
        App.INSTALLED_HERE: 1,
        App.NOT_DETECTED: 2,
        App.NO_SMARTPHONE: 2,
        App.UNKNOWN: 2,
    }
    total = make_report([(EVENING, coming, 50)], ZONE).total
    share, of_smartphones = total.share(), total.share_of_smartphones()
    assert (share.part, share.of, share.percent) == (6, 10, 60.0)
    assert (share.low, share.high) == (50.0, pytest.approx(66.67, abs=0.01))
    assert (of_smartphones.part, of_smartphones.of, of_smartphones.percent) == (6, 8, 75.0)
    assert total.going == 50


def test_the_band_is_of_all_who_were_counted_or_there_is_none():
    tallied = [(EVENING, {App.DETECTED: 1, App.NOT_DETECTED: 1, App.SHOWN: 2, App.DECLINED: 1}, 0)]
    beliefs = beliefs_of([0.9, 0.3])
    share = make_report(tallied, ZONE, {EVENING: beliefs}).total.share()
    assert share.band is not None
    assert share.band.likely == pytest.approx((2 + 1.2) / 5)
    assert share.band.low >= 2 / 5
    assert share.band.high <= 4 / 5
    assert make_report(tallied, ZONE).total.share().band is None
    assert make_report(tallied, ZONE, {EVENING: beliefs_of([0.9])}).total.share().band is None


def test_nobody_is_no_share():
    share = make_report([], ZONE).total.share()
    assert (share.percent, share.low, share.high) == (None, None, None)


@given(st.integers(0, 1000), st.integers(0, 1000), st.integers(0, 1000))
def test_the_band_holds_the_share(part, rest, unknown):
    share = Share(part, part + rest, unknown)
    if share.percent is not None:
        assert share.low <= share.percent <= share.high or share.percent == pytest.approx(share.low)


starts = st.integers(0, 10_000).map(lambda hour: hour * 3600)
hour = st.tuples(starts, st.dictionaries(st.sampled_from(App), st.integers(1, 99)), st.integers(0, 99))


@given(st.lists(hour))
def test_days_hours_and_total_agree(tallied):
    report = make_report(tallied, ZONE)
    for lines in (report.days.values(), report.hours.values()):
        assert sum(line.came for line in lines) == report.total.came
        assert sum(line.going for line in lines) == report.total.going

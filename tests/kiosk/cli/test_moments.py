"""Times as an admin types them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.cli.moments import period

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2026, 3, 2, 5, tzinfo=UTC)
"""12:00 in Viet Nam."""


def local(milliseconds):
    return datetime.fromtimestamp(milliseconds / 1000, ZONE).strftime("%Y-%m-%d %H:%M")


@pytest.mark.parametrize(
    ("text", "begin", "end"),
    [
        ("today", "2026-03-02 00:00", "2026-03-03 00:00"),
        ("yesterday", "2026-03-01 00:00", "2026-03-02 00:00"),
        ("2026-02-28", "2026-02-28 00:00", "2026-03-01 00:00"),
        ("now", "2026-03-02 12:00", "2026-03-02 12:00"),
        ("9:30", "2026-03-02 09:30", "2026-03-02 09:30"),
        ("2026-03-01 17:30", "2026-03-01 17:30", "2026-03-01 17:30"),
        ("2026-03-01T17:30:00Z", "2026-03-02 00:30", "2026-03-02 00:30"),
        ("90min", "2026-03-02 10:30", "2026-03-02 10:30"),
        ("12h", "2026-03-02 00:00", "2026-03-02 00:00"),
        ("3 d", "2026-02-27 12:00", "2026-02-27 12:00"),
    ],
)
def test_each_form_is_understood(text, begin, end):
    assert local(period(text, None, ZONE, NOW)[0]) == begin
    assert local(period(None, text, ZONE, NOW)[1]) == end


@pytest.mark.parametrize("text", ["yesterdayish", "2026-02-30", "2026-13-01", "25:00", "12:60", "999999d", "", "-3d"])
def test_what_is_no_time_is_refused(text):
    with pytest.raises(click.BadParameter, match="write today"):
        period(text or " ", None, ZONE, NOW)


def test_a_period_backwards_is_refused():
    with pytest.raises(click.BadParameter, match="swap them"):
        period("today", "yesterday", ZONE, NOW)
    assert period("today", "today", ZONE, NOW)[0] < period("today", "today", ZONE, NOW)[1]


@given(st.text())
def test_any_text_is_a_time_or_refused(text):
    try:
        begin, _ = period(text, None, ZONE, NOW)
    except click.BadParameter:
        return
    assert begin is None or isinstance(begin, int)

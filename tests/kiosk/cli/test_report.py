"""`kiosk report`, as an admin uses it."""

import json

import pytest

from kiosk.decisions import App, Correction, Source
from kiosk.health import State


def test_the_period_is_added_up_beside_the_one_before(kiosk, busy):
    facts = json.loads(kiosk("report", "--json").stdout)
    assert (facts["in"], facts["out"], facts["with_app"]) == (2, 1, 2)
    assert facts["share"] == {
        "part": 2, "of": 2, "unknown": 0, "percent": 100.0, "percent_low": 100.0, "percent_high": 100.0,
        "likely": 98.5, "likely_low": pytest.approx(84, abs=4), "likely_high": 100.0,
    }  # fmt: skip
    assert {hour["share"]["likely"] for hour in facts["hours"] if hour["in"]} <= {97.0, 98.5, 100.0}
    assert facts["before"]["in"] == 0
    assert sum(day["in"] for day in facts["days"]) == sum(hour["in"] for hour in facts["hours"]) == 2


def test_for_people_there_is_a_table_and_a_chart(kiosk, busy):
    shown = kiosk("report").stdout
    assert "100.0 % (2 of 2)" in shown
    assert "nobody" in shown
    assert "█" in shown
    assert "98.5 %" in shown


def test_a_correction_changes_what_is_likely(kiosk, busy, clock):
    busy.write([Correction(1, clock.monotonic(), Source.OFFICER, app=App.NO_SMARTPHONE)])
    share = json.loads(kiosk("report", "--json").stdout)["share"]
    assert (share["likely"], share["likely_low"], share["likely_high"]) == (50.0, 50.0, 50.0)


def test_a_period_too_long_to_read_has_no_band(kiosk, busy):
    share = json.loads(kiosk("report", "--since", "2020-01-01", "--json").stdout)["share"]
    assert (share["part"], share["likely"]) == (2, None)


def test_an_empty_period_is_no_error(kiosk, logbook):
    result = kiosk("report", "--since", "2020-01-01", "--until", "2020-01-31")
    assert result.exit_code == 0
    assert "2020-01-01 00:00 to 2020-02-01 00:00" in result.stdout


@pytest.mark.parametrize(
    "arguments",
    [["--since", "2026-02-30"], ["--since", "2031-01-01"], ["--since", "today", "--until", "yesterday"]],
)
def test_a_period_that_is_none_is_wrong_usage(kiosk, logbook, arguments):
    result = kiosk("report", *arguments)
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)
    assert "(main report --help)" in result.stderr


def test_times_to_be_read_with_care_are_named_and_a_dark_screen_is_none(kiosk, busy):
    busy.report_parts({"air": (State.DEGRADED, "a flood of unknown phones"), "screen": (State.DOWN, "no display")})
    [doubt] = json.loads(kiosk("report", "--json").stdout)["doubts"]
    assert (doubt["part"], doubt["state"], doubt["until"]) == ("air", "degraded", None)
    assert "to now, air was degraded: a flood of unknown phones" in kiosk("report").stdout

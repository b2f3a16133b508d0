"""`kiosk report`, as an admin uses it."""

import json

import pytest


def test_the_period_is_added_up_beside_the_one_before(kiosk, busy):
    facts = json.loads(kiosk("report", "--json").stdout)
    assert (facts["in"], facts["out"], facts["with_app"]) == (2, 1, 2)
    assert facts["share"] == {
        "part": 2, "of": 2, "unknown": 0, "percent": 100.0, "percent_low": 100.0, "percent_high": 100.0,
    }  # fmt: skip
    assert facts["before"]["in"] == 0
    assert sum(day["in"] for day in facts["days"]) == sum(hour["in"] for hour in facts["hours"]) == 2


def test_for_people_there_is_a_table_and_a_chart(kiosk, busy):
    shown = kiosk("report").stdout
    assert "100.0 % (2 of 2)" in shown
    assert "nobody" in shown
    assert "█" in shown


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

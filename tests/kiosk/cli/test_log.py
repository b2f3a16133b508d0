"""`kiosk log`, as an admin uses it."""

import json

import pytest

KEYS = {"id", "time", "direction", "app", "confidence", "source", "officer", "clock_trusted", "corrected"}


def ids(result) -> list[int]:
    assert result.exit_code == 0, result.stderr
    return [json.loads(line)["id"] for line in result.stdout.splitlines()]


def test_the_table_ends_with_the_newest(kiosk, busy):
    lines = kiosk("log").stdout.splitlines()
    assert lines[0].split() == ["id", "time", "way", "app", "sure", "source", "officer", "remarks"]
    assert lines[-1].split()[3:8] == ["in", "shown", "100%", "officer", "Hoa"]
    assert len(lines) == 4


def test_json_is_one_object_a_line(kiosk, busy):
    result = kiosk("log", "--json")
    assert all(set(json.loads(line)) == KEYS for line in result.stdout.splitlines())
    assert json.loads(result.stdout.splitlines()[0])["time"].endswith("+07:00")


def test_filters_may_be_combined_and_repeated(kiosk, busy):
    assert ids(kiosk("log", "--json", "--direction", "in")) == [1, 3]
    assert ids(kiosk("log", "--json", "--app", "shown", "--app", "unknown")) == [2, 3]
    assert ids(kiosk("log", "--json", "--source", "door", "--direction", "out")) == [2]
    assert ids(kiosk("log", "--json", "--limit", "1")) == [3]
    assert ids(kiosk("log", "--json", "--limit", "0", "--since", "90min")) == [1, 2, 3]
    assert ids(kiosk("log", "--json", "--until", "2h")) == []


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--since", "yesterdayish"], "--since 'yesterdayish' is no time; write today"),
        (["--since", "2026-02-30"], "day is out of range for month"),
        (["--until", "25:00"], "--until '25:00' is no time"),
        (["--since", "today", "--until", "yesterday"], "--until yesterday is not after --since today"),
        (["--direction", "up"], "'up' is not one of 'in', 'out'"),
        (["--limit", "-1"], "-1 is not in the range"),
    ],
)
def test_wrong_usage_is_named(kiosk, busy, arguments, complaint):
    result = kiosk("log", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert complaint in result.stderr


def test_an_empty_log_prints_no_data(kiosk, logbook):
    result = kiosk("log")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "no entries\n")


def test_no_logbook_is_one_line(kiosk):
    result = kiosk("log")
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert "no logbook yet" in result.stderr

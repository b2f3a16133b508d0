"""`kiosk log`, as an admin uses it."""

import json
import signal
import sqlite3
import subprocess
import sys

import pytest

from kiosk.decisions import App, Direction, Entry, Source

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


def test_a_long_log_is_printed_as_it_is_read(kiosk, busy):
    lines = kiosk("log", "--limit", "0").stdout.splitlines()
    assert lines[0].split() == ["id", "time", "way", "app", "sure", "source", "officer", "remarks"]
    assert [line.split()[0] for line in lines[1:]] == ["1", "2", "3"]


def test_an_empty_log_prints_no_data(kiosk, logbook):
    result = kiosk("log")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "no entries\n")


def test_no_logbook_is_one_line(kiosk):
    result = kiosk("log")
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert "no logbook yet" in result.stderr


def test_verify_says_that_the_chain_is_whole_or_where_it_breaks(kiosk, busy, tmp_path):
    assert kiosk("log", "--verify").stdout.startswith("3 links, whole; newest hash ")
    with sqlite3.connect(tmp_path / "logbook.db") as connection:
        connection.execute("DROP TRIGGER entries_stay_as_they_are")
        connection.execute("UPDATE entries SET app = 'shown' WHERE id = 2")
    result = kiosk("log", "--verify", "--json")
    assert result.exit_code == 3
    assert json.loads(result.stdout)["breaks"] == ["entry 2: the row is not as it was written"]


def test_csv_has_a_line_of_names(kiosk, busy):
    lines = kiosk("log", "--csv").stdout.splitlines()
    assert lines[0] == "id,time,direction,app,confidence,source,officer,clock_trusted,corrected"
    assert len(lines) == 4
    assert kiosk("log", "--csv", "--json").exit_code == 2


def test_follow_goes_on_with_what_comes(busy, clock, tmp_path):
    command = [sys.executable, "-m", "kiosk", "log", "--follow", "--json", "--db", str(tmp_path / "logbook.db")]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert [json.loads(process.stdout.readline())["id"] for _ in range(3)] == [1, 2, 3]
    busy.write([Entry(9, clock.monotonic(), Direction.OUT, App.UNKNOWN, 0.5, Source.DOOR)])
    assert json.loads(process.stdout.readline())["id"] == 4
    process.send_signal(signal.SIGINT)
    _, complaints = process.communicate(timeout=10)
    assert (process.returncode, complaints) == (0, "")


@pytest.mark.parametrize("command", [["report"], ["log"], ["status"]])
def test_a_table_whose_reader_has_enough_is_no_error(busy, tmp_path, command):
    line = [sys.executable, "-m", "kiosk", *command, "--db", str(tmp_path / "logbook.db")]
    with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.close()
        assert (process.stderr.read(), process.wait(20)) == (b"", 0)

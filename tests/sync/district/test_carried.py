"""Counts on a stick, from a real logbook's copy into both kinds of database."""

import json
import sqlite3
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from hardware.clock import SimulatedClock
from kiosk.decisions import App, Correction, Direction, Entry, Source
from kiosk.logbook import Logbook
from kiosk.logbook.places import Places
from kiosk.logbook.schema import APPLICATION_ID
from kiosk.logbook.stick import save_to_stick
from sync.district.carried import LOGBOOK, Carried, bring_in, read_counts
from sync.district.cli import main
from sync.errors import DistrictError
from tests.sync.district.desk import row
from tests.sync.parts import EIGHT, HOUR, NOW_MS


@pytest.fixture
def clock():
    return SimulatedClock(utc=EIGHT + 60)


@pytest.fixture
def logbook(tmp_path, clock):
    logbook = Logbook.open(tmp_path / "logbook.db", clock)
    logbook.write([Entry(number, clock.monotonic(), Direction.IN, App.SHOWN, 1.0, Source.OFFICER) for number in (1, 2)])
    yield logbook
    logbook.close()


@pytest.fixture
def stick(tmp_path):
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def copy(logbook, stick):
    return save_to_stick(Places(logbook.path), datetime.now(UTC), stick).path


def test_a_logbook_is_known_by_its_own_mark():
    assert LOGBOOK == APPLICATION_ID


def test_a_stick_brings_the_counts_and_may_come_twice(desk, logbook, stick):
    desk.token("village")
    rows = read_counts(copy(logbook, stick))
    assert bring_in(desk.engine, "village", rows, lambda: NOW_MS) == Carried(rows=1, news=1)
    assert bring_in(desk.engine, "village", rows, lambda: NOW_MS) == Carried(rows=1, news=0)
    assert desk.held() == {("village", EIGHT, "in", "shown", 2, 2)}
    assert desk.kiosk("village").heard_ms == NOW_MS


def test_a_later_stick_brings_what_is_new_and_an_older_one_nothing(desk, logbook, stick, clock):
    desk.token("village")
    first = read_counts(copy(logbook, stick))
    clock.advance(HOUR)
    logbook.write([Entry(3, clock.monotonic(), Direction.OUT, App.UNKNOWN, 0.5, Source.DOOR)])
    logbook.write([Correction(1, clock.monotonic(), Source.OFFICER, cancelled=True)])
    second = read_counts(copy(logbook, stick))
    assert bring_in(desk.engine, "village", second, lambda: NOW_MS).news == 2
    assert bring_in(desk.engine, "village", first, lambda: NOW_MS).news == 0
    assert desk.held() == {
        ("village", EIGHT, "in", "shown", 1, 3),
        ("village", EIGHT + HOUR, "out", "unknown", 1, 1),
    }


def test_what_came_by_network_and_what_came_on_a_stick_agree(desk, logbook, stick):
    token = desk.token("village")
    rows = read_counts(copy(logbook, stick))
    desk.take(token, *rows)
    assert bring_in(desk.engine, "village", rows, lambda: NOW_MS).news == 0
    assert set(desk.take(token, row(EIGHT, 5, 9)).totals) == {row(EIGHT, 5, 9)}


def test_another_kiosks_counts_are_refused_and_nothing_of_them_is_kept(desk, logbook, stick):
    desk.take(desk.token("village"), row(EIGHT, count=7, revision=2))
    held = desk.held()
    rows = [*read_counts(copy(logbook, stick)), row(EIGHT + HOUR)]
    with pytest.raises(DistrictError, match="another kiosk's"):
        bring_in(desk.engine, "village", rows, lambda: NOW_MS)
    assert desk.held() == held


def test_more_than_a_batch_is_kept(desk):
    desk.token("village")
    rows = [row(EIGHT + hour * HOUR, app=app) for hour in range(200) for app in App]
    assert bring_in(desk.engine, "village", rows, lambda: NOW_MS).news == len(rows)
    assert len(desk.held()) == len(rows)


@pytest.fixture
def district_command(tmp_path, monkeypatch):
    monkeypatch.setenv("DISTRICT_DATABASE", str(tmp_path / "d.db"))
    CliRunner().invoke(main, ["init"], catch_exceptions=False)
    CliRunner().invoke(main, ["enroll-code", "village"], catch_exceptions=False)
    return lambda *arguments: CliRunner().invoke(main, arguments, catch_exceptions=False)


def test_the_command_says_what_came(district_command, logbook, stick):
    file = str(copy(logbook, stick))
    said = district_command("import", "village", file)
    assert (said.exit_code, said.stdout) == (0, "village: hourly counts read: 1, of them news: 1\n")
    assert json.loads(district_command("import", "village", file, "--json").stdout) == {
        "kiosk": "village", "rows": 1, "news": 0,
    }  # fmt: skip


def damaged(path):
    path.write_bytes(path.read_bytes()[:5000])


def foreign(path):
    path.unlink()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE tallies (hour, direction, app, count, revision)")
    connection.close()


def no_database(path):
    path.write_text("notes about something else, not a database at all\n" * 50)


def strange(path):
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE tallies SET app = 'hearsay'")
    connection.close()


@pytest.mark.parametrize("spoil", [damaged, foreign, no_database, strange, lambda path: path.unlink()])
def test_a_bad_file_is_one_line_and_nothing_is_kept(district_command, logbook, stick, spoil):
    file = copy(logbook, stick)
    spoil(file)
    said = district_command("import", "village", str(file))
    assert (said.exit_code, said.stdout, said.stderr.count("\n")) == (1, "", 1)
    assert str(file) in said.stderr


def test_a_kiosk_nobody_knows_is_one_line(district_command, logbook, stick):
    said = district_command("import", "villagge", str(copy(logbook, stick)))
    assert (said.exit_code, said.stderr.count("\n")) == (1, 1)
    assert "district enroll-code villagge" in said.stderr

"""`kiosk replay`, as one types it."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from hardware.events import Scanner
from hardware.recording_writer import RecordingWriter
from hardware.simulation import DoorParameters, simulate
from kiosk.cli import main


@pytest.fixture(scope="module")
def recording(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("door") / "door.jsonl.gz"
    simulated = simulate(DoorParameters(), 240, seed=2)
    with RecordingWriter(path, simulated.header, conceal=lambda advert: advert) as writer:
        for event in simulated.events:
            writer.write(event)
    return path


def kiosk(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_one_json_line_an_entry_in_order_of_time(recording):
    result = kiosk("replay", recording, "--json")

    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 0
    assert len(lines) > 5
    assert all(list(line) == ["t", "direction", "app", "confidence", "source"] for line in lines)
    assert [line["t"] for line in lines] == sorted(line["t"] for line in lines)
    assert all(line["t"] == round(line["t"], 3) for line in lines)


def test_twice_the_same_to_the_letter(recording):
    assert kiosk("replay", recording, "--json").stdout == kiosk("replay", recording, "--json").stdout


def test_people_get_a_table_and_the_reasons_if_they_ask(recording):
    entries = kiosk("replay", recording, "--json").stdout.splitlines()

    table, reasons = kiosk("replay", recording).stdout, kiosk("replay", recording, "--explain").stdout

    assert f"{len(entries)} entries" in table
    assert len(reasons.splitlines()) >= 2 * len(entries)


def test_the_log_holds_the_same_entries_at_the_time_of_the_recording(recording, tmp_path):
    printed = [json.loads(line) for line in kiosk("replay", recording, "--json").stdout.splitlines()]

    result = kiosk("replay", recording, "--json", "--db", tmp_path / "log.db")

    assert [json.loads(line) for line in result.stdout.splitlines()] == printed
    with closing(sqlite3.connect(tmp_path / "log.db")) as database:
        logged = database.execute("SELECT direction, app, utc_ms FROM current_entries ORDER BY utc_ms").fetchall()
    assert [(direction, app) for direction, app, _ in logged] == [(e["direction"], e["app"]) for e in printed]
    started = simulate(DoorParameters(), 0, seed=2).header.started_at.timestamp()
    assert [utc / 1000 - started for _, _, utc in logged] == pytest.approx([e["t"] for e in printed], abs=0.002)


def test_while_no_radio_listens_the_app_is_unknown(tmp_path):
    simulated = simulate(DoorParameters(), 240, seed=2)
    path = tmp_path / "deaf.jsonl.gz"
    with RecordingWriter(path, simulated.header, conceal=lambda advert: advert) as writer:
        writer.write(Scanner(0.0, "inside", listening=False))
        for event in simulated.events:
            writer.write(event)

    lines = kiosk("replay", path, "--json").stdout.splitlines()

    assert {json.loads(line)["app"] for line in lines} == {"unknown"}


def test_a_broken_recording_is_one_line_and_prints_nothing(recording, tmp_path):
    cut = tmp_path / "cut.jsonl.gz"
    cut.write_bytes(recording.read_bytes()[:-2000])

    result = kiosk("replay", cut, "--json")

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.count("\n") == 1
    assert "cut.jsonl.gz:" in result.stderr
    assert "cut short or damaged" in result.stderr


def test_no_recording_at_all(tmp_path):
    result = kiosk("replay", tmp_path / "none.gz")

    assert result.exit_code == 1
    assert "cannot be read (No such file or directory); name a recording's file" in result.stderr

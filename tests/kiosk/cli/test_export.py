"""`kiosk export`, as an admin uses it."""

import errno
import getpass
import json
import os
import sqlite3

import pytest


@pytest.mark.parametrize("form", ["csv", "json", "xlsx"])
def test_the_file_is_written_and_noted(kiosk, busy, tmp_path, form, monkeypatch):
    monkeypatch.delenv("SUDO_USER", raising=False)
    result = kiosk("export", str(tmp_path / f"out.{form}"), "--direction", "in")
    assert (result.exit_code, result.stdout) == (0, f"{tmp_path}/out.{form}: 2 entries\n")
    with sqlite3.connect(tmp_path / "logbook.db") as connection:
        rows = connection.execute("SELECT who, format, rows, since_ms FROM exports").fetchall()
    assert rows == [(getpass.getuser(), form, 2, None)]


def test_json_says_where_and_how_many(kiosk, busy, tmp_path):
    result = kiosk("export", str(tmp_path / "out"), "--format", "csv", "--json")
    assert json.loads(result.stdout) == {"path": str(tmp_path / "out"), "format": "csv", "entries": 3}


def test_an_export_that_cannot_be_noted_is_not_made(kiosk, busy, tmp_path, monkeypatch):
    shell = sqlite3.connect(tmp_path / "logbook.db", isolation_level=None)
    shell.execute("BEGIN IMMEDIATE")
    monkeypatch.setattr("kiosk.exports.NOTE_PATIENCE", 0.1)
    result = kiosk("export", str(tmp_path / "out.csv"))
    shell.execute("ROLLBACK")
    shell.close()
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.parametrize(
    ("arguments", "exit_code", "complaint"),
    [
        (["out"], 2, "let the name end in one"),
        (["there.csv"], 1, "exists"),
        (["nowhere/out.csv"], 1, "no such folder"),
        (["out.csv", "--since", "yesterdayish"], 2, "is no time"),
    ],
)
def test_wrong_usage_is_named_and_leaves_nothing(kiosk, busy, tmp_path, arguments, exit_code, complaint):
    (tmp_path / "there.csv").write_text("before")
    before = sorted(tmp_path.rglob("*.csv*"))
    result = kiosk("export", str(tmp_path / arguments[0]), *arguments[1:])
    assert result.exit_code == exit_code
    assert complaint in result.stderr
    assert sorted(tmp_path.rglob("*.csv*")) == before


@pytest.mark.parametrize("form", ["csv", "json", "xlsx"])
def test_a_target_without_room_is_one_line_and_nothing_stays(kiosk, busy, tmp_path, monkeypatch, form):
    def full(*_, **__):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("pathlib.Path.open" if form != "xlsx" else "pathlib.Path.write_bytes", full)
    result = kiosk("export", str(tmp_path / f"out.{form}"))
    monkeypatch.undo()
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == f"kiosk: error: {tmp_path}/out.{form}: not written: No space left on device\n"
    assert list(tmp_path.glob("*out*")) == []


def test_a_folder_is_said_to_be_one(kiosk, busy, tmp_path):
    result = kiosk("export", str(tmp_path))
    assert (result.exit_code, result.stderr) == (1, f"kiosk: error: {tmp_path} is a folder; name a file in it\n")

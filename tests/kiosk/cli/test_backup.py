"""`kiosk backup`, as an admin uses it."""

import json
import sqlite3
from contextlib import closing


def test_a_backup_is_made_and_listed_beside_the_running_kiosk(kiosk, busy, tmp_path):
    made = json.loads(kiosk("backup", "--json").stdout)
    assert made["links"] == 3
    [listed] = [json.loads(line) for line in kiosk("backup", "--list", "--json").stdout.splitlines()]
    assert (listed["path"], listed["links"]) == (made["path"], 3)
    assert made["path"] in kiosk("backup", "--list").stdout


def test_a_stick_gets_a_checked_copy_and_a_clear_end(kiosk, busy, tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()
    result = kiosk("backup", "--to", str(stick))
    assert result.stdout.endswith("complete and checked, safe to remove\n")
    assert [file.suffix for file in stick.iterdir()] == [".db"]
    with closing(sqlite3.connect(tmp_path / "logbook.db")) as connection:
        assert connection.execute("SELECT format, rows FROM exports").fetchall() == [("backup", 3)]
    missing = kiosk("backup", "--to", str(tmp_path / "none"))
    assert (missing.exit_code, missing.stderr.count("\n")) == (1, 1)


def test_restore_waits_until_the_kiosk_is_stopped(kiosk, busy):
    kiosk("backup")
    result = kiosk("backup", "--restore")
    assert result.exit_code == 1
    assert "stop it first" in result.stderr


def test_restore_waits_for_a_kiosk_whose_file_cannot_be_read_any_more(kiosk, busy, tmp_path):
    kiosk("backup")
    for file in tmp_path.glob("logbook.db*"):
        file.write_bytes(b"spoilt" * 1000)
    result = kiosk("backup", "--restore")
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert "the kiosk is running" in result.stderr
    assert (tmp_path / "logbook.db").read_bytes() == b"spoilt" * 1000


def test_restore_brings_back_all_that_was_confirmed(kiosk, busy, tmp_path, clock):
    kiosk("backup")
    busy.close()
    (tmp_path / "logbook.db").write_bytes(b"spoilt" * 1000)
    result = kiosk("backup", "--restore", "--json")
    assert result.exit_code == 0
    told = json.loads(result.stdout)
    assert told["set_aside"].startswith(str(tmp_path / "logbook.damaged"))
    assert len(kiosk("log", "--json").stdout.splitlines()) == 3


def test_a_corrupt_backup_is_named_and_nothing_is_touched(kiosk, busy, tmp_path):
    busy.close()
    (tmp_path / "bad.db").write_bytes(b"bad" * 5000)
    before = (tmp_path / "logbook.db").read_bytes()
    result = kiosk("backup", "--restore", "--from", str(tmp_path / "bad.db"))
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert "bad.db" in result.stderr
    assert (tmp_path / "logbook.db").read_bytes() == before
    assert kiosk("backup", "--restore").exit_code == 1


def test_two_things_at_once_are_wrong_usage(kiosk, busy):
    assert kiosk("backup", "--list", "--restore").exit_code == 2
    assert kiosk("backup", "--from", "x.db").exit_code == 2


def test_without_a_logbook_nothing_is_made(kiosk, tmp_path):
    result = kiosk("backup")
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_and_an_empty_file_are_named_for_what_they_are(kiosk, tmp_path):
    (tmp_path / "logbook.db").touch()
    assert "an empty file, no logbook" in kiosk("backup").stderr
    (tmp_path / "logbook.db").unlink()
    (tmp_path / "logbook.db").mkdir()
    assert "is a folder" in kiosk("status").stderr


def test_a_backup_that_is_not_there_is_named(kiosk, busy, tmp_path):
    busy.close()
    result = kiosk("backup", "--restore", "--from", str(tmp_path / "none.db"))
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert "none.db: no such file" in result.stderr

"""`kiosk languages` as an admin with a language of their own uses it."""

import json

from click.testing import CliRunner

from kiosk.cli import main


def kiosk(*arguments):
    return CliRunner().invoke(main, ["languages", *arguments])


def test_the_shipped_languages_lack_nothing():
    done = kiosk("--json")
    rows = json.loads(done.stdout)["languages"]
    assert [(row["language"], row["faults"]) for row in rows] == [("en", []), ("vi", [])]
    assert done.exit_code == 0


def test_a_language_of_ones_own_is_told_what_it_lacks(tmp_path):
    (tmp_path / "tay.toml").write_text('name = "Tày"\n[texts]\n"steps.1" = "Quét 漢"\n"setps.2" = "?"\n')
    done = kiosk("-o", f"kiosk.languages={tmp_path}", "--json")
    assert done.exit_code == 3
    faults = next(row for row in json.loads(done.stdout)["languages"] if row["language"] == "tay")["faults"]
    assert "steps.2 is missing: falls back" in faults
    assert "setps.2 is not a text of the kiosk: misspelt?" in faults
    assert "the font has no 漢" in faults


def test_a_file_that_is_no_language_is_one_line_among_the_others(tmp_path):
    (tmp_path / "xx.toml").write_text("[texts")
    done = kiosk("-o", f"kiosk.languages={tmp_path}")
    assert done.exit_code == 3
    assert "xx.toml: not TOML" in done.stdout
    assert "Tiếng Việt" in done.stdout

"""The pages that are made from the code are current, and say something about everything."""

import importlib.util
import json
import re
import sqlite3
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from hardware.clock import SystemClock
from kiosk.cli import main
from kiosk.decisions import App, Direction, Entry, Source
from kiosk.health import State
from kiosk.logbook import Logbook, Trouble
from kiosk.logbook.trouble import CHAIN, RESTORED, Trouble

DOCS = Path(__file__).parents[2] / "docs"
specification = importlib.util.spec_from_file_location("generate", DOCS / "generate.py")
assert specification is not None
assert specification.loader is not None
generate = importlib.util.module_from_spec(specification)
specification.loader.exec_module(generate)


@pytest.mark.parametrize("page", list(generate.pages()), ids=lambda page: page.name)
def test_the_page_is_current(page):
    assert page.read_text(encoding="utf-8") == generate.pages()[page], "run: python docs/generate.py"


@pytest.mark.parametrize(("path", "command"), list(generate.walk(main, "kiosk")), ids=lambda value: str(value)[:40])
def test_each_command_and_option_has_help_and_is_on_the_page(path, command):
    assert command.help
    assert f"## `{path}`\n" in (DOCS / "commands.md").read_text(encoding="utf-8")
    options = [parameter for parameter in command.params if isinstance(parameter, click.Option)]
    assert [option.name for option in options if not option.help] == []


def test_the_json_of_a_walk_is_as_documented():
    result = CliRunner().invoke(main, ["calibrate", "--simulate", "--dry-run", "--json"])
    printed = {key for key in flat(json.loads(result.stdout)) if not key.startswith("walks.strength.")}  # radios' names
    assert printed | {"unsuited.kind", "unsuited.words"} == documented("kiosk calibrate")


def test_each_column_is_explained():
    rows = re.findall(r"^\| `(\w+)` \| \w* \| (.*) \|$", generate.tables(), flags=re.MULTILINE)
    assert len(rows) > 50
    assert [column for column, meaning in rows if not meaning] == []


def flat(value: object, prefix: str = "") -> set[str]:
    """The dotted keys of a JSON value; lists count as what they hold."""
    if isinstance(value, list):
        return set().union(*(flat(one, prefix) for one in value)) if value else set()
    if not isinstance(value, dict):
        return set()
    return {prefix + key for key in value}.union(*(flat(inner, f"{prefix}{key}.") for key, inner in value.items()))


def documented(command: str) -> set[str]:
    section = (DOCS / "json.md").read_text(encoding="utf-8").split(f"## `{command}`")[1].split("\n## ")[0]
    return set(re.findall(r"^\| `([\w.]+)` \|", section, flags=re.MULTILINE))


@pytest.fixture
def database(tmp_path):
    clock = SystemClock()
    logbook = Logbook.open(tmp_path / "logbook.db", clock)
    logbook.write([Entry(1, clock.monotonic(), Direction.IN, App.SHOWN, 1.0, Source.OFFICER)])
    logbook.report_parts({"door": (State.DOWN, "no pins")})
    yield tmp_path / "logbook.db"
    logbook.close()


@pytest.mark.parametrize(
    ("command", "more"),
    [
        ("kiosk log", []),
        ("kiosk log --verify", []),
        ("kiosk status", []),
        ("kiosk export", ["OUT"]),
        ("kiosk backup", []),
        ("kiosk backup --list", []),
        ("kiosk report", []),
        ("kiosk watch", ["--simulate", "--seconds", "0.5"]),
        ("kiosk doctor", ["--seconds", "0"]),
    ],
)
def test_json_is_as_documented(database, command, more, tmp_path):
    CliRunner().invoke(main, ["backup", "--db", str(database)])
    arguments = [str(tmp_path / "out.csv") if one == "OUT" else one for one in more]
    result = CliRunner().invoke(main, [*command.split()[1:], *arguments, "--json", "--db", str(database)])
    inner = {
        "last_entry",
        "today.in_by_app",
        "in_by_app",
        "share_of_smartphones",
        "before",
        "days",
        "hours",
    }  # documented elsewhere
    printed = flat(json.loads(result.stdout.splitlines()[0]))
    assert {key for key in printed if not any(key.startswith(f"{one}.") for one in inner)} == documented(command)


@pytest.mark.parametrize("name", list(generate.QUERIES))
def test_the_questions_for_datasette_can_be_asked(database, name):
    connection = sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)
    cursor = connection.execute(generate.QUERIES[name]["sql"])
    rows = cursor.fetchall()
    connection.close()
    assert rows


def test_each_code_of_a_fault_is_explained():
    text = (DOCS / "logbook.md").read_text(encoding="utf-8")
    explained = re.findall(r"^\| (L\d) \|", text, flags=re.MULTILINE)
    assert explained == [*(trouble.code for trouble in Trouble), RESTORED, CHAIN]

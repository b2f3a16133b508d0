"""Writes the pages that are made from the code: `python docs/generate.py`. A test fails when one is not current."""

import inspect
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click

DOCS = Path(__file__).resolve().parent
if str(DOCS.parent) not in sys.path:
    sys.path.insert(0, str(DOCS.parent))

from kiosk.cli import main  # noqa: E402
from kiosk.logbook.database import open_for_writing  # noqa: E402
from kiosk.settings_text import reference  # noqa: E402

QUERIES = {
    "by_day": {
        "title": "People by day",
        "sql": "SELECT day, direction, count(*) AS people FROM current_entries GROUP BY 1, 2 ORDER BY 1 DESC, 2",
    },
    "by_app": {
        "title": "Who came in, by status of the app",
        "sql": "SELECT app, sum(count) AS people FROM tallies WHERE direction = 'in' GROUP BY 1 ORDER BY 2 DESC",
    },
    "not_sent": {
        "title": "Counts that the district has not confirmed",
        "sql": "SELECT datetime(hour, 'unixepoch') AS hour_utc, direction, app, count FROM tallies"
        " WHERE revision > acknowledged ORDER BY hour",
    },
    "what_works": {
        "title": "What works and what does not",
        "sql": "SELECT part, state, detail, datetime(since_ms / 1000, 'unixepoch') AS since_utc FROM parts ORDER BY 1",
    },
}
BEGIN, END = "<!-- made by generate.py: begin -->\n", "<!-- made by generate.py: end -->\n"


def pages() -> dict[Path, str]:
    """Every generated page as it should be."""
    logbook = DOCS / "logbook.md"
    before, _, rest = logbook.read_text(encoding="utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    return {
        DOCS / "settings.md": reference(),
        DOCS / "commands.md": commands(),
        logbook: before + BEGIN + tables() + END + after,
        DOCS / "datasette.json": datasette(),
    }


def commands() -> str:
    """The page of the commands, from click's own descriptions."""
    lines = [
        "# Commands",
        "",
        "Made from the code by `python docs/generate.py`; a test holds it to it. `json.md` says what `--json` prints.",
        "",
        "Exit codes: 0 done; 1 the thing asked for failed, with one line on stderr; 2 wrong usage or configuration;",
        "3 a check found a fault.",
    ]
    for path, command in walk(main, "kiosk"):
        lines += ["", f"## `{path}`", "", _help(command)]
        options = [parameter for parameter in command.params if isinstance(parameter, click.Option)]
        usage = " ".join([path, *command.collect_usage_pieces(click.Context(command, info_name=path))])
        lines += ["", f"    {usage}"]
        if options:
            lines += ["", "| option | meaning |", "| --- | --- |"]
            lines += [f"| `{_names(option)}` | {_meaning(option)} |" for option in options]
    return "\n".join(lines) + "\n"


def walk(command: click.Command, path: str) -> Iterator[tuple[str, click.Command]]:
    """The command and all below it, each with its full name."""
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            if inner is not None and not inner.hidden:
                yield from walk(inner, f"{path} {name}")


def tables() -> str:
    """The data dictionary, from the comments that a fresh database itself holds."""
    with TemporaryDirectory() as folder:
        database = open_for_writing(Path(folder) / "logbook.db")
        text = "".join(_dictionary(database, row) for row in _own(database))
        database.conn.close()
    return text


def datasette() -> str:
    """Metadata for Datasette: what tables and columns mean, and the questions asked most."""
    with TemporaryDirectory() as folder:
        database = open_for_writing(Path(folder) / "logbook.db")
        entries = _comments(database["entries"].schema)
        described = {}
        for row in _own(database):
            present = {column.name for column in database[row["name"]].columns}
            meanings = entries | _comments(row["sql"]) if row["type"] == "view" else _comments(row["sql"])
            columns = {column: meaning for column, meaning in meanings.items() if column in present}
            described[row["name"]] = {"description": _purpose(row["sql"]), "columns": columns}
        database.conn.close()
    logbook = {"tables": described, "queries": QUERIES}
    metadata = {"title": "Logbook of an entrance kiosk", "databases": {"logbook": logbook}}
    return json.dumps(metadata, ensure_ascii=False, indent=2) + "\n"


def _own(database: Any) -> list[dict[str, str]]:
    """The tables and views that the kiosk made."""
    found = database.query("SELECT type, name, sql FROM sqlite_master WHERE type IN ('table', 'view')")
    return [row for row in found if not row["name"].startswith(("_", "sqlite_"))]


def _purpose(sql: str) -> str:
    return " ".join(re.findall(r"^\s*-- (.*)$", sql, flags=re.MULTILINE))


def _dictionary(database: Any, row: dict[str, str]) -> str:
    comments = _comments(database["entries"].schema) if row["type"] == "view" else {}
    comments |= _comments(row["sql"])
    lines = [
        f"\n### {row['type']} `{row['name']}`\n",
        _purpose(row["sql"]),
        "",
        "| column | type | meaning |",
        "| --- | --- | --- |",
    ]
    lines += [
        f"| `{column.name}` | {column.type} | {comments.get(column.name, '')} |"
        for column in database[row["name"]].columns
    ]
    return "\n".join(lines) + "\n"


def _comments(sql: str) -> dict[str, str]:
    """What the SQL itself says about each column: `name TYPE -- comment` or `... AS name -- comment`."""
    pairs = re.findall(r"^ +(?:(\w+) [A-Z][^\n]*|.* AS (\w+)) -- (.*)$", sql, flags=re.MULTILINE)
    return {name or alias: comment for name, alias, comment in pairs}


def _help(command: click.Command) -> str:
    return inspect.cleandoc(command.help or "")


def _names(option: click.Option) -> str:
    value = "" if option.is_flag else f" {option.metavar or option.type.name.upper()}"
    if isinstance(option.type, click.Choice):
        value = " " + "/".join(str(choice) for choice in option.type.choices)
    return ", ".join([*option.opts, *option.secondary_opts]) + value


def _meaning(option: click.Option) -> str:
    default = f" Default: {option.default}." if option.show_default and not option.is_flag else ""
    return f"{option.help or ''}{default}".replace("|", "\\|")


if __name__ == "__main__":
    for page, text in pages().items():
        page.write_text(text, encoding="utf-8")
        click.echo(f"wrote {page}")

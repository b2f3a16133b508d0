"""`kiosk export`: entries as a file."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kiosk.cli.options import database_option, json_option, with_settings
from kiosk.cli.printing import print_json, working
from kiosk.cli.selection import Selection, with_selection
from kiosk.paths import database_path

if TYPE_CHECKING:
    from kiosk.settings import Settings


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option(
    "--format", "form", type=click.Choice(["csv", "json", "xlsx"]), help="What to write; else what the name ends in."
)
@click.option("--overwrite", is_flag=True, help="Replace the file if it exists.")
@with_selection
@json_option
@database_option
@with_settings
def command(
    *, settings: Settings, path: Path, form: str | None, overwrite: bool, selection: Selection, as_json: bool
) -> None:
    """Write entries to the file PATH: .csv (UTF-8 with BOM, for spreadsheets), .json (one object a line) or .xlsx.

    The file appears whole or not at all. The logbook notes who exported what, and when; so the user needs the right to
    write to it.
    """
    from kiosk import exports  # noqa: PLC0415
    from kiosk.logbook.reader import Reader  # noqa: PLC0415

    path = path.absolute()
    form = form or path.suffix.removeprefix(".").lower()
    if form not in exports.FORMATS and not path.is_dir():
        raise click.UsageError(f"{path.name}: say --format csv, json or xlsx, or let the name end in one")
    database = database_path(settings)
    with Reader.open(database, settings.kiosk.timezone) as reader, working(f"writing {path}"):
        wanted = selection.wanted(reader.calendar.zone)
        with exports.whole_or_nothing(path, overwrite=overwrite) as partial:
            rows = (exports.facts(entry, reader.calendar) for entry in reader.entries(wanted))
            count = exports.FORMATS[form](partial, rows)
            exports.note_export(database, form, count, wanted, round(time.time() * 1000))
    if as_json:
        print_json({"path": str(path), "format": form, "entries": count})
    else:
        click.echo(f"{path}: {count} entries")

"""`kiosk log`: the entries, newest last."""

from __future__ import annotations

import contextlib
import dataclasses
import itertools
import sys
import time
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click

from kiosk.cli.options import database_option, json_option, with_settings
from kiosk.cli.printing import clock_time, console, print_json, progress
from kiosk.cli.selection import Selection, with_selection
from kiosk.paths import database_path

if TYPE_CHECKING:
    from pathlib import Path

    from kiosk.logbook import Calendar, Reader
    from kiosk.logbook.reader import LoggedEntry, Wanted
    from kiosk.settings import Settings

FOUND_A_FAULT = 3

LOOK_EVERY = 0.5
"""Seconds between two looks for new entries: soon enough for an eye, nothing for the machine."""

ONE_TABLE = 1000
"""Entries up to which a table is laid out as a whole; more are printed as they are read."""

HEADINGS = ("id", "time", "way", "app", "sure", "source", "officer", "remarks")


@click.command()
@with_selection
@click.option(
    "--limit", type=click.IntRange(min=0), default=20, show_default=True, help="The newest so many; 0 for all."
)
@click.option("--follow", is_flag=True, help="Go on with what comes, until Ctrl-C.")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV with a line of names first.")
@click.option("--verify", is_flag=True, help="Walk the whole chain of hashes instead and say where it breaks; exit 3.")
@json_option
@database_option
@with_settings
@click.pass_context
def command(
    context: click.Context,
    *,
    settings: Settings,
    selection: Selection,
    limit: int,
    follow: bool,
    as_csv: bool,
    verify: bool,
    as_json: bool,
) -> None:
    """Print the entries as they are held to be now, newest last."""
    from kiosk.logbook.reader import Reader  # noqa: PLC0415

    if as_csv and as_json:
        raise click.UsageError("--csv and --json are two things: ask for one")
    if verify:
        if not _verify(database_path(settings), as_json=as_json):
            context.exit(FOUND_A_FAULT)
        return
    with Reader.open(database_path(settings), settings.kiosk.timezone) as reader:
        wanted = selection.wanted(reader.calendar.zone)
        entries = reader.entries(wanted, limit or None)
        if not follow:
            for_people = _print_table if 0 < limit <= ONE_TABLE else _print_lines
            show = _print_json if as_json else _print_csv if as_csv else for_people
            show(entries, reader.calendar)
            return
        show = _print_json if as_json else _print_csv if as_csv else _print_lines
        with contextlib.suppress(KeyboardInterrupt):  # how a follower is told to end, and no fault
            show(_with_what_comes(reader, wanted, entries), reader.calendar)


def _with_what_comes(reader: Reader, wanted: Wanted, entries: Iterable[LoggedEntry]) -> Iterator[LoggedEntry]:
    """First these, then whatever is added later. Ends with Ctrl-C alone."""
    newest = reader.last_entry()
    after = newest.id if newest else 0
    yield from entries
    while True:
        for entry in reader.entries(dataclasses.replace(wanted, after_id=after)):
            after = max(after, entry.id)
            yield entry
        time.sleep(LOOK_EVERY)


def _cells(entry: LoggedEntry, calendar: Calendar) -> tuple[str, ...]:
    remarks = ["corrected"] * entry.corrected + ["clock not set"] * (not entry.clock_trusted)
    moment = clock_time(entry.utc_ms, calendar.zone)
    sure = f"{entry.confidence:.0%}"
    return (
        str(entry.id), moment, entry.direction, entry.app, sure, entry.source, entry.officer or "", ", ".join(remarks)
    )  # fmt: skip


def _print_table(entries: Iterable[LoggedEntry], calendar: Calendar) -> None:
    from rich.markup import escape  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    table = Table(*HEADINGS, box=None, pad_edge=False)
    for entry in entries:
        table.add_row(*(escape(cell) for cell in _cells(entry, calendar)))
    if table.row_count:
        console().print(table)
    else:
        click.echo("no entries", err=True)


def _print_lines(entries: Iterable[LoggedEntry], calendar: Calendar) -> None:
    """As in the table, but each line at once: its columns have the width of their longest word."""
    widths = (7, 19, 3, 14, 4, 7, 12, 0)
    for cells in itertools.chain([HEADINGS], (_cells(entry, calendar) for entry in entries)):
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip())


def _print_json(entries: Iterable[LoggedEntry], calendar: Calendar) -> None:
    from kiosk.exports import facts  # noqa: PLC0415

    for entry in entries:
        print_json(facts(entry, calendar))


def _print_csv(entries: Iterable[LoggedEntry], calendar: Calendar) -> None:
    from kiosk.exports import facts, write_csv  # noqa: PLC0415

    write_csv(sys.stdout, (facts(entry, calendar) for entry in entries))


def _verify(path: Path, *, as_json: bool) -> bool:
    from kiosk.logbook.verifying import verify  # noqa: PLC0415

    with progress("walking the chain") as tell:
        verdict = verify(path, tell)
    if as_json:
        print_json({"links": verdict.links, "newest_hash": verdict.newest, "breaks": list(verdict.breaks)})
        return not verdict.breaks
    for one in verdict.breaks:
        click.echo(one)
    outcome = f"{len(verdict.breaks)} breaks" if verdict.breaks else "whole"
    click.echo(f"{verdict.links} links, {outcome}; newest hash {verdict.newest}")
    return not verdict.breaks

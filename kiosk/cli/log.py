"""`kiosk log`: the entries, newest last."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from kiosk.cli.moments import FORMS, period
from kiosk.cli.options import database_option, json_option, with_settings
from kiosk.cli.printing import clock_time, console, iso, print_json
from kiosk.decisions import App, Direction, Source
from kiosk.paths import database_path

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kiosk.logbook import Calendar
    from kiosk.logbook.reader import LoggedEntry
    from kiosk.settings import Settings


@click.command()
@click.option("--since", metavar="TIME", help=f"From this time on: {FORMS}.")
@click.option("--until", metavar="TIME", help="Up to this time; a whole day is included.")
@click.option("--direction", type=click.Choice([one.value for one in Direction]), multiple=True, help="Only these.")
@click.option("--app", type=click.Choice([one.value for one in App]), multiple=True, help="Only these.")
@click.option("--source", type=click.Choice([one.value for one in Source]), multiple=True, help="Only these.")
@click.option(
    "--limit", type=click.IntRange(min=0), default=20, show_default=True, help="The newest so many; 0 for all."
)
@json_option
@database_option
@with_settings
def command(
    *,
    settings: Settings,
    since: str | None,
    until: str | None,
    direction: tuple[str, ...],
    app: tuple[str, ...],
    source: tuple[str, ...],
    limit: int,
    as_json: bool,
) -> None:
    """Print the entries as they are held to be now, newest last."""
    from kiosk.logbook.calendar import Calendar  # noqa: PLC0415
    from kiosk.logbook.reader import Reader, Wanted  # noqa: PLC0415

    zone = Calendar.of(settings.kiosk.timezone).zone
    since_ms, until_ms = period(since, until, zone, datetime.now(UTC))
    wanted = Wanted(
        since_ms,
        until_ms,
        directions=[Direction(one) for one in direction],
        apps=[App(one) for one in app],
        sources=[Source(one) for one in source],
    )
    with Reader.open(database_path(settings), settings.kiosk.timezone) as reader:
        entries = reader.entries(wanted, limit or None)
        if as_json:
            for entry in entries:
                print_json(facts(entry, reader.calendar))
        else:
            _print_table(entries, reader.calendar)


def facts(entry: LoggedEntry, calendar: Calendar) -> dict[str, object]:
    """One entry for programs; docs/commands.md says what the keys mean."""
    return {
        "id": entry.id,
        "time": iso(entry.utc_ms, calendar.zone),
        "direction": entry.direction,
        "app": entry.app,
        "confidence": entry.confidence,
        "source": entry.source,
        "officer": entry.officer,
        "clock_trusted": entry.clock_trusted,
        "corrected": entry.corrected,
    }


def _print_table(entries: Iterable[LoggedEntry], calendar: Calendar) -> None:
    from rich.table import Table  # noqa: PLC0415

    table = Table("id", "time", "way", "app", "sure", "source", "officer", "remarks", box=None, pad_edge=False)
    for entry in entries:
        remarks = ["corrected"] * entry.corrected + ["clock not set"] * (not entry.clock_trusted)
        table.add_row(
            str(entry.id),
            clock_time(entry.utc_ms, calendar.zone),
            entry.direction,
            entry.app,
            f"{entry.confidence:.0%}",
            entry.source,
            entry.officer or "",
            ", ".join(remarks),
        )
    if table.row_count:
        console().print(table)
    else:
        click.echo("no entries", err=True)

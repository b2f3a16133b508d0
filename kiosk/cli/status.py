"""`kiosk status`: one screen about how the kiosk is; exit code 3 when something is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from kiosk.cli.options import database_option, json_option, with_settings
from kiosk.cli.printing import clock_time, console, print_json, size, span
from kiosk.decisions import App, Direction
from kiosk.paths import database_path

if TYPE_CHECKING:
    from hardware.clock import Clock
    from kiosk.logbook import Calendar
    from kiosk.logbook.standing import Standing
    from kiosk.settings import Settings

FOUND_A_FAULT = 3

_COLOURS = {"ok": "green", "degraded": "yellow", "down": "red", "off": "dim"}


@click.command()
@json_option
@database_option
@with_settings
@click.pass_context
def command(context: click.Context, settings: Settings, as_json: bool) -> None:
    """Show what works, what does not and since when, the last entry and today's counts; exit 3 on a fault."""
    from hardware.clock import SystemClock  # noqa: PLC0415
    from kiosk.logbook.reader import Reader  # noqa: PLC0415
    from kiosk.logbook.standing import standing  # noqa: PLC0415

    clock = SystemClock()
    with Reader.open(database_path(settings), settings.kiosk.timezone) as reader:
        now = standing(reader, clock)
        if as_json:
            print_json(facts(now, clock, reader.calendar))
        else:
            _print(now, settings.kiosk.name, clock, reader.calendar)
    if now.faults():
        context.exit(FOUND_A_FAULT)


def facts(now: Standing, clock: Clock, calendar: Calendar) -> dict[str, Any]:
    """The standing for programs; docs/commands.md says what the keys mean."""
    from kiosk.exports import facts as entry_facts  # noqa: PLC0415

    iso = calendar.iso
    return {
        "running": now.running,
        "faults": now.faults(),
        "heartbeat": now.heartbeat
        and {
            "time": iso(now.heartbeat.utc_ms),
            "age_seconds": round(now.heartbeat_age or 0.0, 1),
            "started": iso(now.heartbeat.started_ms),
            "process": now.heartbeat.process,
            "version": now.heartbeat.version,
            "stopped": now.heartbeat.stopped,
        },
        "parts": [
            {"part": part.part, "state": part.state, "since": iso(part.since_ms), "detail": part.detail}
            for part in now.parts
        ],
        "last_entry": now.last_entry and entry_facts(now.last_entry, calendar),
        "today": {
            "day": now.today.day,
            "in": now.today.going(Direction.IN),
            "out": now.today.going(Direction.OUT),
            "in_by_app": {app.value: now.today.with_app(app) for app in App},
        },
        "unsent": {
            "tallies": now.unsent.rows,
            "hours": now.unsent.hours,
            "oldest": None if now.unsent.oldest is None else iso(now.unsent.oldest * 1000),
        },
        "clock": {"trusted": clock.trusted(), "entries_without_clock": now.entries_without_clock},
        "database": {"path": str(now.database), "bytes": now.bytes, "bytes_free": now.bytes_free, "schema": now.schema},
        "versions": {"sqlite": now.sqlite},
    }


def _print(now: Standing, name: str, clock: Clock, calendar: Calendar) -> None:
    from rich.markup import escape  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(style="bold", no_wrap=True)
    table.add_column()
    table.add_row(name, "[green]running[/]" if now.running else "[red]not running[/]")
    for fault in now.faults_of_the_whole():
        table.add_row("[red]fault[/]", escape(fault))
    for title, text in _lines(now, clock, calendar):
        table.add_row(title, escape(text))
    for part in now.parts:
        since = f"since {clock_time(part.since_ms, calendar.zone)}"
        detail = f", {escape(part.detail)}" if part.detail else ""
        table.add_row(part.part, f"[{_COLOURS[part.state]}]{part.state}[/] {since}{detail}")
    console().print(table)


def _lines(now: Standing, clock: Clock, calendar: Calendar) -> list[tuple[str, str]]:
    last, today, zone = now.last_entry, now.today, calendar.zone
    lines = [
        ("last entry", f"{clock_time(last.utc_ms, zone)} {last.direction}, {last.app}" if last else "none yet"),
        ("today", f"{today.going(Direction.IN)} in, {today.going(Direction.OUT)} out"),
    ]
    shares = [f"{today.with_app(app)} {app.replace('_', ' ')}" for app in App if today.with_app(app)]
    lines += [("of those in", ", ".join(shares))] if shares else []
    unsent = f"{now.unsent.rows} counts of {now.unsent.hours} hours"
    if now.unsent.oldest is not None:
        unsent += f", the oldest of {clock_time(now.unsent.oldest * 1000, zone)}"
    lines += [("not sent", unsent if now.unsent.rows else "nothing")]
    set_or_not = "set" if clock.trusted() else "not set yet"
    stray = f", {now.entries_without_clock} entries without a right time" if now.entries_without_clock else ""
    lines += [("clock", set_or_not + stray)]
    if now.heartbeat:
        lines += [
            ("last sign", f"{span(now.heartbeat_age or 0)} ago, process {now.heartbeat.process}, up since "
             f"{clock_time(now.heartbeat.started_ms, zone)}"),
            ("version", f"kiosk {now.heartbeat.version}, schema {now.schema}, SQLite {now.sqlite}"),
        ]  # fmt: skip
    return [*lines, ("database", f"{now.database}, {size(now.bytes)}, {size(now.bytes_free)} free")]

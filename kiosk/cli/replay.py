"""`kiosk replay`: what a recorded door's entries are, by the code that runs at a real one."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kiosk.cli.options import json_option, with_settings

if TYPE_CHECKING:
    from hardware.recording import Header
    from kiosk.decisions import Entry
    from kiosk.replay import Step
    from kiosk.settings import Settings


@click.command()
@click.argument("recording", type=click.Path(path_type=Path))
@json_option
@click.option(
    "--db", "database", type=click.Path(path_type=Path), metavar="PATH", help="Write the log to this file too."
)
@click.option("--explain", is_flag=True, help="Say for each entry which phone it was, why, and what spoke against it.")
@click.option(
    "--plot",
    "picture",
    metavar="OUT.png",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Draw the strength of every phone over time, with the passages and what was decided.",
)
@with_settings
def command(
    settings: "Settings", *, recording: Path, as_json: bool, database: Path | None, explain: bool, picture: Path | None
) -> None:
    """Play RECORDING through the whole core as fast as it goes and print the entries.

    Replayed twice it gives the same entries. Nothing is printed unless the whole recording can be read.
    """
    from hardware.profiles import load_profiles  # noqa: PLC0415 (pydantic and the core cost 0.2 s; --help does without)
    from hardware.recording import read_recording  # noqa: PLC0415
    from kiosk.app_profiles import app_profiles  # noqa: PLC0415
    from kiosk.campaign import load_campaign  # noqa: PLC0415
    from kiosk.outcomes import Outcomes  # noqa: PLC0415
    from kiosk.replay import entrance_of, replay  # noqa: PLC0415

    opened = read_recording(recording)
    events = opened.load()
    profiles = app_profiles(load_campaign(settings.kiosk.campaign), load_profiles(settings.scan.profiles))
    steps = replay(entrance_of(opened.header, profiles), events, opened.header.seconds)
    if database is not None:
        steps = _logged(steps, opened.header, database, settings.kiosk.timezone)
    outcomes = Outcomes()
    for step in steps:
        outcomes.add(step.decisions)
    if picture is not None:
        from hardware.beacons import Recogniser  # noqa: PLC0415
        from kiosk.pictures.strengths import draw_strengths  # noqa: PLC0415 (pygame costs 60 ms)

        draw_strengths(opened.header, events, outcomes.entries, Recogniser(profiles)).save(picture)
    if as_json:
        for entry in outcomes.entries:
            click.echo(json.dumps(_fields(entry, explain)))
    elif explain:
        _print_reasons(outcomes.entries)
    else:
        _print_table(outcomes.entries)


def _logged(steps: "Iterator[Step]", header: "Header", database: Path, timezone: str) -> "Iterator[Step]":
    """Pass the steps on, each one written to the logbook at the time of the recording."""
    from hardware.clock import SimulatedClock  # noqa: PLC0415
    from kiosk.decisions import Correction, Entry  # noqa: PLC0415
    from kiosk.logbook import Logbook  # noqa: PLC0415

    clock = SimulatedClock(utc=header.started_at.timestamp())
    logbook = Logbook.open(database, clock, timezone)
    try:
        for step in steps:
            clock.advance(max(0.0, step.t - clock.monotonic()))
            written = [decision for decision in step.decisions if isinstance(decision, Entry | Correction)]
            if written:
                logbook.write(written)
            yield step
    finally:
        logbook.close()


def _fields(entry: "Entry", explain: bool) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "t": round(entry.t, 3),
        "direction": entry.direction.value,
        "app": entry.app.value,
        "confidence": round(entry.confidence, 3),
        "source": entry.source.value,
    }
    if explain:
        fields["reasons"] = list(entry.reasons)
    return fields


def _print_reasons(entries: "list[Entry]") -> None:
    for entry in entries:
        click.echo(f"{entry.t:9.3f}  {entry.direction:3}  {entry.app}  {entry.confidence:.2f}  {entry.source}")
        for reason in entry.reasons:
            click.echo(f"           {reason}")


def _print_table(entries: "list[Entry]") -> None:
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    table = Table("t", "direction", "app", "confidence", "source", box=None)
    table.columns[0].justify = table.columns[3].justify = "right"
    for entry in entries:
        table.add_row(f"{entry.t:.3f}", entry.direction, entry.app, f"{entry.confidence:.2f}", entry.source)
    Console().print(table)
    click.echo(f"{len(entries)} entries")

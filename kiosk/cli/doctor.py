"""`kiosk doctor`: looks at everything that an entrance needs; what it prints is meant to be pasted."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import click

from kiosk.cli.options import database_option, json_option, with_choice
from kiosk.cli.printing import console, print_json, progress
from kiosk.paths import database_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hardware.clock import Clock
    from kiosk.cli.options import Choice
    from kiosk.configuration import Loaded
    from kiosk.doctor import Check, Finding

FOUND_A_FAULT = 3

_COLOURS = {"ok": "green", "remark": "yellow", "fault": "red", "off": "dim"}


@click.command()
@click.option(
    "--seconds",
    type=click.FloatRange(0, 600),
    default=20.0,
    show_default=True,
    help="How long to listen and to watch the lines; 0 leaves radio, door and buttons alone.",
)
@json_option
@database_option
@with_choice
@click.pass_context
def command(context: click.Context, *, choice: Choice, seconds: float, as_json: bool) -> None:
    """Look at settings, machine, logbook, radio, door, buttons, screen and district; exit 3 on a fault.

    Beside a running kiosk its own word is taken for the parts that only one program can use. Otherwise the radio is
    listened to and the lines are watched: break the beams and press the buttons meanwhile. No secret is printed.
    """
    from kiosk.doctor import Grade, examine  # noqa: PLC0415

    loaded = choice.load()
    findings = []
    for finding in examine(_checks(loaded, seconds)):
        findings.append(finding)
        if not as_json:
            _print(finding)
    grades = Counter(finding.grade for finding in findings)
    if as_json:
        facts = [{"what": one.what, "grade": one.grade, "detail": one.detail} for one in findings]
        print_json({"findings": facts, "faults": grades[Grade.FAULT], "remarks": grades[Grade.REMARK]})
    else:
        faults, remarks = grades[Grade.FAULT], grades[Grade.REMARK]
        click.echo(f"{faults} fault{'s' * (faults != 1)}, {remarks} remark{'s' * (remarks != 1)}")
    if grades[Grade.FAULT]:
        context.exit(FOUND_A_FAULT)


def _checks(loaded: Loaded, seconds: float) -> Mapping[str, Check]:
    """What to look at, in this order; cheap things first, so that they are on the screen at once."""
    from hardware.clock import SystemClock  # noqa: PLC0415 (--help does without all of these)
    from kiosk.doctor import Finding, Grade, district, machine, records  # noqa: PLC0415
    from kiosk.doctor.display import display  # noqa: PLC0415

    settings, clock = loaded.settings, SystemClock()
    database = database_path(settings)
    stands = records.stand(database, settings.kiosk.timezone, clock)
    runs = stands is not None and stands.running
    checks: dict[str, Check] = {
        "settings": lambda: [Finding("settings", Grade.OK, str(loaded.source or "the built-in defaults"))],
        "machine": machine.versions,
        "clock": lambda: machine.clock(clock),
        "disk": lambda: machine.disk(database.parent),
        "power": machine.power,
        "logbook": lambda: records.logbook(database, stands),
        "running": lambda: records.running(stands),
        "screen": lambda: display(settings, in_use=runs),
        "district": lambda: district.district(settings),
    }
    if seconds and not runs:
        checks["radio, door and buttons"] = lambda: _try_senses(loaded, clock, seconds)
    return checks


def _try_senses(loaded: Loaded, clock: Clock, seconds: float) -> Iterator[Finding]:
    from kiosk.campaign import best_campaign  # noqa: PLC0415
    from kiosk.doctor.senses import Senses  # noqa: PLC0415
    from kiosk.equipment import real_hardware  # noqa: PLC0415
    from kiosk.wiring import campaign_profiles  # noqa: PLC0415

    settings = loaded.settings
    profiles = campaign_profiles(settings, best_campaign(settings.kiosk.campaign))
    senses = Senses(real_hardware(settings, clock, profiles))
    with progress("listening; break the beams and press the buttons now") as tell:
        senses.listen(seconds, tell)
    yield from senses.findings(settings.door.sensors, seconds)


def _print(finding: Finding) -> None:
    from rich.markup import escape  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    # A table of one row: each finding is shown as it comes, and a long one stays in its column.
    row = Table.grid(padding=(0, 1))
    for width in (7, 14):
        row.add_column(width=width, no_wrap=True)
    row.add_column(overflow="fold")
    colour = _COLOURS[finding.grade]
    row.add_row(f"[{colour}]{finding.grade}[/]", f"[bold]{escape(finding.what)}[/]", escape(finding.detail))
    console().print(row)

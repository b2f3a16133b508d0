"""`kiosk calibrate`: a guided walk that measures this door and says whether the place is suited."""

import logging
import sys
import time
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

import click

from kiosk.cli.options import Choice, json_option, with_choice
from kiosk.cli.printing import print_json
from kiosk.errors import KioskError, SettingsError

if TYPE_CHECKING:
    from kiosk.calibration.session import Findings
    from kiosk.doorway import Layout
    from kiosk.settings import Settings

FOUND_A_FAULT: Final = 3

GET_READY: Final = 10.0
"""Seconds between the words and the step under `--yes`: time to read them and to take three metres."""


@click.command()
@click.option("--simulate", is_flag=True, help="A simulated door, and a simulated person who walks through it.")
@click.option("--seed", type=int, default=1, show_default=True, help="Which simulated phone, street and staff.")
@click.option("--yes", is_flag=True, help=f"Do not wait for Enter: each step begins {GET_READY:.0f} s after its words.")
@click.option("--dry-run", is_flag=True, help="Measure and say; leave the configuration as it is.")
@click.option(
    "--png",
    "picture",
    metavar="OUT.png",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Draw the strength over time into this file, with the steps and the passages.",
)
@json_option
@with_choice
@click.pass_context
def command(
    context: click.Context,
    choice: Choice,
    *,
    simulate: bool,
    seed: int,
    yes: bool,
    dry_run: bool,
    picture: Path | None,
    as_json: bool,
) -> None:
    """Measure this door by a walk of some five minutes, with one phone on which the app runs.

    Stop the kiosk's service first, for it holds the same pins, and keep other people out of the door meanwhile. The
    numbers go into the configuration's section [calibration]; the former file stays beside it, with the ending
    .before-calibration. Exit code 3 means that the place is unsuited; each reason names its remedy. A simulated walk
    writes only into a file that `--config` names.
    """
    logging.basicConfig(level=logging.WARNING, format="%(message)s", stream=sys.stderr)
    loaded = choice.load()
    # Where to write is settled first: nobody should walk for five minutes to hear then that the file is not theirs.
    target = None if dry_run or (simulate and choice.config is None) else _target(loaded.source)
    layout, findings = _walk(loaded.settings, partial(click.echo, err=as_json), simulate=simulate, seed=seed, yes=yes)
    now = datetime.now(ZoneInfo(loaded.settings.kiosk.timezone))
    if picture is not None:
        from kiosk.pictures.calibration import draw_calibration  # noqa: PLC0415 (pygame costs 60 ms)

        title = f"{loaded.settings.kiosk.name}, {now:%d.%m.%Y %H:%M}"
        draw_calibration(findings, layout, title).save(picture)
    former = _write(target, findings, f"{now:%Y-%m-%d}") if target else None
    if as_json:
        _print_facts(findings, target, former, picture)
    else:
        _print_report(findings, target, former, picture)
    if findings.unsuited:
        context.exit(FOUND_A_FAULT)


def _walk(
    settings: "Settings", say: Callable[[str], None], *, simulate: bool, seed: int, yes: bool
) -> "tuple[Layout, Findings]":
    from kiosk.calibration.sessions import walk_real_door, walk_simulated_door  # noqa: PLC0415 (hardware costs seconds)

    if simulate:
        say("A simulated door and a simulated person: nothing here is real, and five minutes take a moment.")
        return walk_simulated_door(settings, say, seed)
    if not yes and not sys.stdin.isatty():
        raise click.UsageError("nobody can press Enter here; with --yes each step begins by itself")
    say("Take the phone, open the app, and keep everybody else out of the door.")
    say("Ctrl-C ends the walk at any time and leaves everything as it was.")
    return walk_real_door(settings, say, partial(_get_ready, say) if yes else _enter)


def _get_ready(say: Callable[[str], None]) -> None:
    say(f"     in {GET_READY:.0f} s ...")
    time.sleep(GET_READY)


def _enter() -> None:
    click.echo("     Press Enter when you are there: ", nl=False, err=True)
    if not sys.stdin.readline():
        raise KioskError("the terminal was closed before the walk was over; nothing was written")


def _target(source: Path | None) -> Path:
    """The configuration file that will be written. Raises SettingsError when that would fail."""
    from kiosk.calibration.writing import check_writable  # noqa: PLC0415 (pydantic and tomlkit; --help does without)
    from kiosk.paths import user_configuration  # noqa: PLC0415

    target = source or user_configuration()
    check_writable(target)
    return target


def _write(target: Path, findings: "Findings", date: str) -> Path | None:
    from kiosk.calibration.writing import with_calibration, write_configuration  # noqa: PLC0415 (as above)

    text = target.read_text(encoding="utf-8") if target.exists() else ""
    try:
        return write_configuration(target, with_calibration(text, findings.estimate.calibration, date))
    except SettingsError as error:
        raise SettingsError(f"{target}: {error}") from error


def _print_facts(findings: "Findings", target: Path | None, former: Path | None, picture: Path | None) -> None:
    from kiosk.calibration.summary import facts  # noqa: PLC0415

    paths = {"written": target, "former": former, "picture": picture}
    print_json(facts(findings) | {key: str(path) if path else None for key, path in paths.items()})


def _print_report(findings: "Findings", target: Path | None, former: Path | None, picture: Path | None) -> None:
    from rich.table import Table  # noqa: PLC0415 (rich costs 0.07 s)

    from kiosk.calibration.summary import numbers  # noqa: PLC0415
    from kiosk.cli.printing import console  # noqa: PLC0415

    table = Table("number", "value", "", "meaning", box=None)
    table.columns[1].justify = "right"
    for number in numbers(findings.estimate):
        table.add_row(number.key, number.shown, number.error, number.meaning)
    click.echo("")
    console().print(table)
    click.echo("")
    for fault in findings.unsuited:
        click.echo(f"unsuited: {fault.words}")
    if not findings.unsuited:
        click.echo("The place is suited.")
    if picture is not None:
        click.echo(f"picture   {picture}")
    if target is None:
        click.echo("written   nothing")
    else:
        click.echo(f"written   {target}; in force when the kiosk starts anew")
    if former is not None:
        click.echo(f"former    {former}")

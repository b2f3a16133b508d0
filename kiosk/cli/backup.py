"""`kiosk backup`: make a copy of the logbook, list the copies, put one back."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kiosk.cli.options import database_option, json_option, with_settings
from kiosk.cli.printing import clock_time, console, print_json, size, working
from kiosk.errors import KioskError
from kiosk.paths import database_path

if TYPE_CHECKING:
    from hardware.clock import Clock
    from kiosk.logbook.backups import Backup
    from kiosk.logbook.places import Places
    from kiosk.settings import Settings


@click.command()
@click.option("--to", "folder", type=click.Path(path_type=Path), metavar="FOLDER", help="Copy to this folder.")
@click.option("--stick", is_flag=True, help="Copy to the one USB stick that is mounted.")
@click.option("--list", "list_them", is_flag=True, help="Show the backups there are, newest first.")
@click.option("--restore", is_flag=True, help="Put a backup back: the newest good one, or the one given by --from.")
@click.option("--from", "source", type=click.Path(path_type=Path), metavar="FILE", help="The backup to restore.")
@json_option
@database_option
@with_settings
def command(
    *,
    settings: Settings,
    folder: Path | None,
    stick: bool,
    list_them: bool,
    restore: bool,
    source: Path | None,
    as_json: bool,
) -> None:
    """Make a checked copy of the logbook beside the running kiosk.

    With --stick (or --to) the copy goes to a stick, and the command ends with "safe to remove" once all is on it.
    --restore sets the present file aside, puts a backup in its place and adds from the trail what came after it; stop
    the kiosk first.
    """
    from kiosk.logbook.places import Places  # noqa: PLC0415
    from kiosk.logbook.stick import find_stick  # noqa: PLC0415

    asked = sum((folder is not None, stick, list_them, restore))
    if asked > 1 or (source and not restore):
        raise click.UsageError("--list, --to, --stick and --restore: ask for one (--from goes with --restore)")
    places = Places(database_path(settings))
    if list_them:
        _list(places, settings.kiosk.timezone, as_json=as_json)
    elif restore:
        _restore(places, source, settings, as_json=as_json)
    else:
        _make(places, find_stick() if stick else folder, as_json=as_json)


def _list(places: Places, timezone: str, *, as_json: bool) -> None:
    from rich.table import Table  # noqa: PLC0415

    from kiosk.logbook.backups import backups  # noqa: PLC0415
    from kiosk.logbook.calendar import Calendar  # noqa: PLC0415

    calendar = Calendar.of(timezone)
    table = Table("made", "links", "size", box=None, pad_edge=False)
    table.add_column("file", overflow="fold")  # a name that is cut short restores nothing
    for backup in backups(places):
        made = round(backup.made.timestamp() * 1000)
        count = backup.path.stat().st_size
        if as_json:
            print_json({"made": calendar.iso(made), "links": backup.link, "bytes": count, "path": str(backup.path)})
        table.add_row(clock_time(made, calendar.zone), str(backup.link), size(count), str(backup.path))
    if not as_json and table.row_count:
        console().print(table)


def _make(places: Places, folder: Path | None, *, as_json: bool) -> None:
    from kiosk.logbook.backups import make_backup  # noqa: PLC0415

    if folder is not None and not folder.is_dir():
        raise KioskError(f"{folder}: no such folder; put the stick in and mount it")
    with working(f"copying {places.database}"):
        backup = make_backup(places, datetime.now(UTC), folder.absolute() if folder else None)
    if folder is not None:
        _note(places)
    if as_json:
        print_json({"path": str(backup.path), "links": backup.link})
    else:
        click.echo(f"{backup.path}: complete and checked" + (", safe to remove" if folder else ""))


def _note(places: Places) -> None:
    """A copy that leaves the machine is noted; one that cannot be is made all the same, and said so."""
    from kiosk.exports import note_copy  # noqa: PLC0415

    try:
        note_copy(places.database, round(datetime.now(UTC).timestamp() * 1000))
    except KioskError as error:
        click.echo(f"not noted in the logbook: {error}", err=True)


def _restore(places: Places, source: Path | None, settings: Settings, *, as_json: bool) -> None:
    from hardware.clock import SystemClock  # noqa: PLC0415
    from kiosk.logbook import Logbook  # noqa: PLC0415
    from kiosk.logbook.backups import check_backup  # noqa: PLC0415
    from kiosk.logbook.restoring import put_back, set_aside  # noqa: PLC0415

    clock = SystemClock()
    _refuse_while_running(places, clock)
    backup = _choose(places, source)
    check_backup(backup.path)
    kept = set_aside(places)
    put_back(places, backup)
    logbook = Logbook.open(places.database, clock, settings.kiosk.timezone)
    remark = logbook.remark
    logbook.close()
    if as_json:
        print_json({"restored": str(backup.path), "set_aside": str(kept) if kept else None, "remark": remark})
        return
    click.echo(f"restored {backup.path}")
    click.echo(f"the file before is kept in {kept}" if kept else "there was no file before")
    if remark:
        click.echo(remark)


def _choose(places: Places, source: Path | None) -> Backup:
    from kiosk.logbook.backups import Backup, backups, check_backup  # noqa: PLC0415

    if source is not None:
        if not source.is_file():
            raise KioskError(f"{source}: no such file; `kiosk backup --list` names the backups there are")
        return Backup(source.absolute(), datetime.now(UTC), check_backup(source.absolute()))
    for backup in backups(places):
        try:
            check_backup(backup.path)
        except KioskError as error:
            click.echo(f"passed over: {error}", err=True)
        else:
            return backup
    raise KioskError(f"{places.backups}: no good backup there; name one with --from")


def _refuse_while_running(places: Places, clock: Clock) -> None:
    """A kiosk that lives must not lose its file under its hands, be it silent or the file unreadable."""
    from kiosk.logbook.presence import is_held  # noqa: PLC0415
    from kiosk.logbook.reader import Reader  # noqa: PLC0415

    heartbeat = None
    with contextlib.suppress(KioskError), Reader.open(places.database) as reader:
        heartbeat = reader.heartbeat()
    if is_held(places.presence) or (heartbeat is not None and heartbeat.is_running(clock)):
        who = f" (process {heartbeat.process})" if heartbeat else ""
        raise KioskError(f"the kiosk is running{who}; stop it first, then restore")

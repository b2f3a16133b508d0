"""The `district` command. Exit codes: 0 done, 1 the thing asked for failed (one line on stderr), 2 wrong usage."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click
import platformdirs

from hardware.errors import KioskError
from sync.errors import DistrictError

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from sync.district.register import Register
    from sync.district.today import DayReport


class Commands(click.Group):
    """A group where every foreseen error is one line on stderr."""

    def make_context(self, *args: Any, **extra: Any) -> click.Context:
        """Read what stands before the subcommand."""
        try:
            return super().make_context(*args, **extra)
        except click.UsageError as error:
            _explain_usage(error)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a bug still shows its traceback."""
        try:
            return super().invoke(ctx)
        except click.UsageError as error:
            _explain_usage(error)
        except KioskError as error:
            click.echo(f"district: error: {error}", err=True)
            ctx.exit(1)


def _explain_usage(error: click.UsageError) -> NoReturn:
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        raise error
    where = error.ctx.command_path if error.ctx else "district"
    message = " ".join(error.format_message().removeprefix("Invalid value: ").split())
    click.echo(f"district: error: {message.removesuffix('.')} ({where} --help)", err=True)
    raise click.exceptions.Exit(2) from error


def _default_database() -> str:
    return str(platformdirs.user_state_path("entrance-kiosk").absolute() / "district.db")


def _zone(_context: click.Context, _parameter: click.Parameter, value: str) -> ZoneInfo:
    try:
        return ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError):
        raise click.BadParameter(f"{value} is no time zone; write it like Asia/Ho_Chi_Minh") from None


database_option = click.option(
    "--database",
    envvar="DISTRICT_DATABASE",
    default=_default_database,
    metavar="URL",
    help="SQLite file or postgresql://USER@HOST/NAME; else DISTRICT_DATABASE, else a file in the user's state folder.",
)
zone_option = click.option(
    "--timezone",
    "zone",
    default="Asia/Ho_Chi_Minh",
    show_default=True,
    callback=_zone,
    help="Zone in which days and hours are counted.",
)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def main() -> None:
    """Receive the hourly counts of the entrance kiosks and show today."""


@main.command()
@database_option
def init(database: str) -> None:
    """Create the database, or bring an older one up to date, and print where it is."""
    engine = _migrated(database)
    click.echo(f"database ready: {engine.url.render_as_string()}")
    engine.dispose()


@main.command("enroll-code")
@click.argument("kiosk")
@database_option
def enroll_code(kiosk: str, database: str) -> None:
    """Make KIOSK known and print a one-time code for it, once."""
    click.echo(_register(_opened(database)).make_code(kiosk))
    click.echo("good once, within 7 days; on the kiosk run: kiosk enroll URL CODE", err=True)


@main.command()
@click.argument("kiosk")
@database_option
def revoke(kiosk: str, database: str) -> None:
    """End KIOSK's token at once, say of a stolen device; its counts stay."""
    _register(_opened(database)).revoke(kiosk)
    click.echo(f"{kiosk}: token revoked; a new code lets it back in")


@main.command("import")
@click.argument("kiosk")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
@database_option
def import_counts(kiosk: str, file: Path, as_json: bool, database: str) -> None:
    """Take KIOSK's counts from FILE, the copy on a stick; may be done twice, and beside what came by network."""
    from sync.district.carried import bring_in, read_counts  # noqa: PLC0415

    engine = _opened(database)
    rows = read_counts(file)
    with _plain_errors(engine):
        carried = bring_in(engine, kiosk, rows, _now_ms)
    engine.dispose()
    if as_json:
        click.echo(json.dumps({"kiosk": kiosk, "rows": carried.rows, "news": carried.news}))
    else:
        click.echo(f"{kiosk}: hourly counts read: {carried.rows}, of them news: {carried.news}")


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", default=8080, show_default=True, type=click.IntRange(0, 65535), help="Port; 0 takes a free one."
)
@click.option("--demo", metavar="KIOSK", help="Make the database if needed, and print a one-time code for KIOSK first.")
@database_option
@zone_option
def serve(host: str, port: int, demo: str | None, database: str, zone: ZoneInfo) -> None:
    """Serve the page and the kiosks until stopped; prints the address on one line."""
    from sync.district.app import create_app  # noqa: PLC0415 (FastAPI costs half a second; init does without)
    from sync.district.serve import serve as run  # noqa: PLC0415

    engine = _migrated(database) if demo else _opened(database)
    if demo:
        click.echo(f"code {_register(engine).make_code(demo)}")
    run(create_app(engine, zone, _now_ms), host, port, ready=lambda address: click.echo(f"serving {address}"))
    engine.dispose()


@main.command()
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), help="Another day than today.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs instead of a table.")
@database_option
@zone_option
def report(day: datetime | None, as_json: bool, database: str, zone: ZoneInfo) -> None:
    """Print a day's counts of every kiosk."""
    from sync.district.today import report_day  # noqa: PLC0415

    asked: date | None = day.date() if day else None
    found = report_day(_opened(database), zone, _now_ms(), asked)
    if as_json:
        click.echo(found.model_dump_json(indent=2))
    else:
        _print_table(found)


def _print_table(report: "DayReport") -> None:
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    from sync.district.page import day_and_clock, number, percent  # noqa: PLC0415

    table = Table(title=f"{report.day:%d/%m/%Y}, as of {day_and_clock(report.as_of)}", title_justify="left")
    table.add_column("kiosk")
    for title in ("in", "out", "share with the app", "last heard"):
        table.add_column(title, justify="right")
    table.add_column("remarks")
    for kiosk in report.kiosks:
        share = f"{percent(kiosk.share)} ({number(kiosk.share.numerator)}/{number(kiosk.share.denominator)})"
        remarks = ["another board refused"] * bool(kiosk.other_board_refused) + ["revoked"] * kiosk.revoked
        heard = day_and_clock(kiosk.heard) if kiosk.heard else "never"
        table.add_row(kiosk.kiosk, number(kiosk.arrivals), number(kiosk.departures), share, heard, ", ".join(remarks))
    Console().print(table)


def _migrated(database: str) -> "Engine":
    from sync.district.database import database_url, make_file, open_database  # noqa: PLC0415
    from sync.district.migrations import upgrade  # noqa: PLC0415

    url = database_url(database)
    make_file(url)
    engine = open_database(url)
    with _plain_errors(engine):
        upgrade(engine)
    return engine


def _opened(database: str) -> "Engine":
    from sync.district.database import database_url, open_database  # noqa: PLC0415
    from sync.district.migrations import check  # noqa: PLC0415

    engine = open_database(database_url(database))
    with _plain_errors(engine):
        check(engine)
    return engine


@contextmanager
def _plain_errors(engine: "Engine") -> Iterator[None]:
    from sqlalchemy.exc import SQLAlchemyError  # noqa: PLC0415

    try:
        yield
    except SQLAlchemyError as error:
        reason = " ".join(str(getattr(error, "orig", None) or error).split())[:300]
        raise DistrictError(f"{engine.url.render_as_string()}: the database does not answer ({reason})") from error


def _register(engine: "Engine") -> "Register":
    from sync.district.register import Register  # noqa: PLC0415
    from sync.district.tokens import Verifier  # noqa: PLC0415

    return Register(engine, Verifier(), _now_ms)


def _now_ms() -> int:
    return time.time_ns() // 1_000_000

"""`kiosk sync`: send the hourly counts to the district."""

import json
import signal
import threading
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from kiosk.cli.options import database_option, json_option, with_settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.settings import Settings
    from sync.delivery import Delivery
    from sync.errors import SyncError


@click.command()
@click.option(
    "--once/--loop", default=True, help="Deliver once (default), or every hour until stopped, sooner after a failure."
)
@json_option
@database_option
@with_settings
def command(settings: "Settings", once: bool, as_json: bool) -> None:
    """Send the hourly counts that the district has not acknowledged yet.

    Only counts are sent: hour, direction, app status, how many. Safe to run as often as you like.
    """

    def say(delivery: "Delivery") -> None:
        for remark in delivery.remarks:
            click.echo(f"kiosk: note: {remark}", err=True)
        zone = ZoneInfo(settings.kiosk.timezone)
        click.echo(json.dumps(delivery.facts(zone)) if as_json else delivery.line())

    if once:
        say(_deliver(settings))
    else:
        _loop(settings, say)


def _deliver(settings: "Settings") -> "Delivery":
    from hardware.clock import SystemClock  # noqa: PLC0415
    from kiosk.paths import database_path, state_folder, token_path  # noqa: PLC0415
    from sync.board import board_mark  # noqa: PLC0415
    from sync.client import Client  # noqa: PLC0415 (requests costs 0.2 s)
    from sync.credentials import load_credentials  # noqa: PLC0415
    from sync.delivery import Courier  # noqa: PLC0415
    from sync.outbox import Outbox  # noqa: PLC0415

    clock = SystemClock()
    credentials = load_credentials(token_path(settings), settings.sync.url)
    with (
        Outbox(database_path(settings), ZoneInfo(settings.kiosk.timezone)) as outbox,
        Client(credentials.url, settings.sync.timeout) as client,
    ):
        board = board_mark(state_folder())
        return Courier(outbox, client, credentials, board, clock.trusted, lambda: int(clock.utc() * 1000)).deliver()


def _loop(settings: "Settings", say: "Callable[[Delivery], None]") -> None:
    from sync.backoff import Backoff  # noqa: PLC0415
    from sync.loop import keep_delivering  # noqa: PLC0415

    ending = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: ending.set())

    def complain(error: "SyncError") -> None:
        click.echo(f"kiosk: error: {error}", err=True)

    keep_delivering(lambda: _deliver(settings), Backoff(), ending.wait, say, complain)

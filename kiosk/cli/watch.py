"""`kiosk watch`: a live view of the door for whoever sets it up."""

from __future__ import annotations

import queue
import sys
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import click

from kiosk.cli.options import database_option, json_option, with_settings
from kiosk.cli.printing import print_json
from kiosk.errors import KioskError
from kiosk.paths import database_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rich.console import RenderableType

    from hardware.clock import Clock
    from hardware.events import Event
    from kiosk.app import Source
    from kiosk.entrance import Entrance
    from kiosk.logbook.reader import Reader
    from kiosk.settings import Settings
    from kiosk.watching import Happening, Watcher

DRAW_EVERY = 0.25
"""Seconds between two pictures: fast enough for an eye, and little over a slow line."""


@click.command()
@click.option("--seconds", type=click.FloatRange(0.1), help="End by itself after so long; else with Ctrl-C.")
@click.option("--simulate", is_flag=True, help="A simulated door and crowd in place of radio, beams and buttons.")
@json_option
@database_option
@with_settings
def command(*, settings: Settings, seconds: float | None, simulate: bool, as_json: bool) -> None:
    """Show live what is heard and decided: adverts, phones with the app, passages, entries. Nothing is stored.

    Beside a running kiosk the radio is listened to as well, and the entries are those of its log. Without one, door and
    buttons are opened, too, and what they would lead to is shown. Into a pipe, what happens is printed line by line.
    """
    view = _View(settings, simulate=simulate)
    with suppress(KeyboardInterrupt), view.opened():
        until = time.monotonic() + seconds if seconds else float("inf")
        if sys.stdout.isatty() and not as_json:
            _draw(view, until)
        else:
            _print(view, until, as_json=as_json)


class _View:
    """All that is needed to watch: hardware that reports, a core that decides, a log that is read along."""

    def __init__(self, settings: Settings, *, simulate: bool) -> None:
        from hardware.beacons import Recogniser  # noqa: PLC0415 (--help does without all of these)
        from hardware.clock import SystemClock  # noqa: PLC0415
        from kiosk import equipment, wiring  # noqa: PLC0415
        from kiosk.campaign import best_campaign  # noqa: PLC0415
        from kiosk.watching import Watcher  # noqa: PLC0415

        self.clock: Clock = SystemClock()
        self._events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        profiles = wiring.campaign_profiles(settings, best_campaign(settings.kiosk.campaign))
        self.watcher: Watcher = Watcher(Recogniser(profiles))
        self._reader = None if simulate else _running(settings, self.clock)
        if simulate:
            layout, hardware, _ = equipment.simulated_hardware(self.clock, seed=1, history=2)
        else:
            layout, hardware = wiring.build_layout(settings), equipment.real_hardware(settings, self.clock, profiles)
        self._entrance: Entrance = wiring.build_entrance(settings, layout, profiles)
        # The pins belong to the kiosk that runs; the radio can be shared.
        self._sources: Sequence[Source] = [
            source for source in hardware.sources if self._reader is None or source.name.startswith("radio:")
        ]
        newest = self._reader.last_entry() if self._reader else None
        self._newest = newest.id if newest else 0

    @contextmanager
    def opened(self) -> Iterator[None]:
        """Everything listens within this context. A part that is missing is said to be so, and the others go on."""
        try:
            for source in self._sources:
                try:
                    source.hardware.start(self._events.put)
                except KioskError as error:
                    click.echo(f"{source.name}: {error}", err=True)
            yield
        finally:
            for source in self._sources:
                source.hardware.stop()
            if self._reader is not None:
                self._reader.close()

    def turn(self) -> list[Happening]:
        """Take in what has come since the last turn; returns what happened."""
        happened = []
        while not self._events.empty():
            event = self._events.get()
            happened += self.watcher.see(event)
            if self._reader is None:
                happened += self.watcher.decide(self._entrance.handle(event))
        if self._reader is None:
            happened += self.watcher.decide(self._entrance.advance(self.clock.monotonic()))
        else:
            happened += self._logged(self._reader)
        return happened

    def _logged(self, reader: Reader) -> Iterable[Happening]:
        from kiosk.decisions import Entry  # noqa: PLC0415
        from kiosk.logbook.reader import Wanted  # noqa: PLC0415

        now, utc = self.clock.monotonic(), self.clock.utc()
        happened = []
        for row in reader.entries(Wanted(after_id=self._newest)):
            self._newest = row.id
            t = now - (utc - row.utc_ms / 1000)
            happened += self.watcher.decide([Entry(row.id, t, row.direction, row.app, row.confidence, row.source)])
        return happened


def _running(settings: Settings, clock: Clock) -> Reader | None:
    """The log of the kiosk that runs; None when none does."""
    from kiosk.logbook.reader import Reader  # noqa: PLC0415

    try:
        reader = Reader.open(database_path(settings), settings.kiosk.timezone)
    except KioskError:
        return None
    heartbeat = reader.heartbeat()
    if heartbeat is not None and heartbeat.is_running(clock):
        return reader
    reader.close()
    return None


def _print(view: _View, until: float, *, as_json: bool) -> None:
    started = view.clock.monotonic()
    while time.monotonic() < until:
        for happening in view.turn():
            t = round(happening.t - started, 2)
            if as_json:
                print_json({"t": t, "kind": happening.kind, "text": happening.text})
            else:
                click.echo(f"{t:9.2f}  {happening.kind:<10}  {happening.text}")
        sys.stdout.flush()
        time.sleep(min(DRAW_EVERY, max(0.0, until - time.monotonic())))


def _draw(view: _View, until: float) -> None:
    from rich.live import Live  # noqa: PLC0415

    with Live(auto_refresh=False, screen=True) as live:
        while time.monotonic() < until:
            view.turn()
            live.update(_picture(view, live.console.height), refresh=True)
            time.sleep(DRAW_EVERY)


def _picture(view: _View, height: int) -> RenderableType:
    from rich.console import Group  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    now = view.clock.monotonic()
    rates = Table("radio", "adverts a second", box=None, pad_edge=False)
    for radio, rate in view.watcher.rates(now).items():
        rates.add_row(radio, f"{rate:.1f}")
    phones = Table("phone", "app", "dBm", "heard", box=None, pad_edge=False)
    for phone in view.watcher.phones(now)[:8]:
        strength = ", ".join(f"{dbm} {radio}" for radio, dbm in sorted(phone.strength.items()))
        phones.add_row(str(phone.number), phone.profile, strength, f"{now - phone.heard:.0f} s ago")
    lines = Table("seconds ago", "", "", box=None, pad_edge=False)
    room = max(3, height - 8 - rates.row_count - phones.row_count)
    for happening in list(view.watcher.happenings)[-room:]:
        lines.add_row(f"{now - happening.t:.1f}", happening.kind, happening.text)
    return Group(rates, "", phones, "", lines, "Ctrl-C ends")

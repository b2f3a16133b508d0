"""`kiosk record`: the kiosk at work, with a recording made of what its hardware reports."""

import logging
import signal
import sys
import threading
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from kiosk.cli.options import database_option, with_settings
from kiosk.errors import LogbookError

if TYPE_CHECKING:
    from hardware.clock import Clock
    from hardware.recording_lines import Header
    from kiosk.doorway import Layout
    from kiosk.settings import Settings

LONGEST = 24 * 3600
"""Seconds: a day at a busy door is some 50 MB."""


@click.command()
@click.argument("recording", metavar="OUT.jsonl.gz", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--seconds", type=click.FloatRange(1, LONGEST), help="End by itself after so long; else with Ctrl-C.")
@click.option("--simulate", is_flag=True, help="A simulated door and crowd in place of radio, beams and buttons.")
@click.option("--headless", is_flag=True, help="No screen; without this the screen says that a recording is made.")
@database_option
@with_settings
def command(settings: "Settings", recording: Path, seconds: float | None, simulate: bool, headless: bool) -> None:
    """Work as `kiosk run` does and record what the radios, the door and the officer's buttons report.

    Run it in place of the kiosk's service, which holds the same pins: stop that first. Addresses and rolling IDs are
    replaced by random ones before they reach the disk, names and all that no beacon profile speaks of are left out, and
    the screen says that a recording is made. Replay it with `kiosk replay`.
    """
    from hardware.clock import SystemClock  # noqa: PLC0415 (hardware and screen cost seconds of a Pi Zero)
    from hardware.concealment import Concealer  # noqa: PLC0415
    from hardware.profiles import load_profiles  # noqa: PLC0415
    from hardware.recording_writer import RecordingWriter  # noqa: PLC0415
    from kiosk import equipment, wiring  # noqa: PLC0415
    from kiosk.recorder import Recorder  # noqa: PLC0415
    from kiosk.screen.build import spoken  # noqa: PLC0415

    logging.basicConfig(level=logging.INFO, format="%(name)s: %(message)s", stream=sys.stderr)
    if headless:
        settings = settings.model_copy(update={"screen": settings.screen.model_copy(update={"headless": True})})
    clock = SystemClock()
    words = spoken(settings)
    profiles = wiring.campaign_profiles(settings, words.campaign)
    if simulate:
        layout, hardware, _ = equipment.simulated_hardware(clock, seed=1)
    else:
        layout, hardware = wiring.build_layout(settings), equipment.real_hardware(settings, clock, profiles)
    started = clock.monotonic()
    header = _header(layout, clock, ZoneInfo(settings.kiosk.timezone))
    writer = RecordingWriter(recording, header, Concealer(load_profiles(settings.scan.profiles)), start=started)
    learned = wiring.build_memory(settings, words.campaign).read()
    recorder = Recorder(wiring.build_entrance(settings, layout, profiles, learned), writer)
    kiosk = wiring.build_kiosk(settings, clock, hardware, recorder, words)
    kiosk.front.stage.recording = True
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: kiosk.stop())
    timer = threading.Timer(seconds or LONGEST, kiosk.stop)
    timer.start()
    try:
        saved = kiosk.run()
    finally:
        timer.cancel()
        recorder.close(clock.monotonic() - started)
    click.echo(f"{recording}: {clock.monotonic() - started:.0f} s recorded")
    if not saved:
        raise LogbookError("stopped before everything was saved; the log above names what is missing")


def _header(layout: "Layout", clock: "Clock", zone: ZoneInfo) -> "Header":
    """What the recording says of this door; how long it is becomes known at its end."""
    from hardware.recording_lines import Header  # noqa: PLC0415

    names = {*layout.sensors, *layout.radios}
    return Header(
        started_at=datetime.fromtimestamp(round(clock.utc()), zone),
        seconds=0,
        door=layout.sensors,
        radios=layout.radios,
        places={name: place for name, place in layout.places.items() if name in names},
    )

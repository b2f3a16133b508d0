"""`kiosk demo`: the whole product on one machine, with a simulated door and crowd."""

import contextlib
import logging
import os
import signal
import sys
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kiosk.cli.options import database_option, with_settings

if TYPE_CHECKING:
    from kiosk.app import Kiosk
    from kiosk.demo import DemoDistrict, Diary
    from kiosk.settings import Settings


@click.command()
@click.option("--seconds", type=click.FloatRange(min=1), help="End by itself after so long live; else with Ctrl-C.")
@click.option("--headless", is_flag=True, help="No window, even where there is a display.")
@click.option(
    "--history",
    type=click.IntRange(0, 600),
    default=10,
    show_default=True,
    help="Minutes of the door that are simulated at once before the live part begins.",
)
@click.option("--seed", type=int, default=1, show_default=True, help="Which crowd.")
@click.option("--overhead", is_flag=True, help="A second window: the doorway from above, and which verdicts are right.")
@click.option(
    "--png",
    "picture",
    metavar="OUT.png",
    type=click.Path(path_type=Path, dir_okay=False),
    help="At the end, draw the doorway from above into this file; needs no display.",
)
@database_option
@with_settings
def command(
    settings: "Settings",
    *,
    seconds: float | None,
    headless: bool,
    history: int,
    seed: int,
    overhead: bool,
    picture: Path | None,
) -> None:
    """Run the kiosk with a simulated door, and a district on 127.0.0.1 that receives its counts."""
    logging.basicConfig(level=logging.WARNING, format="%(message)s", stream=sys.stderr)
    folder = Path(tempfile.mkdtemp(prefix="kiosk-demo-"))
    headless = headless or not _has_display()
    settings = settings.model_copy(
        update={
            "screen": settings.screen.model_copy(update={"headless": headless}),
            "log": settings.log.model_copy(update={"database": settings.log.database or folder / "logbook.db"}),
        }
    )
    from kiosk.demo import DemoDistrict  # noqa: PLC0415 (hardware and screen cost seconds of a Pi Zero)

    with DemoDistrict(folder / "district.db") as district:
        _run(settings, district, seconds, history, seed, overhead, picture)


def _run(
    settings: "Settings",
    district: "DemoDistrict",
    seconds: float | None,
    history: int,
    seed: int,
    overhead: bool,
    picture: Path | None,
) -> None:
    from zoneinfo import ZoneInfo  # noqa: PLC0415

    from hardware.clock import SimulatedClock, SystemClock  # noqa: PLC0415
    from kiosk import equipment, wiring  # noqa: PLC0415
    from kiosk.demo import Deliveries, Diary  # noqa: PLC0415
    from kiosk.lookout import Lookout  # noqa: PLC0415
    from kiosk.paths import database_path  # noqa: PLC0415
    from kiosk.pictures.window import OverheadWindow  # noqa: PLC0415
    from kiosk.screen.build import spoken  # noqa: PLC0415

    real = SystemClock()
    # The clock of this machine is good enough for a demonstration, whether or not a time service has set it.
    clock = SimulatedClock(real.utc(), real.monotonic(), speed=1.0, boot_id=real.boot_id)
    database = database_path(settings)
    words = spoken(settings)
    layout, hardware, simulation = equipment.simulated_hardware(clock, seed, history)
    profiles = wiring.campaign_profiles(settings, words.campaign)
    learned = wiring.build_memory(settings, words.campaign).read()
    entrance = wiring.build_entrance(settings, layout, profiles, learned)
    zone = ZoneInfo(settings.kiosk.timezone)
    diary = Diary(clock, zone, clock.monotonic(), click.echo)
    lookout = Lookout(simulation, diary.time)
    kiosk = wiring.build_kiosk(settings, clock, hardware, lookout.over(entrance), words, diary.saved)
    above = OverheadWindow(simulation.door, lookout, clock.monotonic)
    if overhead:
        kiosk.on_turn = above.turn
    deliveries = Deliveries(database, zone, district.url, district.code, clock, click.echo)
    _introduce(settings, database, district.url, history, seconds)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: kiosk.stop())
    deliveries.start()
    ending = threading.Thread(target=_end_after, args=(kiosk, diary, seconds), daemon=True)
    ending.start()
    try:
        kiosk.run()
    finally:
        deliveries.stop()
    # The simulation plans ahead of the clock; who has not come yet cannot have been logged.
    happened = [crossing for crossing in simulation.truth if crossing.t <= clock.monotonic()]
    _conclude(diary, district.url, database)
    click.echo(diary.compare(happened))
    if picture is not None:
        above.save(picture)


def _end_after(kiosk: "Kiosk", diary: "Diary", seconds: float | None) -> None:
    """Say when the minutes before the start are through, and end the kiosk so many seconds later."""
    while not kiosk.core.is_alive() or kiosk.core.waiting():
        if kiosk.stopping.wait(0.2):
            return
    click.echo(f"the minutes before the start are through: {diary.history} entries; now live")
    if seconds and not kiosk.stopping.wait(seconds):
        kiosk.stop()


def _has_display() -> bool:
    """A desktop, or a console with a graphics card that a window could take over."""
    if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        return True
    return sys.stdin is not None and any(Path("/dev/dri").glob("card*"))


def _introduce(settings: "Settings", database: Path, url: str, history: int, seconds: float | None) -> None:
    click.echo("A simulated door: two beams, two radios, a crowd of whom some carry the app. Nothing here is real but")
    click.echo("the kiosk: its core, its log, its screen, its district.")
    click.echo(f"log       {database}")
    click.echo(f"district  {url}")
    click.echo(
        "screen    none (no display here)" if settings.screen.headless else "screen    in a window; Esc closes it"
    )
    ending = f"ends by itself after {seconds:g} s" if seconds else "Ctrl-C ends it"
    click.echo(f"{history} minutes of the door come first, at once; then it goes on live. {ending}.")
    click.echo("")


def _conclude(diary: "Diary", url: str, database: Path) -> None:
    click.echo("")
    click.echo(f"logged: {len(diary.outcomes.entries)} entries, {diary.history} of them from before the start")
    for (direction, app), count in sorted(diary.counts().items()):
        click.echo(f"  {direction:<3}  {app.replace('_', ' '):<15} {count:>4}")
    with contextlib.suppress(OSError):
        click.echo(_received(url))
    click.echo(f"look into the log:  kiosk log --db {database}")


def _received(url: str) -> str:
    import requests  # noqa: PLC0415

    report = requests.get(f"{url}api/v1/today", timeout=5).json()
    going_in = sum(kiosk["arrivals"] for kiosk in report["kiosks"])
    going_out = sum(kiosk["departures"] for kiosk in report["kiosks"])
    return f"the district received for today: {going_in} in, {going_out} out"

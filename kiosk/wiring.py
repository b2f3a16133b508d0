"""The composition root: from the settings to the parts and to the whole kiosk. The only place that knows all parts."""

import logging
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from hardware.beacons import Recogniser
from hardware.clock import Clock
from hardware.profiles import BeaconProfile, load_profiles
from kiosk.app import Kiosk
from kiosk.app_profiles import app_profiles
from kiosk.campaign import Campaign
from kiosk.checks import Checks, check_air, check_clock, check_core, check_disk, check_radios, check_stuck
from kiosk.core import Core, Deciding
from kiosk.decisions import Correction, Decision, Entry
from kiosk.desk import Desk
from kiosk.door_memory import MemoryFile
from kiosk.doorway import DoorMemory, Doorway, Layout
from kiosk.doorway.layout import Calibration
from kiosk.entrance import Entrance
from kiosk.equipment import Hardware
from kiosk.front import Front
from kiosk.handover import Duty
from kiosk.health import State
from kiosk.logbook.book import Logbook
from kiosk.logbook.keeper import Keeper
from kiosk.logbook.values import Saved
from kiosk.logbook.writer import Writer
from kiosk.paths import database_path, memory_path, token_path
from kiosk.screen.stage import Stage
from kiosk.settings import Settings
from kiosk.sound.moments import Moments
from kiosk.sound.player import Player
from kiosk.sound.voice import Voice
from kiosk.stick_copy import StickCopier
from kiosk.unsent import Unsent

if TYPE_CHECKING:
    from kiosk.glass import Glass
    from kiosk.screen.build import Spoken
    from kiosk.screen.painter import Painter

Place = tuple[float, float]

log = logging.getLogger(__name__)


def campaign_profiles(settings: Settings, campaign: Campaign) -> tuple[BeaconProfile, ...]:
    """The beacon profiles that show the campaign's app.

    Raises CampaignError naming what nobody described, ProfileError for a profile file that is wrong.
    """
    return app_profiles(campaign, load_profiles(settings.scan.profiles))


def build_layout(settings: Settings) -> Layout:
    """Where things stand at the configured door."""
    places: Mapping[str, Place] = {
        **settings.door.places,
        **{radio.name: radio.place for radio in settings.radio if radio.place is not None},
    }
    measured = Calibration(**settings.calibration.model_dump(exclude={"date"}))
    return Layout(
        settings.door.sensors,
        tuple(radio.name for radio in settings.radio),
        places,
        None if measured == Calibration() else measured,
    )


def build_memory(settings: Settings, campaign: Campaign) -> MemoryFile:
    """Where the door's memory is kept."""
    return MemoryFile(memory_path(settings), campaign.app)


def build_entrance(
    settings: Settings, layout: Layout, profiles: Sequence[BeaconProfile], memory: DoorMemory | None = None
) -> Entrance:
    """The pure core of a door with that layout, and with what it had learned before."""
    desk = Desk(lockout=settings.panel.lockout, undo_hold=settings.panel.undo_hold)
    doorway = Doorway(layout, Recogniser(profiles), memory)
    return Entrance(doorway, desk, beam_hold=settings.door.debounce)


def build_kiosk(
    settings: Settings,
    clock: Clock,
    hardware: Hardware,
    entrance: Deciding,
    spoken: "Spoken",
    saved: Callable[[Saved], None] = lambda _: None,
) -> Kiosk:
    """Wire the whole kiosk. `saved` hears, on the main thread, whatever has reached the disk.

    Raises LogbookError when the database cannot be opened: an entrance that could not keep its log must say so at once.
    """
    stage = Stage(settings.screen.night, len(spoken.languages))
    duty = Duty(settings.officer, lambda shift: writer.hand_over(shift, partial(front.shift_saved, shift)))
    front = Front(stage, duty, clock, ZoneInfo(settings.kiosk.timezone), saved)
    front.desk = entrance.desk_view
    database = database_path(settings)
    logbook = Logbook.open(database, clock, settings.kiosk.timezone)
    front.counted(logbook.today())
    troubles: dict[str, tuple[State, str]] = {"logbook": (State.OK, ""), "backup": (State.OK, "")}
    writer = Writer(logbook, front.saved, front.failed, lambda state, detail: troubles.update(logbook=(state, detail)))
    memory = build_memory(settings, spoken.campaign)
    keeper = Keeper(
        logbook.places,
        clock,
        settings,
        writer,
        lambda *how: troubles.update(backup=how),
        lambda: memory.keep(entrance.memory()),
    )
    core = Core(entrance, clock.monotonic, _to_front_then_log(front, writer), thinking=True)
    checks = Checks(
        {
            "radio": check_radios(hardware.radios),
            "core": check_core(lambda: core.seen_at, clock.monotonic, lambda: core.failures),
            "air": check_air(lambda: entrance.suspect(clock.monotonic()), lambda: core.flooded),
            "clock": check_clock(clock.trusted),
            "disk": check_disk(database),
            "stuck": check_stuck(
                lambda: entrance.stuck(clock.monotonic()),
                settings.door.sensors,
                lambda: {source.name for source in hardware.sources if source.running},
            ),
            "logbook": lambda: [(part, *trouble) for part, trouble in troubles.items()],
        },
        writer.report_part,
    )
    kiosk = Kiosk(clock, core, writer, keeper, front, checks, hardware.sources)
    kiosk.settled = lambda: memory.keep(entrance.memory())
    kiosk.lamp = hardware.lamp
    kiosk.copier = StickCopier(logbook.places, clock, front.told)
    front.to_stick = kiosk.copier.begin
    kiosk.unsent = Unsent(database, settings.kiosk.timezone, clock, token_path(settings))
    if not settings.screen.headless:
        kiosk.show_on(_build_glass(settings, clock, spoken, kiosk))
        if settings.sound.enabled:
            front.voice = _build_voice(settings)
    return kiosk


def _build_glass(settings: Settings, clock: Clock, spoken: "Spoken", kiosk: Kiosk) -> "Glass":
    from kiosk.glass import Doors, Glass  # noqa: PLC0415 (pygame costs 60 ms and 40 MB; a headless kiosk does without)
    from kiosk.screen.advice import panel_advice  # noqa: PLC0415
    from kiosk.screen.painter import Painter  # noqa: PLC0415
    from kiosk.screen.window import Window  # noqa: PLC0415

    def painter(size: tuple[int, int]) -> "Painter":
        for advice in panel_advice(size, settings.screen.panel_inches, spoken.campaign):
            log.warning("%s", advice)
        return Painter(
            size,
            settings.screen.panel_inches,
            spoken.campaign,
            spoken.languages,
            organisation=settings.kiosk.organisation,
        )

    window = Window(painter, settings.screen.size)
    return Glass(window, clock, kiosk.front.stage, kiosk.front.duty, Doors(kiosk.core.put, kiosk.stop, kiosk.restart))


def _build_voice(settings: Settings) -> Voice:
    moments = Moments(settings.sound.speak_every, (settings.sound.quiet, settings.screen.night))
    return Voice(Player(settings.sound.volume, settings.sound.invitation), moments)


def _to_front_then_log(front: Front, writer: Writer) -> Callable[[Sequence[Decision]], None]:
    """In this order, so that the front has heard of a press before the logbook says that it is saved."""

    def decided(decisions: Sequence[Decision]) -> None:
        front.decided(decisions)
        written = [decision for decision in decisions if isinstance(decision, Entry | Correction)]
        if written:
            writer.put(written, front.duty.officer or None)

    return decided

"""A session at the configured door, and one at a door that does not exist: the same walk, the same interface."""

import time
from collections.abc import Callable

from hardware.beacons import Recogniser
from hardware.clock import SimulatedClock, SystemClock
from hardware.simulation import Crowd, DoorParameters
from hardware.simulation.installer import SimulatedInstaller
from kiosk import equipment, wiring
from kiosk.calibration.guides import SimulatedGuide, TerminalGuide
from kiosk.calibration.session import Findings, Session
from kiosk.calibration.steps import steps_for
from kiosk.calibration.walk import Walk
from kiosk.campaign import load_campaign
from kiosk.doorway import Layout
from kiosk.settings import Settings

Say = Callable[[str], None]

EARLY = Crowd(groups_per_minute=0, staff=2, desk_metres=(8.0, 12.0), strolls_per_hour=1, passers_per_minute=1)
"""Who is about while an installer works: nobody visits yet, two people sit at the back, the street goes on."""


def walk_real_door(settings: Settings, say: Say, wait: Callable[[], None]) -> tuple[Layout, Findings]:
    """Lead somebody through the walk at the configured door; `wait` returns when they are ready for the next step.

    Raises KioskError in one line when a part is missing or the phone cannot be told from others.
    """
    clock, layout = SystemClock(), wiring.build_layout(settings)
    profiles = wiring.campaign_profiles(settings, load_campaign(settings.kiosk.campaign))
    hardware = equipment.real_hardware(settings, clock, profiles)
    steps = steps_for(layout)
    walk = Walk(steps, layout, Recogniser(profiles), settings.door.debounce)
    # The officer's buttons have no part in it, and a panel that is missing must not end it.
    sources = [source.hardware for source in hardware.sources if source.name != "panel"]
    guide = TerminalGuide(len(steps), say, wait)
    return layout, Session(walk, layout, sources, guide, clock, time.sleep, hardware.radios).run()


def walk_simulated_door(
    settings: Settings, say: Say, seed: int, door: DoorParameters | None = None
) -> tuple[Layout, Findings]:
    """Send a simulated person through the walk, in no time; `door` is a good one unless another is given.

    What the kiosk believes of the door is always that good one: two beams, two radios, at the usual places.
    """
    usual = DoorParameters(radios=("inside", "outside"), crowd=EARLY)
    clock, layout = SimulatedClock(), Layout(usual.sensors, usual.radios, usual.places)
    there = door or usual
    installer = SimulatedInstaller(there, clock, seed)
    profiles = wiring.campaign_profiles(settings, load_campaign(settings.kiosk.campaign))
    steps = steps_for(layout)
    walk = Walk(steps, layout, Recogniser(profiles), settings.door.debounce)
    guide = SimulatedGuide(TerminalGuide(len(steps), say, lambda: None), installer, there.places)
    return layout, Session(walk, layout, [installer], guide, clock, installer.pass_time).run()

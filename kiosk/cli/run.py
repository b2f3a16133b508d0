"""`kiosk run`: the entrance itself, until it is told to stop."""

import logging
import os
import signal
import sys
from typing import TYPE_CHECKING

import click

from kiosk.cli.options import database_option, with_enduring_settings
from kiosk.errors import CampaignError, HardwareError, LogbookError, ProfileError, SettingsError
from kiosk.health import State

if TYPE_CHECKING:
    from hardware.profiles import BeaconProfile
    from kiosk.campaign import Campaign
    from kiosk.configuration import Loaded
    from kiosk.settings import Settings


@click.command()
@click.option("--simulate", is_flag=True, help="A simulated door and crowd in place of radio, beams and buttons.")
@click.option("--headless", is_flag=True, help="No screen; without this an invisible one is a fault.")
@click.option("--seed", type=int, default=1, show_default=True, help="Which crowd, with --simulate.")
@database_option
@with_enduring_settings
def command(loaded: "Loaded", simulate: bool, headless: bool, seed: int) -> None:
    """Watch the door, log every entry, show the screen. Ends on SIGTERM or Ctrl-C with nothing lost."""
    from hardware.clock import SystemClock  # noqa: PLC0415 (hardware and screen cost seconds of a Pi Zero)
    from kiosk import equipment, wiring  # noqa: PLC0415
    from kiosk.screen.build import spoken  # noqa: PLC0415

    logging.basicConfig(level=logging.INFO, format="%(name)s: %(message)s", stream=sys.stderr)
    settings = loaded.settings
    for fault in loaded.faults.splitlines():
        logging.error("%s (the last good configuration goes on)", fault)
    if headless:
        settings = settings.model_copy(update={"screen": settings.screen.model_copy(update={"headless": True})})
    clock = SystemClock()
    words = spoken(settings)
    for remark in words.remarks:
        logging.warning("%s", remark)
    profiles, trouble = _profiles(settings, words.campaign)
    if trouble:
        logging.error("%s; no radio is listened to, and entries carry `unknown`, until it is mended", trouble)
        settings = settings.model_copy(update={"radio": ()})
    if simulate:
        layout, hardware, _ = equipment.simulated_hardware(clock, seed)
    else:
        _refuse_mock_pins()
        layout, hardware = wiring.build_layout(settings), equipment.real_hardware(settings, clock, profiles)
    learned = wiring.build_memory(settings, words.campaign).read()
    entrance = wiring.build_entrance(settings, layout, profiles, learned)
    kiosk = wiring.build_kiosk(settings, clock, hardware, entrance, words)
    if trouble:
        kiosk.checks.add("radio", lambda: [("radio", State.DOWN, trouble)])
    if loaded.faults:
        kiosk.checks.add("settings", lambda: [("settings", State.DEGRADED, loaded.faults.splitlines()[0])])
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: kiosk.stop())
    saved = kiosk.run()
    if kiosk.restarting:
        logging.info("starting anew")
        # The same process for systemd: it keeps its number, its place in the journal and its open notify socket.
        os.execv(sys.executable, sys.orig_argv)
    if not saved:
        raise LogbookError("stopped before everything was saved; the log above names what is missing")


def _profiles(settings: "Settings", campaign: "Campaign") -> "tuple[tuple[BeaconProfile, ...], str]":
    """The beacon profiles to listen for, or none and why.

    A radio that knows no beacon would note that nobody has the app; a door that does not open would note nothing.
    """
    from kiosk.wiring import campaign_profiles  # noqa: PLC0415 (as above)

    try:
        profiles = campaign_profiles(settings, campaign)
    except (CampaignError, ProfileError) as error:
        return (), "; ".join(str(error).splitlines())
    return profiles, "" if profiles else f"campaign {campaign.app}: names no beacon profiles"


def _refuse_mock_pins() -> None:
    """A door whose buttons do nothing and which says nothing is worse than one that does not open."""
    from hardware.pins import refuse_mock_pins  # noqa: PLC0415 (gpiozero costs 0.13 s)

    try:
        refuse_mock_pins()
    except HardwareError as error:
        raise SettingsError(f"{error} with --simulate") from error

"""The walk over real bleak on a real bus and real gpiozero; the person, bluetoothd and the chip are stand-ins."""

import pytest
from gpiozero.pins.mock import MockFactory

from hardware.clock import SimulatedClock
from hardware.door import Door
from hardware.events import Advert, Beam
from hardware.profiles import load_profiles
from hardware.radio import Radio
from hardware.simulation import DoorParameters
from hardware.simulation.emitters import Kind
from hardware.simulation.installer import SimulatedInstaller
from kiosk.calibration.guides import SimulatedGuide, TerminalGuide
from kiosk.calibration.session import Session
from kiosk.calibration.sessions import EARLY
from kiosk.calibration.steps import Carried, Step, Task
from kiosk.calibration.walk import Walk
from kiosk.doorway import Layout
from tests.bus.conftest import bluez  # noqa: F401 (a fixture)
from tests.bus.stand_in import wait_until

DOOR = DoorParameters(crowd=EARLY)
STEPS = (Step(Task.STAND, Carried.HAND, "inside", 0.3), Step(Task.WALK_IN, Carried.HAND, "inside"))


@pytest.fixture
def chip():
    factory = MockFactory()
    yield factory
    factory.reset()


def test_what_the_radio_and_the_pins_say_is_measured(bluez, chip, recogniser, profile):
    bluez.add_adapter()
    clock, layout = SimulatedClock(), Layout(DOOR.sensors, DOOR.radios, DOOR.places)
    radio = Radio("inside", "", "passive", load_profiles(), clock)
    door = Door(DOOR.sensors, {"outer": 17, "inner": 27}, active_low=True, factory=chip, clock=clock)
    installer = SimulatedInstaller(DOOR, clock, seed=1, kind=Kind.ANDROID)
    let_through = []

    def happens(event):
        """Put on the air, or do to a pin, what the simulated person causes."""
        if isinstance(event, Advert):
            bluez.wait_until_scanned()
            sent = bluez.advert(
                address=event.address,
                rssi=event.rssi,
                uuids=event.service_uuids,
                manufacturer_data=event.manufacturer_data,
            )
            let_through.extend([event] * sent)
            wait_until(lambda: radio.state().adverts == len(let_through), "an advert was lost")
        elif isinstance(event, Beam):
            pin = chip.pin({"outer": 17, "inner": 27}[event.sensor])
            (pin.drive_low if event.active else pin.drive_high)()

    installer.start(happens)
    guide = SimulatedGuide(TerminalGuide(len(STEPS), lambda _: None, lambda: None), installer, DOOR.places)
    walk = Walk(STEPS, layout, recogniser, hold=0.02)

    def pause(seconds):
        if not radio.state().listening:  # it begins in its own time, which a simulated clock does not know
            wait_until(lambda: radio.state().listening, "the radio does not begin")
        installer.pass_time(seconds)

    findings = Session(walk, layout, [radio, door], guide, clock, pause, [radio.state]).run()

    assert len(let_through) > 100
    assert findings.estimate.calibration.reference == pytest.approx(-62, abs=6)
    assert findings.estimate.crossings[0].order == ("outer", "inner")
    assert findings.unsuited == []

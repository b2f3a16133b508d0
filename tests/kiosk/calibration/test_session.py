"""The session lets go of the hardware whatever happens, and says in one line why it cannot go on."""

import pytest

from hardware.clock import SimulatedClock
from hardware.errors import HardwareError
from hardware.events import Advert
from hardware.radio import RadioState
from kiosk.calibration.session import LISTEN_WITHIN, Session
from kiosk.calibration.steps import Carried, Step, Task
from kiosk.calibration.walk import Walk
from kiosk.errors import KioskError

BLUEZONE = "00004e56-0000-1000-8000-00805f9b34fb"


class Air:
    """A radio that hears the given phones ten times a second while time passes."""

    def __init__(self, clock, *phones, reason="passive scanning on hci0", mode="passive"):
        self.clock, self.phones, self.reason, self.mode = clock, phones, reason, mode
        self.running = False

    def start(self, put):
        self.put, self.running = put, True

    def stop(self):
        self.running = False

    def state(self):
        listening = "scanning on" in self.reason
        return RadioState("inside", "hci0", self.mode, listening, False, self.reason, 0, None, 1)

    def pause(self, seconds):
        self.clock.advance(seconds)
        for address, rssi in self.phones:
            self.put(Advert(self.clock.monotonic(), address, rssi, service_uuids=(BLUEZONE,)))


class Silent:
    """A guide that keeps what it was told."""

    def __init__(self):
        self.told = []

    def ready(self, number, step):
        self.told.append((number, step.name))

    def go(self, step):
        self.told.append("go")

    def done(self, take, adverts):
        self.told.append(adverts > 0)


class Broken:
    def start(self, put):
        raise HardwareError("pin 17 of outer cannot be used: no such chip")

    def stop(self):
        raise AssertionError("was never started")


STEPS = (Step(Task.STAND, Carried.HAND, "inside", 0.3), Step(Task.WALK_IN, Carried.HAND, "inside"))


@pytest.fixture
def session(layout, recogniser):
    def make(air, *more, guide=None):
        walk = Walk(STEPS, layout, recogniser, hold=0.02)
        return Session(walk, layout, [air, *more], guide or Silent(), air.clock, air.pause, [air.state])

    return make


def test_it_leads_through_all_steps_and_lets_go(session):
    air, guide = Air(SimulatedClock(), ("A", -50), ("B", -80), mode="active"), Silent()

    findings = session(air, guide=guide).run()

    assert guide.told == [(1, "inside 0.3 m, hand"), True, (2, "walk in, hand"), "go", True]
    assert findings.estimate.strengths[0].mean == -50
    assert "not_passive" in [fault.kind for fault in findings.unsuited]
    assert not air.running


@pytest.mark.parametrize(
    ("phones", "words"),
    [
        ((), "hears no phone with the app near it"),
        ((("A", -88),), "hears no phone with the app near it"),
        ((("A", -50), ("B", -52)), "another phone with the app is as strong"),
    ],
)
def test_a_phone_that_does_not_stand_out_ends_it_in_one_line(session, phones, words):
    air = Air(SimulatedClock(), *phones)

    with pytest.raises(KioskError, match=words) as raised:
        session(air).run()

    assert "\n" not in str(raised.value)
    assert not air.running


def test_a_radio_that_does_not_listen_is_named_before_anybody_walks(session):
    air, guide = Air(SimulatedClock(), reason="no Bluetooth adapter found"), Silent()

    with pytest.raises(KioskError, match="radio inside does not listen: no Bluetooth adapter found"):
        session(air, guide=guide).run()

    assert guide.told == []
    assert air.clock.monotonic() == pytest.approx(LISTEN_WITHIN)


def test_a_part_that_is_missing_ends_it_and_what_was_started_is_let_go(session):
    air = Air(SimulatedClock(), ("A", -50))

    with pytest.raises(HardwareError, match="pin 17"):
        session(air, Broken()).run()

    assert not air.running


def test_ctrl_c_lets_go_of_the_hardware(session):
    class Interrupted(Silent):
        def ready(self, number, step):
            raise KeyboardInterrupt

    air = Air(SimulatedClock(), ("A", -50))

    with pytest.raises(KeyboardInterrupt):
        session(air, guide=Interrupted()).run()

    assert not air.running

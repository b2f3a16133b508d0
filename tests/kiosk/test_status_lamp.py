from gpiozero.pins.mock import MockFactory

from hardware.errors import HardwareError
from hardware.lamp import Lamp, LampSignal
from kiosk.health import Part, State
from kiosk.status_lamp import StatusLamp

RADIO_DOWN = Part("radio:inside", State.DOWN, 0.0)
LOG_DOWN = Part("logbook", State.DOWN, 0.0)


def test_the_lamp_tells_apart_all_well_a_fault_and_lost_entries():
    lamp = Lamp(21, factory=MockFactory())
    status = StatusLamp(lambda: lamp)
    seen = []
    for faults in ([], [RADIO_DOWN], [RADIO_DOWN, LOG_DOWN], []):
        status.show(faults)
        seen.append(lamp.signal)
    status.close()
    assert seen == [LampSignal.STEADY, LampSignal.SLOW, LampSignal.FAST, LampSignal.STEADY]
    assert lamp.signal is LampSignal.OFF


def test_a_lamp_that_is_not_there_is_named_once_and_nothing_else_changes(caplog):
    def build():
        raise HardwareError("pins cannot be reached")

    status = StatusLamp(build)
    status.show([])
    status.show([LOG_DOWN])
    status.close()
    assert caplog.text.count("pins cannot be reached") == 1

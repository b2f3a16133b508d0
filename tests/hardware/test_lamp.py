import pytest
from gpiozero.pins.mock import MockFactory

from hardware.errors import HardwareError
from hardware.lamp import Lamp, LampSignal


def test_the_lamp_says_that_all_is_well_and_goes_out_at_the_end() -> None:
    factory = MockFactory()
    lamp = Lamp(21, factory=factory)
    pin = factory.pin(21)
    lamp.show(LampSignal.STEADY)
    assert pin.state
    lamp.close()
    lamp.close()
    assert not pin.state


def test_a_blinking_lamp_can_be_steadied() -> None:
    factory = MockFactory()
    lamp = Lamp(21, factory=factory)
    lamp.show(LampSignal.FAST)
    lamp.show(LampSignal.STEADY)
    assert factory.pin(21).state
    assert lamp.signal is LampSignal.STEADY
    lamp.close()


def test_a_kiosk_without_a_lamp_does_without() -> None:
    lamp = Lamp(None, factory=None)
    lamp.show(LampSignal.SLOW)
    assert lamp.signal is LampSignal.SLOW
    lamp.close()


def test_a_pin_in_use_is_named() -> None:
    factory = MockFactory()
    first = Lamp(21, factory=factory)
    with pytest.raises(HardwareError, match="pin 21 of the lamp cannot be used"):
        Lamp(21, factory=factory)
    first.close()

import pytest
from gpiozero.pins.mock import MockFactory

from hardware.clock import SimulatedClock
from hardware.errors import HardwareError
from hardware.events import Action, Button, Event
from hardware.panel import Panel


def test_a_button_is_pressed_and_let_go() -> None:
    factory, events, clock = MockFactory(), [], SimulatedClock()
    panel = Panel({"shown": 5, "declined": 19}, factory=factory, clock=clock)
    panel.start(events.append)
    factory.pin(19).drive_low()
    clock.advance(0.3)
    factory.pin(19).drive_high()
    panel.stop()
    panel.stop()
    assert events == [Button(0.0, Action.DECLINED, True), Button(0.3, Action.DECLINED, False)]


def test_nothing_is_heard_after_it_has_stopped() -> None:
    factory, events = MockFactory(), list[Event]()
    panel = Panel({"shown": 5}, factory=factory, clock=SimulatedClock())
    panel.start(events.append)
    panel.stop()
    factory.pin(5).drive_low()
    assert events == []


def test_a_name_that_is_no_action_is_refused_with_those_that_are() -> None:
    with pytest.raises(HardwareError, match=r"no such action refused; there are shown, .*undo"):
        Panel({"refused": 5}, factory=MockFactory(), clock=SimulatedClock())

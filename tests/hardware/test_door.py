import pytest
from gpiozero.pins.mock import MockFactory

from hardware.clock import SimulatedClock
from hardware.door import Door
from hardware.errors import HardwareError
from hardware.events import Beam, Event

PINS = {"outer": 17, "inner": 27, "motion": 22}


@pytest.fixture
def factory():
    factory = MockFactory()
    yield factory
    factory.reset()


def door(factory: MockFactory, *sensors: str, clock: SimulatedClock | None = None, active_low: bool = True) -> Door:
    return Door(sensors, PINS, active_low=active_low, factory=factory, clock=clock or SimulatedClock())


def test_a_person_walks_in(factory: MockFactory) -> None:
    clock, events = SimulatedClock(), []
    across = door(factory, "outer", "inner", clock=clock)
    across.start(events.append)
    outer, inner = factory.pin(17), factory.pin(27)
    for seconds, drive in ((1, outer.drive_low), (0.2, inner.drive_low), (0.1, outer.drive_high)):
        clock.advance(seconds)
        drive()
    assert events == [
        Beam(1.0, "outer", True),
        Beam(1.2, "inner", True),
        Beam(pytest.approx(1.3), "outer", False),
    ]


def test_every_bounce_is_reported_for_the_core_to_judge(factory: MockFactory) -> None:
    events: list[Event] = []
    door(factory, "outer").start(events.append)
    for _ in range(3):
        factory.pin(17).drive_low()
        factory.pin(17).drive_high()
    assert [event.active for event in events if isinstance(event, Beam)] == [True, False] * 3


def test_motion_sensors_drive_their_pin_high(factory: MockFactory) -> None:
    events: list[Event] = []
    door(factory, "motion", active_low=False).start(events.append)
    factory.pin(22).drive_high()
    assert events == [Beam(0.0, "motion", True)]


def test_a_door_without_sensors_is_a_door(factory: MockFactory) -> None:
    bare = door(factory)
    bare.start(lambda _event: pytest.fail("nothing can have happened"))
    bare.stop()
    assert not factory.pins


def test_a_beam_that_is_broken_from_the_start_is_reported(factory: MockFactory) -> None:
    events: list[Event] = []
    factory.pin(17)
    stuck = door(factory, "outer", active_low=False)
    factory.pin(17).drive_high()
    factory.pin(17)._set_pull = lambda _pull: None  # a wire stronger than the Pi's own pull resistor
    stuck.start(events.append)
    assert events == [Beam(0.0, "outer", True)]


def test_it_stops_twice_and_starts_again(factory: MockFactory) -> None:
    events: list[Event] = []
    across = door(factory, "outer")
    across.start(events.append)
    across.stop()
    across.stop()
    factory.pin(17).drive_low()
    assert events == []
    factory.pin(17).drive_high()
    across.start(events.append)
    factory.pin(17).drive_low()
    assert len(events) == 1


def test_a_sensor_without_a_pin_is_named(factory: MockFactory) -> None:
    with pytest.raises(HardwareError, match=r"sensor beam: add it to door\.pins"):
        door(factory, "beam")


def test_a_pin_that_cannot_be_had_is_named_and_the_others_let_go(factory: MockFactory) -> None:
    taken = door(factory, "inner")
    taken.start(lambda _event: None)
    with pytest.raises(HardwareError, match=r"^pin 27 of inner cannot be used: pin GPIO27 is already in use"):
        door(factory, "outer", "inner").start(lambda _event: None)
    taken.stop()
    both = door(factory, "outer", "inner")
    both.start(lambda _event: None)
    both.stop()

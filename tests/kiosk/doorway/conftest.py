"""An entrance to play with: people walk, phones send, the officer presses, and all decisions are kept in order."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from hardware.beacons import Recogniser, load_profiles
from hardware.events import Action, Advert, Beam, Event, Press, Scanner
from kiosk.decisions import Correction, Decision, Direction, Entry, Passage
from kiosk.doorway import Doorway, Layout

TWO_BEAMS = Layout()
ONE_BEAM = Layout(sensors=("beam",))
NO_SENSOR = Layout(sensors=())


@dataclass
class Entrance:
    """Events are given in order of time; `run` plays them, `entries` and the rest are what came of it."""

    layout: Layout = TWO_BEAMS
    key: bytes = b"key"
    events: list[Event] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)

    def walk(self, t: float, direction: Direction = Direction.IN, speed: float = 1.0) -> None:
        """Somebody 30 cm deep crosses the door line at `t`."""
        for sensor, x in zip(self.layout.sensors, (-0.15, 0.15) if self.layout.two_beams else (0.0,), strict=False):
            middle = t + (x if direction is Direction.IN else -x) / speed
            self.events.append(Beam(middle - 0.15 / speed, sensor, True))
            self.events.append(Beam(middle + 0.15 / speed, sensor, False))

    def phone(self, passes: float, name: int = 1, loudest: float = -62.0, radio: str = "inside") -> None:
        """A phone with the app walks by: loudest at `passes`, 4 dB less for each second away from it."""
        for tenth in range(-100, 100):
            t = passes + tenth / 10
            rssi = loudest - 4 * abs(tenth / 10)
            if rssi > -96:
                self.advert(t, name, round(rssi), radio)

    def advert(self, t: float, name: int, rssi: int, radio: str = "inside") -> None:
        self.events.append(
            Advert(t, f"phone {name}", rssi, radio, manufacturer_data={0x22B5: name.to_bytes(12, "big")})
        )

    def device(self, passes: float, name: int = 1, loudest: float = -60.0) -> None:
        """Somebody with a device that is no app's walks by: nearby info, six times a second."""
        for number in range(-60, 60):
            t = passes + number * 0.155
            rssi = loudest - 4 * abs(t - passes)
            if rssi > -96:
                self.events.append(Advert(t, f"device {name}", round(rssi), manufacturer_data={0x004C: b"\x10\x05abc"}))

    def press(self, t: float, action: Action, count: int = 1) -> None:
        self.events.append(Press(t, action, count))

    def scanner(self, t: float, listening: bool, radio: str = "inside") -> None:
        self.events.append(Scanner(t, radio, listening))

    def run(self, until: float = 200.0) -> "Entrance":
        doorway = Doorway(self.layout, Recogniser(load_profiles(), self.key))
        for event in sorted(self.events, key=lambda event: event.t):
            self.decisions += doorway.advance(event.t)
            self.decisions += doorway.handle(event)
        self.decisions += doorway.advance(until)
        self.decisions += doorway.finish(until)
        return self

    @property
    def entries(self) -> list[Entry]:
        return [decision for decision in self.decisions if isinstance(decision, Entry)]

    @property
    def corrections(self) -> list[Correction]:
        return [decision for decision in self.decisions if isinstance(decision, Correction)]

    @property
    def passages(self) -> list[Passage]:
        return [decision for decision in self.decisions if isinstance(decision, Passage)]


@pytest.fixture
def entrance() -> Callable[..., Entrance]:
    return Entrance


@pytest.fixture
def door() -> Entrance:
    return Entrance()


@pytest.fixture
def one_beam() -> Entrance:
    return Entrance(ONE_BEAM)


@pytest.fixture
def no_sensor() -> Entrance:
    return Entrance(NO_SENSOR)

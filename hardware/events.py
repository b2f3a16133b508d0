"""What the hardware reports: plain values with a monotonic time, whoever produced them.

The live radio and door, a recording and the simulator all put these on one queue; the core cannot tell them apart.
Every `t` is in seconds on one monotonic clock (its zero does not matter; only differences are used).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

PutEvent = Callable[["Event"], None]


class Action(StrEnum):
    """What the duty officer can say with one press; `stick` asks for a copy of the log on a USB stick."""

    SHOWN = "shown"
    INSTALLED_HERE = "installed_here"
    NO_SMARTPHONE = "no_smartphone"
    DECLINED = "declined"
    EXIT = "exit"
    UNDO = "undo"
    STICK = "stick"


@dataclass(slots=True)
class Advert:
    """One Bluetooth advertisement as heard by one radio.

    `rssi` is in dBm; `radio` names the receiver ("inside", "outside"); UUIDs are lower-case 128-bit strings.
    Treat it as frozen like the others: it is not only because there are hundreds a second and that would double the
    time of making one.
    """

    t: float
    address: str
    rssi: int
    radio: str = "inside"
    service_uuids: tuple[str, ...] = ()
    service_data: Mapping[str, bytes] = field(default_factory=dict)
    manufacturer_data: Mapping[int, bytes] = field(default_factory=dict)
    local_name: str | None = None
    tx_power: int | None = None


@dataclass(frozen=True, slots=True)
class Beam:
    """A break-beam (or motion sensor) changed: `active` is true while the beam is broken."""

    t: float
    sensor: str
    active: bool


@dataclass(frozen=True, slots=True)
class Button:
    """A raw edge of one of the officer's buttons; `bounces` is False for a key or a touch, which need no debouncing."""

    t: float
    action: Action
    down: bool
    bounces: bool = True


@dataclass(frozen=True, slots=True)
class Digit:
    """A digit key: the size of the group that the next action stands for."""

    t: float
    value: int


@dataclass(frozen=True, slots=True)
class Press:
    """The officer said something, by button, key or touch; `count` is the size of a group."""

    t: float
    action: Action
    count: int = 1


@dataclass(frozen=True, slots=True)
class Scanner:
    """A radio began or ceased to listen; `reason` is one plain line for the log."""

    t: float
    radio: str
    listening: bool
    reason: str = ""


Event = Advert | Beam | Button | Digit | Press | Scanner


class EventSource(Protocol):
    """A part of the hardware that reports events: a radio, a door, a panel, a recording, a simulation."""

    def start(self, put: PutEvent) -> None:
        """Begin to report; `put` may be called from any thread. Raises HardwareError when the part is not there."""

    def stop(self) -> None:
        """Cease to report and let go of the hardware. May be called twice."""

"""What a simulated door is like: every number of the model, with its unit and where it comes from.

docs/simulator.md tells the same story in prose, and names the sources behind the letters used here: [B] the apps'
published sources, [F] field studies of phones, [P] indoor propagation, [W] studies of walking, [G] our guess.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Place = tuple[float, float]
"""Metres: x from the door line into the building, y along the wall from the middle of the door."""


class Carried(StrEnum):
    """Where a phone is on its owner."""

    HAND = "hand"
    FRONT_POCKET = "front pocket"
    BACK_POCKET = "back pocket"
    BAG = "bag"
    TABLE = "table"


@dataclass(frozen=True)
class Crowd:
    """Who is around."""

    groups_per_minute: float = 1.8  # [G] a commune office in the morning; one a minute is quiet, three is a rush
    group_sizes: tuple[float, ...] = (0.55, 0.25, 0.13, 0.07)  # [W] share of one, two, three, four together
    going_in: float = 0.65  # [G] mornings; the rest came before
    returning: float = 0.1  # [G] share of those going in who leave again within minutes
    stopping: float = 0.3  # [G] share who stop at the kiosk
    stop_seconds: tuple[float, float] = (2.0, 20.0)  # [W] a glance to somebody reading and scanning
    speed: tuple[float, float] = (1.1, 0.2)  # [W] metres per second, mean and spread, through doors
    depth: tuple[float, float] = (0.31, 0.04)  # [W] metres a body shadows a beam, mean and spread
    sway: float = 0.01  # [G] seconds by which arms and bags move the edges of that shadow
    staff: int = 4  # [G] people who work within earshot of the kiosk
    desk_metres: tuple[float, float] = (3.0, 14.0)  # [G] how far from the door they sit
    strolls_per_hour: float = 6.0  # [G] each, past the kiosk and back
    passers_per_minute: float = 1.5  # [G] along the street
    street_metres: tuple[float, float] = (2.0, 9.0)  # [G] how far from the door line they pass
    lingerers_per_hour: float = 8.0  # [G] who stand outside: a smoke, a call, a friend
    linger_seconds: tuple[float, float] = (30.0, 240.0)
    things: int = 2  # [G] fixed beacons and printers in the hall
    presses: float = 0.0  # share of passages that the officer settles with a press


@dataclass(frozen=True)
class Phones:
    """What people carry and what it sends."""

    smartphone: float = 0.9  # [F]
    app: float = 0.45  # [G] of those with a smartphone, whose app runs
    iphone: float = 0.3  # [F] share of smartphones
    ios_open: float = 0.25  # [G] of iPhones with the app, share that has it open
    exposure_notification: float = 0.15  # [G] of those with the app, who use the one built into the phone
    gadget: float = 0.25  # [G] share of people with a watch or earbuds that send
    carried: Mapping[Carried, float] = field(
        default_factory=lambda: {  # [F]
            Carried.HAND: 0.3,
            Carried.FRONT_POCKET: 0.3,
            Carried.BACK_POCKET: 0.15,
            Carried.BAG: 0.25,
        }
    )
    duty: tuple[float, float] = (15.0, 15.0)  # [B] seconds on, seconds off, Bluezone on Android
    unknown_duty: float = 0.0  # share of Android phones whose duty cycle is another
    address_each_restart: float = 0.3  # [B] share of Android phones with a new address each time they start to send
    address_hasty: float = 0.0  # [F] share of Android phones with a new address every few seconds
    hasty_seconds: float = 5.0
    address_seconds: tuple[float, float] = (480.0, 900.0)  # [F] all others
    identity_seconds: float = 900.0  # [B]


@dataclass(frozen=True)
class Waves:
    """How strength falls on its way. All losses in dB."""

    exponent: float = 2.2  # [P] path loss: 1.8 in a corridor to 3.0 in a cluttered hall
    model_spread: float = 5.0  # [F] models differ by 5 to 10 dB
    power_offset: float = 0.0  # of all phones at this door: the receiver's antenna and where it hangs
    wall: float = 8.0  # [P] brick 6 to 12
    door_closed: float = 1.0  # [P] glass 1 to 3, metal 12 to 20
    inner_wall: float = 7.0  # [P]
    hall_metres: float = 14.0  # [G] where the inner wall stands
    body: float = 9.0  # [F] 8 to 15 through a body
    pocket: float = 4.0  # [F]
    bag: float = 3.0  # [F]
    slow: float = 3.6  # [P] spread of slow fading
    slow_metres: float = 2.0  # [P] over which it changes
    slow_drift: float = 0.4  # [G] metres per second by which the surroundings of a phone at rest change
    direct: float = 4.0  # [P] Rice factor of fast fading: power of the direct path over the scattered, as a ratio


@dataclass(frozen=True)
class Receivers:
    """What becomes of an advert on its way into the kiosk."""

    sensitivity: float = -91.0  # [F] dBm at which half are heard
    softness: float = 1.2  # [F] dB
    lost: float = 0.25  # [F] lost anyhow: other channels, collisions, Wi-Fi on the same antenna
    bursts_per_minute: float = 0.0  # times a radio hears nothing at all
    burst_seconds: tuple[float, float] = (0.5, 3.0)
    beams_late: float = 0.0  # seconds by which beams report later than radios
    spurious_per_minute: float = 0.2  # [G] flickers of a beam: insects, sun, a swinging bag
    spurious_seconds: tuple[float, float] = (0.005, 0.04)


@dataclass(frozen=True)
class DoorParameters:
    """One door: where its sensors and radios are, who comes, and how waves travel there."""

    sensors: tuple[str, ...] = ("outer", "inner")
    radios: tuple[str, ...] = ("inside",)
    places: Mapping[str, Place] = field(
        default_factory=lambda: {
            "inside": (0.8, 1.2),
            "outside": (-0.5, 1.3),
            "outer": (-0.15, 0.0),
            "inner": (0.15, 0.0),
        }
    )
    width: float = 1.4  # metres
    crowd: Crowd = field(default_factory=Crowd)
    phones: Phones = field(default_factory=Phones)
    waves: Waves = field(default_factory=Waves)
    receivers: Receivers = field(default_factory=Receivers)

    @property
    def earshot(self) -> float:
        """Metres at which even a strong phone in the open is heard no more: where people come from and go to."""
        strongest = -59.0 + self.waves.power_offset + 2 * self.waves.model_spread
        budget = strongest - (self.receivers.sensitivity - 3 * self.receivers.softness) + self.waves.slow
        return float(min(80.0, max(20.0, 10 ** ((budget - self.waves.inner_wall) / (10 * self.waves.exponent)))))

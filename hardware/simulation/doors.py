"""Doors to try things on: drawn at random, and changed on purpose to ask one question each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from hardware.simulation.parameters import Carried, Crowd, DoorParameters, Phones, Receivers, Waves

Change = Callable[[DoorParameters], DoorParameters]


def draw_door(seed: int) -> DoorParameters:
    """A door with one radio, as one might find it: everything an installer cannot choose is drawn, widely."""
    rng = np.random.default_rng([seed, 0])

    def between(low: float, high: float) -> float:
        return float(rng.uniform(low, high))

    crowd = Crowd(
        groups_per_minute=between(0.9, 2.8),
        going_in=between(0.5, 0.8),
        stopping=between(0.1, 0.5),
        speed=(between(0.95, 1.25), 0.2),
        staff=int(rng.integers(1, 8)),
        strolls_per_hour=between(2, 10),
        passers_per_minute=between(0.2, 3.0),
        lingerers_per_hour=between(0, 20),
        things=int(rng.integers(0, 4)),
    )
    phones = Phones(
        smartphone=between(0.8, 0.97),
        app=between(0.2, 0.85),
        iphone=between(0.15, 0.45),
        exposure_notification=between(0.05, 0.3),
        gadget=between(0.1, 0.4),
        address_each_restart=between(0.1, 0.6),
    )
    waves = Waves(
        exponent=between(1.9, 2.7),
        power_offset=between(-4, 4),
        wall=between(5, 12),
        door_closed=between(0, 4),
        body=between(6, 13),
        slow=between(2.5, 4.5),
        hall_metres=between(8, 20),
    )
    receivers = Receivers(sensitivity=between(-93, -89), lost=between(0.15, 0.4), spurious_per_minute=between(0, 0.5))
    return DoorParameters(crowd=crowd, phones=phones, waves=waves, receivers=receivers)


@dataclass(frozen=True)
class Condition:
    """One question put to a door: `title` says it in a few words, `change` makes the door that asks it."""

    name: str
    title: str
    change: Change


def _crowd(**values: object) -> Change:
    return lambda door: replace(door, crowd=replace(door.crowd, **values))  # type: ignore[arg-type]


def _phones(**values: object) -> Change:
    return lambda door: replace(door, phones=replace(door.phones, **values))  # type: ignore[arg-type]


def _waves(**values: object) -> Change:
    return lambda door: replace(door, waves=replace(door.waves, **values))  # type: ignore[arg-type]


def _receivers(**values: object) -> Change:
    return lambda door: replace(door, receivers=replace(door.receivers, **values))  # type: ignore[arg-type]


def two_radios(door: DoorParameters) -> DoorParameters:
    """The same door with a second radio outside."""
    return replace(door, radios=("inside", "outside"))


def one_beam(door: DoorParameters) -> DoorParameters:
    """The same door with a single beam in the middle of the doorway."""
    return replace(door, sensors=("beam",), places={**door.places, "beam": (0.0, 0.0)})


def no_sensor(door: DoorParameters) -> DoorParameters:
    """The same door with nothing but the radio."""
    return replace(door, sensors=())


def _alone(door: DoorParameters) -> DoorParameters:
    quiet = replace(
        door.crowd,
        group_sizes=(1.0,),
        groups_per_minute=1.0,
        staff=0,
        passers_per_minute=0.0,
        lingerers_per_hour=0.0,
    )
    return replace(door, crowd=quiet)


def _same(door: DoorParameters) -> DoorParameters:
    return door


POCKET: Mapping[Carried, float] = {Carried.FRONT_POCKET: 0.6, Carried.BACK_POCKET: 0.4}

CONDITIONS: tuple[Condition, ...] = (
    Condition("one radio", "a door as drawn, one radio inside", _same),
    Condition("two radios", "the same doors, a second radio outside", two_radios),
    Condition("one beam", "one beam, no direction", one_beam),
    Condition("alone", "one person at a time, nobody else about", _alone),
    Condition("groups", "mostly three or four together", _crowd(group_sizes=(0.1, 0.2, 0.35, 0.35))),
    Condition("staff", "ten people at work near the kiosk, who stroll", _crowd(staff=10, strolls_per_hour=12.0)),
    Condition("passers-by", "a busy street", _crowd(passers_per_minute=6.0, lingerers_per_hour=40.0)),
    Condition("duty cycle", "every app on Android: 15 s on, 15 s off", _phones(iphone=0.0)),
    Condition("pocket", "every phone in a pocket", _phones(carried=POCKET)),
)
"""What happens at ordinary doors."""

BROKEN: tuple[Condition, ...] = (
    Condition("path loss", "strength falls with the power 3.3", _waves(exponent=3.3)),
    Condition("corridor", "strength hardly falls, power 1.6", _waves(exponent=1.6)),
    Condition("metal door", "a metal door that shuts: 18 dB", _waves(door_closed=18.0, wall=14.0)),
    Condition("burst loss", "the radio is deaf for seconds at a time", _receivers(bursts_per_minute=6.0)),
    Condition("late beams", "beams report 100 ms late", _receivers(beams_late=0.1)),
    Condition("hasty addresses", "every phone changes address each 5 s", _phones(address_hasty=1.0)),
    Condition("watches", "nine in ten wear what sends all the time, with the app or without", _phones(gadget=0.9)),
    Condition("unknown duty", "half the phones keep a duty cycle nobody knows", _phones(unknown_duty=0.5)),
)
"""What a model of a doorway may not expect."""

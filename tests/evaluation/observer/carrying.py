"""What is thought of a phone before it is heard: how strong it sends and where on its owner it is."""

from collections.abc import Sequence
from dataclasses import dataclass

from hardware.simulation.emitters import POWER, Kind
from hardware.simulation.parameters import Carried, DoorParameters
from hardware.simulation.propagation import Worn


@dataclass(frozen=True)
class Carrying:
    """Ways of wearing a phone with their shares, and its power in dBm at 1 m: mean and spread (0 where it is known)."""

    worn: Sequence[tuple[Worn, float]]
    power: float
    spread: float


def usual_carrying(door: DoorParameters) -> Carrying:
    """How phones are carried at this door: the very shares that the simulation draws from."""
    ways = [
        (Worn(carried, side), share / 2)
        for carried, share in door.phones.carried.items()
        for side in (-1.0, 1.0)
        if carried is Carried.BAG
    ]
    ways += [(Worn(carried, 1.0), share) for carried, share in door.phones.carried.items() if carried is not Carried.BAG]
    total = sum(share for _, share in ways)
    usual = [(worn, share / total) for worn, share in ways]
    return Carrying(usual, POWER[Kind.ANDROID] + door.waves.power_offset, door.waves.model_spread)

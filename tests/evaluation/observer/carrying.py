"""What is thought of a phone before it is heard: how strong it sends and where on its owner it is."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from hardware.simulation.emitters import POWER, Emitter, Kind
from hardware.simulation.parameters import Carried, DoorParameters
from hardware.simulation.people import Person
from hardware.simulation.propagation import Worn


class Insight(StrEnum):
    """What the observer is told, beside the door's own numbers and everybody else's way."""

    BEAMS = "beams"
    """Of visitors: when and how fast each goes through, as nearly as beams tell; not where they come from or go to."""
    PASSAGES = "passages"
    """Of visitors: when, where and how fast each goes through; not where they come from, stop and go to."""
    WAYS = "ways"
    """The whole way of every visitor; power and way of wearing are as likely as they are drawn."""
    PHONES = "ways and phones"
    """Also how strong each phone sends, and where each person would wear one."""


@dataclass(frozen=True)
class Carrying:
    """Ways of wearing a phone with their shares, and its power in dBm at 1 m: mean and spread (0 where it is known)."""

    worn: Sequence[tuple[Worn, float]]
    power: float
    spread: float


def usual_carrying(door: DoorParameters) -> Carrying:
    """How phones are carried at this door: the very shares that the simulation draws from."""
    sides = {Carried.BAG: (-1.0, 1.0)}
    ways = [
        (Worn(carried, side), share / len(sides.get(carried, (1.0,))))
        for carried, share in door.phones.carried.items()
        for side in sides.get(carried, (1.0,))
    ]
    total = sum(share for _, share in ways)
    usual = [(worn, share / total) for worn, share in ways]
    return Carrying(usual, POWER[Kind.ANDROID] + door.waves.power_offset, door.waves.model_spread)


def carrying_of(door: DoorParameters, insight: Insight, person: Person, emitter: Emitter | None = None) -> Carrying:
    """What the observer thinks of a phone if this person has it; `emitter` is the phone, where it was heard."""
    usual = usual_carrying(door)
    if insight is not Insight.PHONES:
        return usual
    seen = replace(usual, worn=((person.belongings.worn, 1.0),))
    return seen if emitter is None else replace(seen, power=emitter.power, spread=0.0)

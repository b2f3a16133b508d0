"""The steps of the walk: where the installer stands or goes, with the phone in hand or in a pocket."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from kiosk.doorway.layout import Layout

DISTANCES: Final = (0.3, 1.0, 3.0)
"""Metres from the radio: held to the kiosk, in front of it, and as far as most halls let somebody stand in the open."""

POCKET_BELOW: Final = 0.6
"""Metres that a pocket is below a radio at the height of a screen: about 1.0 m and 1.6 m above the floor."""


class Task(StrEnum):
    """What the installer does in a step."""

    STAND = "stand"
    WALK_IN = "in"
    WALK_OUT = "out"


class Carried(StrEnum):
    """Where the installer's phone is."""

    HAND = "hand"
    POCKET = "pocket"


@dataclass(frozen=True, slots=True)
class Step:
    """One step. Who stands is `metres` from `radio` and faces it; `metres` is 0 for a walk."""

    task: Task
    carried: Carried
    radio: str
    metres: float = 0.0

    @property
    def name(self) -> str:
        """A few words for tables and pictures: "inside 1 m, hand", "walk in, pocket"."""
        if self.task is Task.STAND:
            return f"{self.radio} {self.metres:g} m, {self.carried}"
        return f"walk {self.task}, {self.carried}"

    @property
    def distance(self) -> float:
        """Metres from the phone to the radio, straight: a hand holds it at the radio's height, a pocket is lower."""
        below = POCKET_BELOW if self.carried is Carried.POCKET else 0.0
        return float((self.metres**2 + below**2) ** 0.5)


def steps_for(layout: Layout) -> tuple[Step, ...]:
    """The whole walk at this door, in an order that takes one way through it each time."""
    first = layout.radios[0]
    second = [Step(Task.STAND, Carried.HAND, radio, 1.0) for radio in layout.radios[1:2]]
    return (
        *(Step(Task.STAND, Carried.HAND, first, metres) for metres in DISTANCES),
        Step(Task.WALK_OUT, Carried.HAND, first),
        *second,
        Step(Task.WALK_IN, Carried.HAND, first),
        *(Step(Task.STAND, Carried.POCKET, first, metres) for metres in DISTANCES[1:]),
        Step(Task.WALK_OUT, Carried.POCKET, first),
        Step(Task.WALK_IN, Carried.POCKET, first),
    )


def instructions(step: Step) -> tuple[str, ...]:
    """What the installer is asked to do, a short line each."""
    hand = step.carried is Carried.HAND
    held = "Phone in your hand." if hand else "Phone in a front pocket."
    match step.task:
        case Task.STAND if hand:
            return (
                f"Face the radio {step.radio}, the phone in your hand, {step.metres:g} m from it and as high as it is.",
                "Move the phone slowly by a hand's breadth all the while.",
            )
        case Task.STAND:
            return (held, f"Stand {step.metres:g} m from the radio {step.radio}, face it, and sway a little.")
        case Task.WALK_IN:
            return (held, "Stand outside, three metres before the door. Walk in, at your usual pace, when told to.")
        case Task.WALK_OUT:
            return (held, "Stand inside, three metres from the door. Walk out, at your usual pace, when told to.")

"""Who talks to the installer: short lines on a terminal; or, in a simulation, legs of its own as well."""

from collections.abc import Callable, Mapping
from math import cos, pi, sin
from typing import Final

from hardware.simulation import Carried as Worn
from hardware.simulation.installer import SimulatedInstaller
from kiosk.calibration.record import Take
from kiosk.calibration.session import TICK, Guide
from kiosk.calibration.steps import POCKET_BELOW, Carried, Step, Task, instructions
from kiosk.calibration.walk import STAND_LIMIT
from kiosk.doorway.layout import Place

WALK_METRES: Final = 3.0
"""Metres before and behind the door at which a walk begins and ends."""

MOVING_TICKS: Final = 40
"""Ticks that a simulated installer takes from one place to the next: four seconds."""


class TerminalGuide:
    """Says each step with `say`, one line at a time; `wait` returns when the installer says that they are ready."""

    def __init__(self, steps: int, say: Callable[[str], None], wait: Callable[[], None]) -> None:
        self._steps = steps
        self._say = say
        self._wait = wait

    def ready(self, number: int, step: Step) -> None:
        """Say what comes next and wait for the installer."""
        self._say("")
        self._say(f"{number}/{self._steps}  {step.name}")
        for line in instructions(step):
            self._say(f"     {line}")
        self._wait()
        if step.task is Task.STAND:
            self._say(f"     listening, {STAND_LIMIT:.0f} s at most ...")
        else:
            self._say("     wait there until the phone is sending ...")

    def go(self, step: Step) -> None:
        """Send the installer through the door."""
        self._say(f"     walk {step.task} now")

    def done(self, take: Take, adverts: int) -> None:
        """Say how many adverts were heard."""
        heard = f"{adverts} adverts heard" if adverts else "the phone was not heard"
        self._say(f"     done: {heard} in {take.end - take.go:.0f} s")


class SimulatedGuide:
    """Talks like `spoken` and moves a simulated installer to where the words send a real one.

    `places` are where the radios really are, whatever the kiosk believes of them.
    """

    def __init__(self, spoken: Guide, installer: SimulatedInstaller, places: Mapping[str, Place]) -> None:
        self._spoken = spoken
        self._installer = installer
        self._places = places

    def ready(self, number: int, step: Step) -> None:
        """Put the installer in place, which takes a moment."""
        self._spoken.ready(number, step)
        self._place(step)
        for _ in range(MOVING_TICKS):
            self._installer.pass_time(TICK)

    def go(self, step: Step) -> None:
        """Make the installer walk."""
        self._spoken.go(step)
        self._installer.walk(*ends(step), _worn(step))

    def done(self, take: Take, adverts: int) -> None:
        """Pass on what was heard."""
        self._spoken.done(take, adverts)

    def _place(self, step: Step) -> None:
        if step.task is Task.STAND:
            place, facing = before(self._places[step.radio], step.metres)
            below = POCKET_BELOW if step.carried is Carried.POCKET else 0.0
            self._installer.stand(place, facing, _worn(step), below)
        else:
            start, end = ends(step)
            self._installer.stand(start, 0.0 if end[0] > start[0] else pi, _worn(step))


def before(radio: Place, metres: float) -> tuple[Place, float]:
    """A place so many metres before a radio, away from the door line, and the direction in which it then lies."""
    away = -pi / 4 if radio[0] >= 0 else -3 * pi / 4
    return (radio[0] + metres * cos(away), radio[1] + metres * sin(away)), away + pi


def ends(step: Step) -> tuple[Place, Place]:
    """Where a walk starts and ends."""
    outside, inside = (-WALK_METRES, 0.0), (WALK_METRES, 0.0)
    return (outside, inside) if step.task is Task.WALK_IN else (inside, outside)


def _worn(step: Step) -> Worn:
    return Worn.HAND if step.carried is Carried.HAND else Worn.FRONT_POCKET

"""Ways that somebody may have gone who went through the door then, there, so fast: as the simulation draws them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from hardware.simulation import DoorParameters
from hardware.simulation.parameters import Place
from hardware.simulation.paths import Numbers, Path, Walk
from hardware.simulation.people import STRAIGHT, Crowd, Person
from tests.evaluation.observer.likelihood import Ways

FEW, MANY = 1, 4
"""How finely ways are told apart: to see at once who cannot have a phone, and to weigh the others."""

STREETS, ROOMS, STOPS = 3, 2, 5
"""Directions on the street, directions inside, and ways with a stop at the kiosk, each as many times as that."""

TIME_ERROR, PACE_ERROR = 0.04, 0.12
"""Seconds, and the part of the walking speed, by which beams err: bodies are not all as deep, and sway."""

REACH = 150.0
"""Seconds before and after a passage within which its phone can be heard at all."""


@dataclass(frozen=True)
class PassedBy:
    """What is seen of one passage: when (s), which way, how far beside the middle (m), how fast (m/s)."""

    t: float
    inwards: bool
    beside: float
    pace: float


@dataclass(frozen=True)
class Stop:
    """How long somebody stands before the kiosk, in seconds, and which way (radians)."""

    seconds: float
    facing: float


def passages_of(person: Person) -> list[PassedBy]:
    """Every passage of a person, from the true way."""
    found = []
    for t, way in person.path.crossings(0.0):
        around = person.path.at(np.array([t - 0.05, t + 0.05]))
        pace = float(np.hypot(*(around[1] - around[0]))) / 0.1
        found.append(PassedBy(t, way > 0, person.path.place_at(t)[1], pace))
    return found


def as_beams_tell(seen: Sequence[PassedBy], seed: int) -> list[PassedBy]:
    """The same passages with the errors of two beams, which do not tell where in the door somebody goes."""
    rng = np.random.default_rng(seed)
    return [
        replace(
            passed,
            t=passed.t + rng.normal(0, TIME_ERROR),
            beside=0.0,
            pace=passed.pace * float(np.exp(rng.normal(0, PACE_ERROR))),
        )
        for passed in seen
    ]


def ways_through(
    door: DoorParameters, passed: PassedBy, within: tuple[float, float], seed: int, fine: int
) -> tuple[Ways, Ways]:
    """Ways until the passage, and ways from it on, `within` two times (seconds); with `fine` more are told apart."""
    outside = _outside(door, passed, STREETS * fine)
    inside = _inside(door, passed, fine, seed) if passed.inwards else _from_room(door, passed, ROOMS * fine)
    before, after = (outside, inside) if passed.inwards else (inside, outside)
    return Ways(*before, within[0], passed.t), Ways(*after, passed.t, within[1])


def _outside(door: DoorParameters, passed: PassedBy, count: int) -> tuple[list[Path], Numbers]:
    """Ways from the street, or to it."""
    places = [(-door.earshot * math.cos(a), door.earshot * math.sin(a)) for a in _middles(1.2, count)]
    return [_way(passed, [place], -1) for place in places], np.full(count, 1 / count)


def _from_room(door: DoorParameters, passed: PassedBy, count: int) -> tuple[list[Path], Numbers]:
    """Ways from deep inside, or straight there."""
    places = [(door.earshot * math.cos(a), door.earshot * math.sin(a)) for a in _middles(0.7, count)]
    return [_way(passed, [place], 1) for place in places], np.full(count, 1 / count)


def _inside(door: DoorParameters, passed: PassedBy, fine: int, seed: int) -> tuple[list[Path], Numbers]:
    """Ways of those who come in: straight on, or with a stop at the kiosk."""
    crowd, rng = Crowd(door, seed), np.random.default_rng([seed, 4])
    paths, shares = _from_room(door, passed, ROOMS * fine)
    shortest, longest = door.crowd.stop_seconds
    count, stopping = STOPS * fine, door.crowd.stopping
    for number in range(count):
        place, facing = crowd.before_kiosk()
        seconds = shortest + (longest - shortest) * (number + 0.5) / count * float(rng.uniform(0.7, 1.3))
        paths.append(_way(passed, [place, crowd.far(outside=False)], 1, Stop(seconds, facing)))
    return paths, np.concatenate([shares * (1 - stopping), np.full(count, stopping / count)])


def _way(passed: PassedBy, places: Sequence[Place], side: int, stop: Stop | None = None) -> Path:
    """Between the door line and the last of `places`, on one side (-1 outside, 1 inside); a stop is at the first."""
    walk = Walk(0.0, (0.0, passed.beside)).to((side * STRAIGHT, passed.beside), passed.pace)
    for place in places:
        walk.to(place, passed.pace)
        if stop is not None and place is places[0]:
            walk.stand(stop.seconds, stop.facing)
    path = walk.path()
    if passed.inwards == (side > 0):
        return Path(passed.t + path.times, path.points, path.facing)
    return Path(passed.t - path.times[::-1], path.points[::-1], path.facing[::-1] + np.pi)


def _middles(reach: float, count: int) -> Numbers:
    """The middles of `count` equal parts from -reach to reach."""
    return (np.arange(count) + 0.5) / count * 2 * reach - reach

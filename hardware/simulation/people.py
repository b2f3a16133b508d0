"""Who comes, who stays, who passes by: each person's way, from out of earshot to out of earshot."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import count

import numpy as np

from hardware.simulation.belongings import Belongings, draw_belongings, draw_emitter
from hardware.simulation.emitters import Kind
from hardware.simulation.parameters import Carried, DoorParameters, Place
from hardware.simulation.paths import Path, Walk
from hardware.simulation.propagation import Worn

SHIFT = 8 * 3600.0
"""Seconds after which the staff go home and others come."""

STRAIGHT = 1.2
"""Metres before and after the door on which everybody walks straight through it."""


class Role(StrEnum):
    """Why somebody is here."""

    VISITOR = "visitor"
    STAFF = "staff"
    PASSER_BY = "passer-by"
    LINGERER = "lingerer"
    THING = "thing"


@dataclass(frozen=True)
class Person:
    """Somebody (or a beacon on the wall) with a way and belongings.

    `depth` is how far the body shadows a beam, in metres; `sway` are the seconds by which the edges of its shadow come
    late: begin and end at an outer beam, begin and end at an inner one.
    """

    number: int
    role: Role
    path: Path
    belongings: Belongings
    depth: float
    sway: tuple[float, ...] = ()


class Crowd:
    """Draws people, one after another, for one door. The same seed gives the same people.

    What they carry is drawn apart from where they walk, so that the same people come to a door with other phones.
    """

    def __init__(self, door: DoorParameters, seed: int) -> None:
        self._door = door
        self._rng = np.random.default_rng([seed, 2])
        self._pockets = np.random.default_rng([seed, 3])
        self._numbers = count(1)

    def minute(self, start: float) -> Iterator[Person]:
        """Everybody who comes into earshot in the minute from `start` (seconds): visitors and those outside."""
        crowd, rng = self._door.crowd, self._rng
        for _ in range(rng.poisson(crowd.groups_per_minute)):
            yield from self._group(start + rng.uniform(0, 60))
        for _ in range(rng.poisson(crowd.passers_per_minute)):
            yield self._person(Role.PASSER_BY, self._passing(start + rng.uniform(0, 60)))
        for _ in range(rng.poisson(crowd.lingerers_per_hour / 60)):
            yield self._person(Role.LINGERER, self._lingering(start + rng.uniform(0, 60)))

    def shift(self, start: float) -> Iterator[Person]:
        """Everybody who works here from `start` (seconds) for one shift, and the things on the wall."""
        for _ in range(self._door.crowd.staff):
            yield self._person(Role.STAFF, self._working(start))
        for _ in range(self._door.crowd.things):
            place = (float(self._rng.uniform(1, 12)), float(self._rng.uniform(-6, 6)))
            yield self._thing(Walk(start, place).stand(SHIFT).path())

    def _person(self, role: Role, path: Path) -> Person:
        belongings = draw_belongings(self._door.phones, self._door.waves, self._pockets)
        mean, spread = self._door.crowd.depth
        depth = float(np.clip(self._rng.normal(mean, spread), 0.2, 0.5))
        sway = tuple(self._rng.normal(0, self._door.crowd.sway, 4).tolist()) if role is Role.VISITOR else ()
        return Person(next(self._numbers), role, path, belongings, depth, sway)

    def _thing(self, path: Path) -> Person:
        kind = Kind.EDDYSTONE if self._pockets.random() < 0.5 else Kind.NEARBY
        emitter = draw_emitter(kind, self._door.waves.power_offset, self._door.phones, self._pockets)
        return Person(
            next(self._numbers), Role.THING, path, Belongings(False, (emitter,), Worn(Carried.TABLE, 1.0)), 0.0
        )

    def _group(self, t: float) -> Iterator[Person]:
        """People who come together: the same way at the same speed, each a little behind or beside the one before."""
        crowd, rng = self._door.crowd, self._rng
        size = 1 + int(rng.choice(len(crowd.group_sizes), p=np.array(crowd.group_sizes) / sum(crowd.group_sizes)))
        going_in = rng.random() < crowd.going_in
        street, room = self.far(outside=True), self.far(outside=False)
        speed = self._speed()
        stop = float(rng.uniform(*crowd.stop_seconds)) if going_in and rng.random() < crowd.stopping else 0.0
        back = float(rng.uniform(60, 400)) if going_in and rng.random() < crowd.returning else 0.0
        beside, behind = 0.0, 0.0
        for _ in range(size):
            walk = Walk(t + behind, street if going_in else room)
            if going_in:
                self._enter(walk, beside, speed, stop, room)
            if not going_in or back:
                self._leave(walk.stand(back), beside, speed, street)
            yield self._person(Role.VISITOR, walk.path())
            beside = float(rng.uniform(-0.4, 0.4))
            behind += float(rng.uniform(0.0, 0.5) if rng.random() < 0.3 else rng.uniform(0.5, 1.8))

    def _enter(self, walk: Walk, beside: float, speed: float, stop: float, room: Place) -> None:
        pace = self._pace(speed)
        walk.to((-STRAIGHT, beside), pace).to((STRAIGHT, beside), pace)
        if stop:
            place, facing = self.before_kiosk()
            walk.to(place, pace).stand(stop * float(self._rng.uniform(0.7, 1.3)), facing)
        walk.to(room, pace)

    def _leave(self, walk: Walk, beside: float, speed: float, street: Place) -> None:
        pace = self._pace(speed)
        walk.to((STRAIGHT, beside), pace).to((-STRAIGHT, beside), pace).to(street, pace)

    def before_kiosk(self) -> tuple[Place, float]:
        """A place to read the screen from, and the direction one faces there."""
        x, y = self._door.places.get("inside", (0.8, 1.2))
        place = (x + float(self._rng.uniform(0.0, 0.8)), y - float(self._rng.uniform(0.5, 1.0)))
        return place, float(np.arctan2(y - place[1], x - place[0]))

    def _pace(self, speed: float) -> float:
        """A member of a group keeps the group's speed, not quite."""
        return speed * float(np.clip(self._rng.normal(1, 0.04), 0.85, 1.15))

    def _passing(self, t: float) -> Path:
        near = -float(self._rng.uniform(*self._door.crowd.street_metres))
        reach = self._door.earshot * float(self._rng.choice([-1, 1]))
        return Walk(t, (near, -reach)).to((near, reach), self._speed()).path()

    def _lingering(self, t: float) -> Path:
        crowd, rng = self._door.crowd, self._rng
        walk, speed = Walk(t, self.far(outside=True)), self._speed()
        for _ in range(int(rng.integers(1, 4))):
            place = (-float(rng.uniform(0.8, crowd.street_metres[1])), float(rng.uniform(-5, 5)))
            walk.to(place, speed).stand(float(rng.uniform(*crowd.linger_seconds)) / 2, float(rng.uniform(0, 2 * np.pi)))
        return walk.to(self.far(outside=True), speed).path()

    def _working(self, t: float) -> Path:
        """A shift at a desk, with walks past the kiosk and back."""
        crowd, rng = self._door.crowd, self._rng
        desk = (float(rng.uniform(*crowd.desk_metres)), float(rng.uniform(-5, 5)))
        away, facing = self.far(outside=False), float(rng.uniform(0, 2 * np.pi))
        walk = Walk(t, away).to(desk, self._speed())
        kiosk = self._door.places.get("inside", (0.8, 1.2))
        while walk.t < t + SHIFT:
            pause = rng.exponential(3600 / crowd.strolls_per_hour) if crowd.strolls_per_hour else SHIFT
            walk.stand(min(float(pause), t + SHIFT - walk.t + 1), facing)
            place = (kiosk[0] + float(rng.uniform(0.2, 3)), kiosk[1] + float(rng.uniform(-2.5, 0.5)))
            walk.to(place, self._speed()).stand(float(rng.uniform(0, 25)), float(rng.uniform(0, 2 * np.pi)))
            walk.to(desk, self._speed())
        return walk.to(away, self._speed()).path()

    def far(self, outside: bool) -> Place:
        """A place out of earshot: down the street, or deep in the building."""
        angle = float(self._rng.uniform(-1.2, 1.2) if outside else self._rng.uniform(-0.7, 0.7))
        reach = self._door.earshot
        return (reach * float(np.cos(angle)) * (-1 if outside else 1), reach * float(np.sin(angle)))

    def _speed(self) -> float:
        mean, spread = self._door.crowd.speed
        return float(np.clip(self._rng.normal(mean, spread), 0.5, 1.8))

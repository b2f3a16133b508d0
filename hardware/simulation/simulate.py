"""A recording of a door that does not exist, with the truth beside it."""

import bisect
import json
import math
from collections import defaultdict
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime

from hardware.events import Event
from hardware.recording_lines import Header
from hardware.simulation.parameters import DoorParameters
from hardware.simulation.people import Person
from hardware.simulation.world import MINUTE, NEAR, Crossing, Heard, Minute, World

STARTED = datetime(2026, 3, 2, 0, 30, tzinfo=UTC)
"""Half past seven of a Monday morning in Viet Nam: a simulation is on no real day, but hours and days must be some."""


@dataclass(frozen=True)
class Passed(Crossing):
    """A crossing, and how many of that person's app adverts the radios heard within 16 s of it."""

    heard: int


@dataclass(frozen=True)
class Simulated:
    """What one simulated door reported, and what really happened.

    `truth` is what there is to be found out. `people` (everybody who was in earshot, by number) and `heard` (every
    advert with its sender) lie behind it, for whoever asks what could be known at all; neither goes into a recording.
    """

    header: Header
    events: list[Event]
    truth: list[Passed]
    people: list[Person] = field(default_factory=list, compare=False, repr=False)
    heard: list[Heard] = field(default_factory=list, compare=False, repr=False)

    def truth_lines(self) -> str:
        """The truth as JSON lines."""
        return "".join(json.dumps(asdict(passed)) + "\n" for passed in self.truth)


def header_of(door: DoorParameters, seconds: float) -> Header:
    """What a recording of this door says of it."""
    places = {name: door.places[name] for name in (*door.radios, *door.sensors)}
    return Header(started_at=STARTED, seconds=seconds, door=door.sensors, radios=door.radios, places=places)


def simulate(door: DoorParameters, seconds: float, seed: int) -> Simulated:
    """What the hardware of this door reports in `seconds`, and the truth. The same arguments give the same result."""
    world = World(door, seed)
    minutes: list[Minute] = []
    people: dict[int, Person] = {}
    for _ in range(math.ceil((seconds + NEAR) / MINUTE)):
        minutes.append(world.next_minute())
        people.update((person.number, person) for person in world.people)
    heard = [item for minute in minutes for item in minute.heard if item.advert.t < seconds]
    times: dict[int, list[float]] = defaultdict(list)
    for item in heard:
        if item.app:
            times[item.person].append(item.advert.t)
    truth = [
        Passed(**asdict(crossing), heard=_within(times[crossing.person], crossing.t))
        for minute in minutes
        for crossing in minute.crossings
        if crossing.t < seconds
    ]
    events = sorted((event for minute in minutes for event in minute.events if event.t < seconds), key=_time)
    return Simulated(header_of(door, seconds), events, truth, [people[number] for number in sorted(people)], heard)


def _time(event: Event) -> float:
    return event.t


def _within(times: list[float], t: float) -> int:
    return bisect.bisect_right(times, t + NEAR) - bisect.bisect_left(times, t - NEAR)

"""The doorway as it goes on, minute after minute: people come and go, and what the hardware reports of them.

Everything is drawn from one seed; a minute depends on those before it only through the people who are still there, so
that nobody is cut off at a border and a crowd never ends.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from hardware.events import Action, Advert, Beam, Event, Press
from hardware.simulation import beams
from hardware.simulation.emitters import Advertising, Emitter
from hardware.simulation.parameters import DoorParameters
from hardware.simulation.paths import Numbers
from hardware.simulation.people import SHIFT, Crowd, Person, Role
from hardware.simulation.propagation import SlowFading, fast_fading, heard, loss

MINUTE = 60.0

WARM_UP = 10
"""Minutes simulated before the first: the longest anybody who does not work here stays in earshot."""

NEAR = 16.0
"""Seconds around a passage in which its phone's adverts are counted: a whole 15 s of silence lies within them."""

ANSWERS = {True: (Action.SHOWN,), False: (Action.INSTALLED_HERE, Action.DECLINED)}


@dataclass(frozen=True)
class Crossing:
    """Who really went through: time in seconds when the middle of the body crossed the door line."""

    t: float
    person: int
    direction: str
    app: str
    smartphone: bool


@dataclass(frozen=True)
class Heard:
    """An advert together with who sent it: what only a simulation knows."""

    advert: Advert
    person: int
    app: bool


@dataclass(frozen=True)
class Minute:
    """What happened in one minute; each list is in order of time."""

    start: float
    events: list[Event]
    heard: list[Heard]
    crossings: list[Crossing]


@dataclass
class Carrier:
    """A person, and how each of the phones fades on its way to each radio."""

    person: Person
    fading: dict[str, SlowFading] = field(default_factory=dict)


class World:
    """One door with its crowd. `next_minute` goes on by a minute; `people` are those around in the last one."""

    def __init__(self, door: DoorParameters, seed: int) -> None:
        self.door = door
        self._seed = seed
        self._rng = np.random.default_rng([seed, 1])
        self._crowd = Crowd(door, seed)
        self._carriers: list[Carrier] = []
        self._index = -WARM_UP
        self._next_shift = -WARM_UP * MINUTE
        self._late: list[Event] = []
        self._pulses: dict[str, list[beams.Pulse]] = defaultdict(list)
        while self._index < 0:
            self._admit(self._index * MINUTE)
            self._index += 1

    @property
    def people(self) -> list[Person]:
        """Everybody in earshot in the minute that was simulated last."""
        return [carrier.person for carrier in self._carriers]

    def next_minute(self) -> Minute:
        """Simulate one minute more."""
        start, end = self._index * MINUTE, (self._index + 1) * MINUTE
        self._index += 1
        self._admit(start)
        self._carriers = [carrier for carrier in self._carriers if carrier.person.path.end > start]
        deaf = {radio: self._bursts(start, end) for radio in self.door.radios}
        received = [item for carrier in self._carriers for item in self.adverts(carrier, start, end, deaf)]
        received.sort(key=lambda item: item.advert.t)
        crossings = sorted(self._crossings(start, end), key=lambda crossing: crossing.t)
        events: list[Event] = [*self._late, *self._beams(start, end), *self._presses(crossings)]
        events += [item.advert for item in received]
        events.sort(key=lambda event: event.t)
        self._late = [event for event in events if event.t >= end]
        return Minute(start, events[: len(events) - len(self._late)], received, crossings)

    def _admit(self, start: float) -> None:
        newcomers = list(self._crowd.minute(start))
        if start >= self._next_shift:
            newcomers += self._crowd.shift(self._next_shift)
            self._next_shift += SHIFT
        for person in newcomers:
            fading = {radio: SlowFading.draw(self.door.waves, self._rng) for radio in self.door.radios}
            self._carriers.append(Carrier(person, fading))

    def _bursts(self, start: float, end: float) -> list[tuple[float, float]]:
        receivers = self.door.receivers
        begins = self._rng.uniform(start, end, self._rng.poisson(receivers.bursts_per_minute * (end - start) / MINUTE))
        return [(float(t), float(t + self._rng.uniform(*receivers.burst_seconds))) for t in begins]

    def adverts(
        self, carrier: Carrier, start: float, end: float, deaf: Mapping[str, Sequence[tuple[float, float]]]
    ) -> Iterator[Heard]:
        """What the radios hear of one person from `start` to before `end`, but for the times when one is `deaf`."""
        person = carrier.person
        for emitter in person.belongings.emitters:
            t = emitter.times(max(start, person.path.start), min(end, person.path.end), self._rng)
            if not len(t):
                continue
            said: dict[tuple[int, int], Advertising] = {}
            for radio, fading in carrier.fading.items():
                strengths = self._strengths(person, emitter, radio, fading, t)
                kept = heard(self.door.receivers, strengths, self._rng)
                for begin, until in deaf.get(radio, ()):
                    kept &= (t < begin) | (t > until)
                for when, level in zip(t[kept].tolist(), strengths[kept].tolist(), strict=True):
                    epoch = emitter.epoch(when)
                    if epoch not in said:
                        said[epoch] = emitter.advertising(epoch)
                    yield Heard(_advert(when, radio, level, said[epoch]), person.number, emitter.app)

    def _strengths(self, person: Person, emitter: Emitter, radio: str, fading: SlowFading, t: Numbers) -> Numbers:
        waves = self.door.waves
        way = loss(self.door, self.door.places[radio], person.path, person.belongings.worn, t)
        slow = fading.at(person.path.walked(t) + waves.slow_drift * t)
        return emitter.power - way + slow + fast_fading(waves.direct, len(t), self._rng)

    def _crossings(self, start: float, end: float) -> Iterator[Crossing]:
        for person in self.people:
            if person.role is not Role.VISITOR:
                continue
            own = person.belongings
            for t, way in person.path.crossings(0.0):
                if start <= t < end:
                    app = "running" if own.app else "missing"
                    yield Crossing(round(t, 3), person.number, "in" if way > 0 else "out", app, own.smartphone)

    def _beams(self, start: float, end: float) -> Iterator[Beam]:
        for sensor in self.door.sensors:
            # A flicker beyond this minute cannot be known in it, a body's shadow can: both last less than a minute.
            self._pulses[sensor] += beams.flickers(self.door, start, end, self._rng)
            self._pulses[sensor] = [pulse for pulse in self._pulses[sensor] if pulse[1] >= start - MINUTE]
            bodies = beams.shadows(self.people, self.door.places[sensor][0])
            pulses = beams.merged(bodies + self._pulses[sensor])
            for beam in beams.edges(sensor, pulses, start, end, self.door.receivers.beams_late):
                yield replace(beam, t=round(beam.t, 3))

    def _presses(self, crossings: list[Crossing]) -> Iterator[Press]:
        """What the officer presses, some seconds after a passage."""
        for crossing in crossings:
            t = crossing.t + self._rng.uniform(4, 12)
            asked = self._rng.random() < self.door.crowd.presses
            running = crossing.app == "running"
            answers = ANSWERS[running] if crossing.smartphone else (Action.NO_SMARTPHONE,)
            answer = answers[int(self._rng.integers(len(answers)))]
            if asked and crossing.direction == "in":
                yield Press(round(float(t), 3), answer)


def _advert(t: float, radio: str, level: float, content: Advertising) -> Advert:
    return Advert(
        t=round(t, 3),
        address=content.address,
        rssi=round(level),
        radio=radio,
        service_uuids=content.service_uuids,
        service_data=content.service_data,
        manufacturer_data=content.manufacturer_data,
        local_name=content.local_name,
    )

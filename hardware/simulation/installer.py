"""A simulated installer: one person with one phone who stands and goes where told, at a door that is simulated too.

An event source without a thread: whoever drives it lets time pass, so that a walk of minutes takes a moment.
"""

from dataclasses import replace
from typing import Final

import numpy as np

from hardware.clock import SimulatedClock
from hardware.events import Event, PutEvent
from hardware.simulation import beams
from hardware.simulation.belongings import Belongings
from hardware.simulation.emitters import POWER, Emitter, Kind
from hardware.simulation.parameters import Carried, DoorParameters, Place
from hardware.simulation.paths import Path, Walk
from hardware.simulation.people import Person, Role
from hardware.simulation.propagation import HEIGHT, SlowFading, Worn
from hardware.simulation.world import MINUTE, Carrier, World

PACE: Final = 1.1  # metres per second through a door
DEPTH: Final = 0.31  # metres of a body that breaks a beam
PATIENCE: Final = 3600.0  # seconds the installer stays where told, at most


class SimulatedInstaller:
    """Stands and walks at `door` among its crowd, and reports what the hardware would, up to the clock's time.

    `kind` says what the phone sends: Android is 15 s on, 15 s off.
    """

    def __init__(self, door: DoorParameters, clock: SimulatedClock, seed: int, kind: Kind = Kind.ANDROID) -> None:
        rng = np.random.default_rng([seed, 4])
        on, off = door.phones.duty if kind is Kind.ANDROID else (0.0, 0.0)
        self._door = door
        self._clock = clock
        self._emitter = Emitter(
            kind,
            secret=int(rng.integers(2**62)),
            power=POWER[kind] + door.waves.power_offset,
            interval=0.1,
            address_seconds=MINUTE * 10,
            identity_seconds=door.phones.identity_seconds,
            phase=float(rng.uniform(0, door.phones.identity_seconds)),
            on=on,
            off=off,
        )
        self._fading = {radio: SlowFading.draw(door.waves, rng) for radio in door.radios}
        self._world = World(door, seed)
        self._zero = clock.monotonic()
        self._put: PutEvent = _nowhere
        self._coming: list[Event] = []  # what the crowd and the installer's own body will cause, in simulated time
        self._crowd_until = self._told_until = 0.0
        self.stand((3.0, 0.0), 0.0, Carried.HAND)

    def start(self, put: PutEvent) -> None:
        """Begin to report."""
        self._put = put

    def stop(self) -> None:
        """Cease to report. May be called twice."""
        self._put = _nowhere

    def stand(self, place: Place, facing: float, carried: Carried, below: float = HEIGHT) -> None:
        """Be at `place` (metres) and face a direction (radians), with the phone so many metres below the radios."""
        self._do(Walk(self._now(), place).stand(PATIENCE, facing).path(), Worn(carried, 1.0, below))

    def walk(self, start: Place, end: Place, carried: Carried) -> None:
        """Go straight from `start` to `end` (metres), now."""
        self._do(Walk(self._now(), start).to(end, PACE).stand(PATIENCE).path(), Worn(carried, 1.0))

    def pass_time(self, seconds: float) -> None:
        """Let so much time pass, and report what happened in it."""
        self._clock.advance(seconds)
        now = self._now()
        while self._crowd_until <= now:
            self._coming += self._world.next_minute().events
            self._crowd_until += MINUTE
        self._coming += (item.advert for item in self._world.adverts(self._carrier, self._told_until, now, {}))
        self._told_until = now
        self._coming.sort(key=lambda event: event.t)
        due = [event for event in self._coming if event.t < now]
        self._coming = self._coming[len(due) :]
        for event in due:
            self._put(replace(event, t=event.t + self._zero))

    def _now(self) -> float:
        return self._clock.monotonic() - self._zero

    def _do(self, path: Path, worn: Worn) -> None:
        person = Person(0, Role.VISITOR, path, Belongings(True, (self._emitter,), worn), DEPTH, (0.0,) * 4)
        self._carrier = Carrier(person, self._fading)
        for sensor in self._door.sensors:
            pulses = beams.merged(beams.shadows([person], self._door.places[sensor][0]))
            late = self._door.receivers.beams_late
            self._coming += beams.edges(sensor, pulses, path.start, path.end, late)


def _nowhere(_event: Event) -> None:
    """Take events while nobody listens."""

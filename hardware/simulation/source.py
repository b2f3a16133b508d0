"""The simulated door as hardware: an event source paced by a clock, for the demo and for tests of the whole kiosk."""

import bisect
import threading
from dataclasses import replace

from hardware.clock import Clock
from hardware.events import Event, PutEvent
from hardware.simulation.parameters import DoorParameters
from hardware.simulation.people import Person
from hardware.simulation.world import MINUTE, Crossing, Heard, World

TICK = 0.05
"""Seconds of real time between two looks at the clock: well under the 100 ms in which a press must be answered."""


class SimulatedHardware:
    """A door with an endless crowd. Events carry the clock's own monotonic time and come when it has reached them.

    `history` minutes come at once, as if the door had been watched for so long before the start: their times lie before
    it. `truth` grows with everybody who really went through, in the clock's time; it and `people_at` are what the
    overhead view shows beside the kiosk's own opinion.
    """

    def __init__(self, door: DoorParameters, clock: Clock, seed: int = 0, history: int = 0) -> None:
        self.door = door
        self.truth: list[Crossing] = []
        self._clock = clock
        self._world = World(door, seed)
        self._history = history
        self._zero = clock.monotonic() - history * MINUTE
        self._people: list[Person] = []
        self._heard: list[Heard] = []
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def zero(self) -> float:
        """The clock's monotonic second at which the simulated time is zero."""
        return self._zero

    def start(self, put: PutEvent) -> None:
        """Put the history, then begin to report in time with the clock."""
        self._zero = self._clock.monotonic() - self._history * MINUTE
        for _ in range(self._history):
            for event in self._next_minute():
                put(event)
        self._thread = threading.Thread(target=self._run, args=(put,), name="simulation", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Cease to report."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def people_at(self, t: float) -> list[tuple[Person, float, float]]:
        """Who is around at the clock's monotonic second `t`, each with x and y in metres."""
        here = t - self._zero
        return [(p, *p.path.place_at(here)) for p in list(self._people) if p.path.start <= here < p.path.end]

    def heard_between(self, start: float, end: float) -> list[Heard]:
        """What the radios heard from `start` to before `end` (the clock's seconds), and from whom; a minute back."""
        heard = self._heard
        first, after = (bisect.bisect_left(heard, t - self._zero, key=_time_of) for t in (start, end))
        return heard[first:after]

    def _run(self, put: PutEvent) -> None:
        while not self._stopping.is_set():
            for event in self._next_minute():
                while event.t > self._clock.monotonic():
                    if self._stopping.wait(TICK):
                        return
                put(event)

    def _next_minute(self) -> list[Event]:
        """The next minute's events, in the clock's time."""
        minute = self._world.next_minute()
        self._people = self._world.people
        self._heard = [item for item in self._heard if item.advert.t >= minute.start - MINUTE] + minute.heard
        self.truth += [replace(crossing, t=crossing.t + self._zero) for crossing in minute.crossings]
        return [replace(event, t=event.t + self._zero) for event in minute.events]


def _time_of(item: Heard) -> float:
    return item.advert.t

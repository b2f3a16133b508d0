"""Watches a simulated door from above: what is so, beside what the kiosk makes of it."""

import math
import queue
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Final

import numpy as np

from hardware.events import Event
from hardware.simulation.source import SimulatedHardware
from hardware.simulation.world import Crossing
from kiosk.core import Deciding
from kiosk.decisions import Decision, Entry, Passage
from kiosk.desk import DeskView
from kiosk.doorway import DoorMemory
from kiosk.doorway.asking import Answer, Question
from kiosk.outcomes import Outcomes
from kiosk.pictures.overhead import Figure, Judged, Moment, Ray

GLOW: Final = 0.5
"""Seconds an advert stays visible: long enough for the eye, short enough to tell one phone's rhythm from silence."""

TRAIL: Final = 2.4
STEP: Final = 0.3
"""Seconds that a trail reaches back, and between its dots."""

SHOWN: Final = 14
"""Passages listed: as many as fit on the panel."""

WITHIN: Final = 2.5
"""Seconds by which what was said may differ from the true crossing and still mean it: the step of a slow walker."""


class Lookout:
    """Gathers what the picture of a moment needs. `clock` turns monotonic seconds into the time of day to print."""

    def __init__(self, hardware: SimulatedHardware, clock: Callable[[float], str]) -> None:
        self._hardware = hardware
        self._clock = clock
        self._outcomes = Outcomes()
        self._passages: dict[int, Passage] = {}
        self._news: queue.SimpleQueue[Sequence[Decision]] = queue.SimpleQueue()

    def decided(self, decisions: Sequence[Decision]) -> None:
        """Take what the kiosk decided; from any thread."""
        self._news.put(decisions)

    def over(self, entrance: Deciding) -> "Overheard":
        """The same entrance, with this lookout told of all that it decides."""
        return Overheard(entrance, self)

    def _take(self, decisions: Sequence[Decision]) -> None:
        self._outcomes.add(decisions)
        for decision in decisions:
            if isinstance(decision, Passage):
                self._passages[decision.number] = decision
            elif isinstance(decision, Entry):
                self._passages.pop(decision.number, None)

    def moment(self, t: float) -> Moment:
        """What there is to see at the clock's monotonic second `t`."""
        while not self._news.empty():
            self._take(self._news.get())
        entries = self._judged_entries(t)
        said = [judged.right for _, judged in entries if judged.right is not None]
        listed = sorted([*entries, *self._waiting(t)], key=lambda one: one[0], reverse=True)
        return Moment(
            clock=self._clock(t),
            figures=self._figures(t),
            rays=self._rays(t),
            broken=self._broken(t),
            judged=[judged for _, judged in listed[:SHOWN]],
            right=sum(said),
            said=len(said),
        )

    def _figures(self, t: float) -> list[Figure]:
        back = np.arange(-TRAIL, STEP / 2, STEP) + t - self._hardware.zero
        strengths = self._strengths(t)
        figures = []
        for person, x, y in self._hardware.people_at(t):
            east, north = person.path.facing_at(back[-1:])[0].tolist()
            trail = [(east, north) for east, north in person.path.at(back[:-1]).tolist()]
            own, heard = person.belongings, strengths.get(person.number)
            facing = math.atan2(north, east)
            figures.append(Figure((x, y), facing, person.role.value, own.smartphone, own.app, trail, heard))
        return figures

    def _strengths(self, t: float) -> dict[int, float]:
        """Mean strength of each person's app at the radio inside, over the last moment."""
        heard: dict[int, list[int]] = defaultdict(list)
        for item in self._hardware.heard_between(t - GLOW, t):
            if item.app and item.advert.radio == self._hardware.door.radios[0]:
                heard[item.person].append(item.advert.rssi)
        return {person: sum(rssi) / len(rssi) for person, rssi in heard.items()}

    def _rays(self, t: float) -> list[Ray]:
        places = {person.number: (x, y) for person, x, y in self._hardware.people_at(t)}
        return [
            Ray(places[item.person], item.advert.radio, item.advert.rssi, self._age(item.advert.t, t), item.app)
            for item in self._hardware.heard_between(t - GLOW, t)
            if item.person in places
        ]

    def _age(self, heard: float, t: float) -> float:
        return (t - self._hardware.zero - heard) / GLOW

    def _broken(self, t: float) -> list[str]:
        door = self._hardware.door
        bodies = [(x, person.depth) for person, x, y in self._hardware.people_at(t) if abs(y) < door.width / 2]
        return [s for s in door.sensors if any(abs(x - door.places[s][0]) < depth / 2 for x, depth in bodies)]

    def _judged_entries(self, t: float) -> list[tuple[float, Judged]]:
        left = [crossing for crossing in self._hardware.truth if crossing.t <= t]
        judged = []
        for entry in self._outcomes.entries:
            truth = _nearest(entry.t, left)
            said = Judged(self._clock(entry.t), entry.direction, entry.app, entry.confidence, truth, entry.reasons)
            judged.append((entry.t, said))
        return judged

    def _waiting(self, t: float) -> list[tuple[float, Judged]]:
        crossings = [crossing for crossing in self._hardware.truth if crossing.t <= t]
        return [
            (passage.t, Judged(self._clock(passage.t), passage.direction, None, 0.0, _nearest(passage.t, crossings)))
            for passage in self._passages.values()
        ]


class Overheard:
    """An entrance whose decisions a lookout is told of; to the core's thread it is the entrance itself."""

    def __init__(self, entrance: Deciding, lookout: Lookout) -> None:
        self._entrance = entrance
        self._lookout = lookout

    def handle(self, event: Event) -> Sequence[Decision]:
        """Hand on one event."""
        return self._told(self._entrance.handle(event))

    def advance(self, t: float) -> Sequence[Decision]:
        """Hand on that time has passed to monotonic second `t`."""
        return self._told(self._entrance.advance(t))

    def think_elsewhere(self, ask: Callable[[Question], None]) -> None:
        """Hand on who thinks about what takes long."""
        self._entrance.think_elsewhere(ask)

    def answered(self, answer: Answer) -> Sequence[Decision]:
        """Hand on an answer."""
        return self._told(self._entrance.answered(answer))

    def finish(self, t: float) -> Sequence[Decision]:
        """Hand on that no more events come."""
        return self._told(self._entrance.finish(t))

    def due(self) -> float | None:
        """When an edge proves stable next."""
        return self._entrance.due()

    def desk_view(self) -> DeskView:
        """What the screen shows of the officer's fingers."""
        return self._entrance.desk_view()

    def stuck(self, t: float) -> Sequence[str]:
        """The sensors and buttons that have been active for minutes."""
        return self._entrance.stuck(t)

    def suspect(self, t: float) -> bool:
        """Whether what is said of the app is doubtful."""
        return self._entrance.suspect(t)

    def memory(self) -> DoorMemory:
        """What this door has learned."""
        return self._entrance.memory()

    def _told(self, decisions: Sequence[Decision]) -> Sequence[Decision]:
        if decisions:
            self._lookout.decided(decisions)
        return decisions


def _nearest(t: float, crossings: list[Crossing]) -> bool | None:
    """Whether the app ran of who went through nearest to `t`; that crossing is used up. None when nobody did."""
    near = min(crossings, key=lambda crossing: abs(crossing.t - t), default=None)
    if near is None or abs(near.t - t) > WITHIN:
        return None
    crossings.remove(near)
    return near.app == "running"

"""A recording played through the core as fast as it goes, as if it happened now. Pure: events in, decisions out."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from hardware.beacons import BeaconProfile, Recogniser
from hardware.events import Event
from hardware.recording import Header
from kiosk.core import TICK
from kiosk.decisions import Decision
from kiosk.doorway import Doorway, Layout
from kiosk.entrance import Entrance

LEAST_END: Final = 1.0
"""Seconds after the last event at which a recording ends at the earliest, so that a beam still held can let go."""


class Step(NamedTuple):
    """What was decided at one moment, `t` seconds into the recording."""

    t: float
    decisions: Sequence[Decision]


def layout_of(header: Header) -> Layout:
    """Where things stand at the door that a recording's header describes."""
    return Layout(sensors=header.door, radios=header.radios, places=dict(header.places))


def entrance_of(header: Header, profiles: Sequence[BeaconProfile]) -> Entrance:
    """The core of the door that a recording's header describes; `profiles` tell the app."""
    return Entrance(Doorway(layout_of(header), Recogniser(profiles)))


def replay(entrance: Entrance, events: Iterable[Event], seconds: float) -> Iterator[Step]:
    """Drive `entrance` with events in order of time, and let time pass between them as the live core does.

    `seconds` is how long was recorded. Gives every step that decided something; the same events give the same steps.
    """
    now, ticks = 0.0, 0
    for event in events:
        while (ticks + 1) * TICK <= event.t:
            ticks += 1
            yield from _step(ticks * TICK, entrance.advance(ticks * TICK))
        now = event.t
        yield from _step(now, entrance.handle(event))
    end = max(seconds, now + LEAST_END)
    yield from _step(end, entrance.finish(end))


def _step(t: float, decisions: Sequence[Decision]) -> Iterator[Step]:
    if decisions:
        yield Step(t, decisions)

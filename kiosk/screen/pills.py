"""What is wrong, in words for the officer: one pill a fault, the gravest first."""

import datetime
from collections.abc import Iterable
from typing import Final

from kiosk.health import Part
from kiosk.languages import Words
from kiosk.screen.scene import Pill

TURN: Final = 6.0
"""Seconds a fault stands in front when there are several: read twice, and all of five told in half a minute."""

_GRAVEST_FIRST: Final = ("disk", "logbook", "clock", "radio", "door", "air", "panel", "sync", "sound")
"""What loses entries comes before what only delays them."""

_KEYS: Final = {
    "disk": "fault.disk",
    "logbook": "fault.database",
    "clock": "fault.clock",
    "radio": "fault.radio",
    "air": "fault.air",
    "door": "fault.door",
    "panel": "fault.panel",
    "sync": "fault.sync",
}


def fault_pills(parts: Iterable[Part], t: float, local: datetime.datetime, unsent_days: int) -> list[Pill]:
    """Pills for the parts that do not work, at monotonic time `t` and local time `local`."""
    return [
        Pill(words)
        for part in sorted(parts, key=_rank)
        if (words := _words(part, f"{local - datetime.timedelta(seconds=t - part.since):%H:%M}", unsent_days))
    ]


def _rank(part: Part) -> int:
    kind = part.name.partition(":")[0]
    return _GRAVEST_FIRST.index(kind) if kind in _GRAVEST_FIRST else len(_GRAVEST_FIRST)


def _words(part: Part, since: str, unsent_days: int) -> Words | None:
    kind = part.name.partition(":")[0]
    if kind == "sync" and unsent_days < 1:
        return None  # a few hours offline are ordinary and need nobody
    if kind in _KEYS:
        return Words.of(_KEYS[kind], since=since, days=unsent_days)
    return Words.of("fault.part", part=part.name, since=since)

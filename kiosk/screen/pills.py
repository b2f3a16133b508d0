"""What is wrong, in words for the officer: one pill a fault, the gravest first."""

import datetime
from collections.abc import Iterable
from typing import Final

from kiosk.health import Part, State
from kiosk.languages import Words
from kiosk.screen.cues import StickBegun, StickCue, StickDone
from kiosk.screen.scene import Pill, Tone

TURN: Final = 6.0
"""Seconds a fault stands in front when there are several: read twice, and all of five told in half a minute."""

STICK_STAYS: Final = 30.0
"""Seconds the corner says how a copy to a stick ended: the officer may have turned to a visitor meanwhile."""

_GRAVEST_FIRST: Final = ("logbook", "disk", "clock", "radio", "door", "air", "panel", "sync", "sound")
"""What loses entries comes before what only delays them."""

_KEYS: Final = {
    "clock": "fault.clock",
    "radio": "fault.radio",
    "air": "fault.air",
    "door": "fault.door",
    "panel": "fault.panel",
    "sync": "fault.sync",
}

_LOGBOOK_KEYS: Final = {
    "L1": "fault.locked",
    "L2": "fault.disk",
    "L3": "fault.damaged",
    "L7": "fault.restored",
}
"""By the logbook's code where it has words of its own; docs/logbook.md lists the codes."""


def fault_pills(parts: Iterable[Part], t: float, local: datetime.datetime, unsent_days: int) -> list[Pill]:
    """Pills for the parts that do not work, at monotonic time `t` and local time `local`."""
    pills: dict[Words, Pill] = {}
    for part in sorted(parts, key=_rank):
        words = _words(part, f"{local - datetime.timedelta(seconds=t - part.since):%H:%M}", unsent_days)
        if words is not None:
            # Two parts may say the same; the one that ranks before the other has the code.
            pills.setdefault(words, Pill(words, code=part.code))
    return list(pills.values())


def stick_pills(cue: StickCue | None, t: float) -> list[Pill]:
    """Where a copy of the log to a stick stands at monotonic time `t`: as long as it lasts, and a while after."""
    match cue:
        case None:
            return []
        case StickBegun():
            return [Pill(Words("corner.stick"), Tone.WAIT)]
        case _ if t >= cue.t + STICK_STAYS:
            return []
        case StickDone():
            return [Pill(Words("corner.stick_done"), Tone.GOOD)]
        case _:
            return [Pill(Words(f"corner.stick_{cue.trouble}"))]


def _rank(part: Part) -> int:
    kind = part.name.partition(":")[0]
    return _GRAVEST_FIRST.index(kind) if kind in _GRAVEST_FIRST else len(_GRAVEST_FIRST)


def _words(part: Part, since: str, unsent_days: int) -> Words | None:
    kind = part.name.partition(":")[0]
    if kind == "sync" and unsent_days < 1:
        return None  # a few hours offline are ordinary and need nobody
    if kind == "logbook" and not (part.code == "L2" and part.state is State.DEGRADED):
        return Words.of(_LOGBOOK_KEYS.get(part.code, "fault.logbook"), since=since)
    if kind in ("logbook", "disk"):
        return Words("fault.disk_low")
    if kind in _KEYS:
        return Words.of(_KEYS[kind], since=since, days=unsent_days)
    return Words.of("fault.part", part=part.name, since=since)

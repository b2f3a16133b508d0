"""Every scene by name, each reached the way it is reached in life: by telling a stage what happened."""

import datetime
from collections.abc import Callable
from typing import Final

from hardware.events import Action
from kiosk.decisions import Direction, Greeting, Passage
from kiosk.desk import DeskView
from kiosk.health import Part, State
from kiosk.screen import idle
from kiosk.screen.cues import (
    Finger,
    HandOver,
    HandOverAsk,
    NotSaved,
    Pad,
    PinAsk,
    Question,
    Saved,
    StickBegun,
    StickDone,
    StickFailed,
    Undone,
)
from kiosk.screen.scene import Scene
from kiosk.screen.stage import Stage
from kiosk.screen.visitors import CHECKS, LISTENS

NOW: Final = datetime.datetime(2026, 11, 24, 8, 41, tzinfo=datetime.timezone(datetime.timedelta(hours=7)))
"""A plain morning; every picture shows the same minute."""

_T: Final = 12 * idle.SHIFT_EVERY * 10
"""Seconds on the stage's clock: a moment at which the picture is not shifted."""

Play = Callable[[Stage], float]


def _invite(_stage: Stage) -> float:
    return _T


def _passage(stage: Stage) -> float:
    stage.see(Passage(1, _T, Direction.IN))
    return _T + 1


def _thanks(stage: Stage) -> float:
    stage.see(Passage(1, _T, Direction.IN))
    stage.see(Greeting(_T + 0.8, 1))
    return _T + 2


def _hold(stage: Stage) -> float:
    stage.cue(Saved(_T, Action.INSTALLED_HERE, 128))
    return _T + 2 + 0.62 * LISTENS


def _check(stage: Stage) -> float:
    stage.cue(Saved(_T, Action.INSTALLED_HERE, 128))
    return _T + 2 + LISTENS + CHECKS / 2


def _installed(stage: Stage) -> float:
    stage.cue(Saved(_T, Action.INSTALLED_HERE, 128))
    stage.see(Greeting(_T + 9, None, first_after_install=True))
    return _T + 10


def _confirmed(stage: Stage) -> float:
    stage.cue(Saved(_T, Action.SHOWN, 128))
    return _T + 0.5


def _group_confirmed(stage: Stage) -> float:
    stage.cue(Saved(_T, Action.SHOWN, 131, count=4))
    return _T + 0.5


def _undo(stage: Stage) -> float:
    stage.cue(Undone(_T, Action.SHOWN, 126))
    return _T + 0.5


def _holding(stage: Stage) -> float:
    stage.desk(DeskView(held_since=_T), _T)
    return _T + 1


def _group(stage: Stage) -> float:
    stage.desk(DeskView(group=4), _T)
    return _T + 0.5


def _hand_over_ask(stage: Stage) -> float:
    stage.cue(HandOverAsk(_T, ("Lan", "Hùng", "Minh")))
    return _T + 0.5


def _pin(stage: Stage) -> float:
    stage.cue(PinAsk(_T, "Hùng", 2))
    return _T + 0.5


def _hand_over(stage: Stage) -> float:
    stage.cue(HandOver(_T, "Hùng", "Lan", 127, 93))
    return _T + 0.5


def _pad(stage: Stage) -> float:
    stage.cue(Pad(_T))
    stage.cue(Finger(_T, Action.INSTALLED_HERE))
    return _T + 0.5


def _question(stage: Stage) -> float:
    stage.cue(Question(_T, "08:41", _T + 60))
    return _T + 20


def _not_saved(stage: Stage) -> float:
    stage.report([Part("logbook", State.DOWN, _T - 600, "L2 the disk is full; make room")])
    stage.cue(NotSaved(_T))
    return _T + 0.5


def _stick(stage: Stage) -> float:
    stage.cue(StickBegun(_T))
    return _T + 0.5


def _stick_done(stage: Stage) -> float:
    stage.cue(StickBegun(_T - 4))
    stage.cue(StickDone(_T))
    return _T + 0.5


def _stick_missing(stage: Stage) -> float:
    stage.cue(StickFailed(_T, "missing"))
    return _T + 0.5


def _broken(name: str, minutes: float, days: int = 0, detail: str = "") -> Play:
    def play(stage: Stage) -> float:
        stage.report([Part(name, State.DOWN, _T - 60 * minutes, detail)], days)
        return _T

    return play


def _everything_broken(stage: Stage) -> float:
    details = {"radio:inside": "", "clock": "", "sync": "", "logbook": "L2 the disk is full", "door": ""}
    stage.report([Part(name, State.DOWN, _T - 1740, detail) for name, detail in details.items()], 12)
    return _T


def _recording(stage: Stage) -> float:
    stage.recording = True
    return _T


def _first_start(stage: Stage) -> float:
    stage.enrolled = False
    stage.total = 0
    return _T


SAMPLES: Final[dict[str, Play]] = {
    "invite": _invite,
    "passage": _passage,
    "thanks": _thanks,
    "hold": _hold,
    "check": _check,
    "installed": _installed,
    "confirmed": _confirmed,
    "group": _group,
    "group-confirmed": _group_confirmed,
    "holding": _holding,
    "undo": _undo,
    "pad": _pad,
    "question": _question,
    "handover-ask": _hand_over_ask,
    "handover-pin": _pin,
    "handover": _hand_over,
    "stick": _stick,
    "stick-done": _stick_done,
    "stick-missing": _stick_missing,
    "radio-down": _broken("radio:inside", 29),
    "clock-not-set": _broken("clock", 3),
    "not-sent": _broken("sync", 600, days=3),
    "disk-full": _broken("logbook", 20, detail="L2 the disk is full; make room"),
    "log-restored": _broken("logbook", 45, detail="L7 a damaged file was set aside"),
    "not-saved": _not_saved,
    "faults": _everything_broken,
    "night": _invite,
    "recording": _recording,
    "first-start": _first_start,
}


def sample(name: str) -> Scene:
    """The scene of that name. Raises KeyError for a name that is not in `SAMPLES`."""
    stage = Stage()
    stage.total = 127
    t = SAMPLES[name](stage)
    local = NOW.replace(hour=21) if name == "night" else NOW
    return stage.at(t, local)[0]

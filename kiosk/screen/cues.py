"""What the rest of the kiosk tells the stage, besides the doorway's decisions: plain values with a monotonic time."""

from dataclasses import dataclass

from hardware.events import Action
from kiosk.screen.touch import Touch


@dataclass(frozen=True, slots=True)
class Saved:
    """A press is on the disk: only now may the screen say so. `total` are today's entries."""

    t: float
    action: Action
    total: int
    count: int = 1


@dataclass(frozen=True, slots=True)
class Undone:
    """A press was taken back by a correction that is on the disk."""

    t: float
    action: Action
    total: int


@dataclass(frozen=True, slots=True)
class NotSaved:
    """A press could not be written."""

    t: float


@dataclass(frozen=True, slots=True)
class Refused:
    """There was nothing to undo, or too late."""

    t: float


@dataclass(frozen=True, slots=True)
class Listen:
    """Somebody wants to hold a phone to the kiosk."""

    t: float


@dataclass(frozen=True, slots=True)
class Question:
    """A passage that the radio could not settle is open for the officer until `until`; `time` is its local "HH:MM"."""

    t: float
    time: str
    until: float


@dataclass(frozen=True, slots=True)
class HandOver:
    """The shift went to `officer`; `total` and `detected` are what the shift of `previous` counted."""

    t: float
    officer: str
    previous: str
    total: int
    detected: int


@dataclass(frozen=True, slots=True)
class HandOverAsk:
    """Who takes over? The names of the officers, the first under digit 1."""

    t: float
    officers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PinAsk:
    """The officer's PIN is being typed; `digits` so far."""

    t: float
    officer: str
    digits: int


@dataclass(frozen=True, slots=True)
class NoOfficers:
    """A hand-over was asked for, but the configuration names nobody."""

    t: float


@dataclass(frozen=True, slots=True)
class HandOverEnd:
    """The hand-over was left without one."""

    t: float


@dataclass(frozen=True, slots=True)
class Pad:
    """The officer wants the keys on the glass, or (`wanted` false) no longer."""

    t: float
    wanted: bool = True


@dataclass(frozen=True, slots=True)
class Finger:
    """A finger rests on a place of the glass; None when it was lifted."""

    t: float
    on: Touch | None


@dataclass(frozen=True, slots=True)
class StickBegun:
    """The log is being copied to a USB stick, which must not be taken out."""

    t: float


@dataclass(frozen=True, slots=True)
class StickDone:
    """The copy is whole and on the stick: it may be taken out."""

    t: float


@dataclass(frozen=True, slots=True)
class StickFailed:
    """There is no copy on the stick; `trouble` is a value of `kiosk.logbook.stick.StickTrouble`."""

    t: float
    trouble: str


StickCue = StickBegun | StickDone | StickFailed
Cue = (
    Saved
    | Undone
    | NotSaved
    | Refused
    | Listen
    | Question
    | HandOver
    | HandOverAsk
    | PinAsk
    | NoOfficers
    | HandOverEnd
    | Pad
    | Finger
    | StickBegun
    | StickDone
    | StickFailed
)

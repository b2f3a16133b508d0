"""What the doorway decides: plain values that the logbook stores and the screen shows.

Numbers identify entries within one run of the process; the logbook maps them to its own rows.
"""

from dataclasses import dataclass
from enum import StrEnum

from hardware.events import Action


class Direction(StrEnum):
    """Which way somebody went."""

    IN = "in"
    OUT = "out"


class App(StrEnum):
    """What is known of the visitor's app."""

    DETECTED = "detected"
    NOT_DETECTED = "not_detected"  # the radio listened and heard nothing it could tie to this passage
    SHOWN = "shown"  # the officer saw it running
    INSTALLED_HERE = "installed_here"
    NO_SMARTPHONE = "no_smartphone"
    DECLINED = "declined"
    UNKNOWN = "unknown"  # no radio was listening


class Source(StrEnum):
    """Who says so."""

    DOOR = "door"
    OFFICER = "officer"
    RADIO = "radio"


@dataclass(frozen=True, slots=True)
class Entry:
    """One person went through at monotonic time `t` (seconds): a row of the logbook, never changed.

    `confidence` (0 to 1) is the probability that what is said about the app is right; `reasons` explain it in
    words for `kiosk replay --explain` and are never stored.
    """

    number: int
    t: float
    direction: Direction
    app: App
    confidence: float
    source: Source
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Correction:
    """What replaces an entry's direction or status, or cancels it; a row of its own that points at the entry.

    `app` and `direction` are None where they stay as they were. `t` is when the correction was made.
    """

    corrects: int
    t: float
    source: Source
    app: App | None = None
    direction: Direction | None = None
    cancelled: bool = False
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Passage:
    """Somebody is crossing right now: for the screen, at once; the entry follows under the same number."""

    number: int
    t: float
    direction: Direction


@dataclass(frozen=True, slots=True)
class Greeting:
    """The doorway is sure enough to say thanks at once. `first_after_install` closes the loop at the kiosk."""

    t: float
    number: int | None = None
    first_after_install: bool = False


@dataclass(frozen=True, slots=True)
class Closeby:
    """A phone with the app is held close to the kiosk ("hold your phone here"); strength is in dBm."""

    t: float
    strength: float


@dataclass(frozen=True, slots=True)
class Pressed:
    """What one press of the officer led to: the entries and corrections that answer it.

    The officer is answered once all of them are saved. None at all: there was nothing to take back.
    """

    t: float
    action: Action
    count: int = 1
    led_to: tuple[Entry | Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class Shift:
    """`officer` took over at monotonic time `t` from `previous` (empty: nobody), whose shift counted so many."""

    t: float
    officer: str
    previous: str
    total: int
    detected: int


@dataclass(frozen=True, slots=True)
class StickAsked:
    """The officer wants a copy of the logbook on the USB stick that is plugged in."""

    t: float


Decision = Entry | Correction | Passage | Greeting | Closeby | Pressed | StickAsked

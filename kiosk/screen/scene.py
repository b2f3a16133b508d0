"""What stands on the screen at one moment: a plain value, compared and drawn, never changed."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from kiosk.languages import Words
from kiosk.screen.touch import Touch

NOTICE: Final = Words("notice")


class InDoor(StrEnum):
    """What is in the doorway."""

    CODE = "code"
    TICK = "tick"
    RING = "ring"


class Tone(StrEnum):
    """How something is said to the officer; each has its own sign as well as its own colour."""

    GOOD = "good"
    ASK = "ask"
    WAIT = "wait"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Card:
    """An answer to the officer, over the steps, never over the code."""

    title: Words
    line: Words
    tone: Tone = Tone.GOOD


@dataclass(frozen=True, slots=True)
class Pill:
    """One thing the officer should know, in the corner; `code` is what to read out to whoever helps."""

    words: Words
    tone: Tone = Tone.BAD
    code: str = ""


@dataclass(frozen=True, slots=True)
class Corner:
    """The officer's corner: time, running count, last entry, and what is wrong or asked."""

    time: str = ""
    total: int | None = None
    last: str = ""
    pills: tuple[Pill, ...] = ()


@dataclass(frozen=True, slots=True)
class Scene:
    """One moment of the screen.

    `step` is the filled disc (1 to 3); with a `body`, the body stands in place of the steps. `opening` is how far the
    door is open and `ring` how full the ring is, both 0 to 1. With `pad` the officer's keys lie over the steps, the one
    that is `pressed` in reverse. `language` counts the configured languages. `shift` moves
    the whole picture by so many pixels against burn-in.
    """

    name: str
    headline: Words
    step: int = 1
    body: Words | None = None
    in_door: InDoor = InDoor.CODE
    door_title: Words | None = None
    door_line: Words | None = None
    ring: float = 0.0
    opening: float = 0.0
    card: Card | None = None
    pad: bool = False
    pressed: Touch | None = None
    notice: Words = NOTICE
    corner: Corner = Corner()
    language: int = 0
    night: bool = False
    shift: tuple[int, int] = (0, 0)

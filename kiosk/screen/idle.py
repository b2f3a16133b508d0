"""The screen when nobody passes: alive, yet easy on the panel."""

import datetime
from dataclasses import dataclass
from typing import Final

STEP: Final = 3.0
"""Seconds a step is the filled one: long enough to read it."""

ROUNDS: Final = (2, 1)
"""Rounds of three steps in the first language, and in each further one: the first is what most visitors read."""

DARK_AFTER: Final = 1800.0
"""Seconds without anybody after which the screen goes dark; whoever passes wakes it."""

SHIFT_EVERY: Final = 240.0
"""Seconds between two moves of the picture: each edge gets its rest, and nobody sees it happen."""

_SHIFTS: Final = (
    (0, 0),
    (1, 0),
    (2, 1),
    (2, 2),
    (1, 2),
    (0, 1),
    (-1, 1),
    (-2, 0),
    (-2, -1),
    (-1, -2),
    (0, -2),
    (1, -1),
)
"""Pixels: a small walk around the middle; two are enough to spread the edges, too few to see."""


@dataclass(frozen=True, slots=True)
class Rest:
    """Which step is filled, which language speaks, and for how many seconds still."""

    step: int
    language: int
    seconds_left: float


def rest(seconds: float, languages: int = 1) -> Rest:
    """The state of the idle screen after so many seconds of rest."""
    turns = [0] * (3 * ROUNDS[0])
    for language in range(1, languages):
        turns += [language] * (3 * ROUNDS[1])
    count = int(seconds // STEP)
    return Rest(count % 3 + 1, turns[count % len(turns)], (count + 1) * STEP - seconds)


def shift(t: float) -> tuple[int, int]:
    """Pixels by which the whole picture is moved at monotonic time `t`."""
    return _SHIFTS[int(t // SHIFT_EVERY) % len(_SHIFTS)]


def next_shift(t: float) -> float:
    """When it moves next."""
    return (t // SHIFT_EVERY + 1) * SHIFT_EVERY


def is_night(now: datetime.time, night: tuple[str, str]) -> bool:
    """Whether `now` lies between the two local times; the same time twice means never."""
    start, end = (datetime.time.fromisoformat(text) for text in night)
    if start <= end:
        return start <= now < end
    return now >= start or now < end

"""The officer's tones, made of numbers: saved goes up, refused stays low."""

import array
import math
from enum import Enum
from typing import Final

RATE: Final = 22_050
"""Samples a second: what the spoken file has, and plenty for a tone below 2 kHz."""

_EDGE: Final = 0.008
"""Seconds in which a note swells and fades: without them it begins and ends with a click."""


class Tone(Enum):
    """A tone as notes: frequency in hertz, seconds."""

    SAVED = ((880.0, 0.07), (1318.5, 0.11))
    UNDONE = ((1318.5, 0.07), (880.0, 0.11))
    TROUBLE = ((330.0, 0.14), (330.0, 0.2))


def samples(tone: Tone) -> bytes:
    """The tone as signed 16-bit mono samples in the machine's byte order."""
    values = array.array("h")
    for frequency, seconds in tone.value:
        count = round(seconds * RATE)
        for i in range(count):
            edge = min(1.0, i / (_EDGE * RATE), (count - i) / (_EDGE * RATE))
            values.append(round(22_000 * edge * math.sin(2 * math.pi * frequency * i / RATE)))
    return values.tobytes()

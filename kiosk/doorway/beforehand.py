"""What speaks for or against a phone and a passage before its strengths are looked at: when it was heard, how often.

Each has its log-odds, fitted (docs/doorway.md), and its words, so that an explanation names what was reckoned with.
"""

from collections.abc import Iterator
from math import log

from kiosk.doorway.model import Deciding
from kiosk.doorway.passing import Passing
from kiosk.doorway.tracks import Track

EVIDENTLY_AFTER = 1.0
"""Seconds by which a phone is first heard after a passage, not during it: more than a bin."""


def beforehand(track: Track, passing: Passing, deciding: Deciding) -> Iterator[tuple[float, str]]:
    """Log-odds that a phone went through a passage and what they rest on."""
    if track.heard < deciding.faint_below:
        yield deciding.faint * log(track.heard / deciding.faint_below), f"heard {_times(track.heard)} only"
    if track.first < passing.t - deciding.long_seconds:
        yield deciding.long_before, f"here for {passing.t - track.first:.0f} s before"
    if track.first > passing.t + EVIDENTLY_AFTER:
        yield deciding.only_after, f"first heard {track.first - passing.t:.0f} s after it"
    if track.there_before:
        yield deciding.there_before, "here before the radios began to listen"


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"

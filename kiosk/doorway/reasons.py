"""Words for a verdict: which phone, how well it fits, and what spoke against it."""

from collections.abc import Sequence

import numpy as np

from kiosk.doorway.beforehand import beforehand
from kiosk.doorway.evidence import Said
from kiosk.doorway.matching import Array, Matched
from kiosk.doorway.model import Deciding
from kiosk.doorway.passing import Passing
from kiosk.doorway.tracks import Track

WORTH_SAYING = 0.05
"""Probability from which another explanation is named among the reasons."""

Known = Sequence[tuple[Track, dict[int, Said]]]
"""Phones or devices, each with what it says of the passages by their numbers."""


def reasons(row: int, passing: Passing, matched: Matched, phones: Known, deciding: Deciding) -> tuple[str, ...]:
    """Lines on the passage in this row of `matched`: its likeliest phones, or that there is none."""
    pairs = matched.phones
    device = _device(matched.devices[row])
    lines = []
    for column in map(int, np.argsort(-pairs[row], kind="stable")[:2]):
        if pairs[row, column] < WORTH_SAYING:
            continue
        track, said = phones[column]
        against = [words for odds, words in beforehand(track, passing, deciding) if odds < 0]
        elsewhere = float(pairs[:, column].sum() - pairs[row, column])
        if elsewhere >= WORTH_SAYING:
            against.append(f"{elsewhere:.0%} for another passage")
        lines.append(_line(track, said[passing.number], float(pairs[row, column]), [*against, *device]))
    nobody = "no phone with the app was heard as one would be that went through here"
    return tuple(lines) or ("; ".join([nobody, *device]),)


def _device(chances: Array) -> list[str]:
    carries = float(chances.sum())
    return [f"{carries:.0%} for a device that does not send the app"] if carries >= WORTH_SAYING else []


def _line(track: Track, said: Said, probability: float, against: Sequence[str]) -> str:
    strongest = max(b.strength for bins in track.bins.values() for b in bins)
    fits = "fits this passage better than a bystander" if said.ratio > 0 else "could as well be a bystander's"
    line = (
        f"phone {track.label} ({track.profile.title}, heard {track.heard} times, {strongest:.0f} dBm at most) "
        f"{fits}: {probability:.0%}"
    )
    return f"{line}; against it: {', '.join(against)}" if against else line

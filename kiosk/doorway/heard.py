"""What was heard of one phone within a stretch of time, and the times when it was silent, as arrays."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kiosk.doorway.listening import Listening
from kiosk.doorway.receiving import Receiving
from kiosk.doorway.silence import DutyCycle
from kiosk.doorway.tracks import BIN, Track

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Heard:
    """Bins with adverts: times (s), levels behind them (dBm), variances (dB squared), radios as numbers, all (n,).

    Silent bins: (m,).
    """

    t: Array
    strength: Array
    variance: Array
    radio: NDArray[np.intp]
    silent_t: Array
    silent_radio: NDArray[np.intp]


def heard_between(
    track: Track,
    radios: Sequence[str],
    listening: Listening,
    how: tuple[Receiving, DutyCycle],
    start: float,
    end: float,
) -> Heard | None:
    """What `radios` heard of a track from `start` to `end` (seconds); None when that is nothing."""
    rows: list[tuple[float, float, int, int]] = []
    silent: list[tuple[float, int]] = []
    first, last = int(start // BIN), int(end // BIN)
    for number, radio in enumerate(radios):
        bins = [b for b in track.bins.get(radio, ()) if first <= b.index <= last]
        rows += [(b.t, b.strength, b.count, number) for b in bins]
        taken = {b.index for b in bins}
        free = (index for index in range(first, last) if index not in taken)
        silent += [((index + 0.5) * BIN, number) for index in free if listening.now(radio, (index + 0.5) * BIN)]
    if not rows:
        return None
    t, strength, count, radio_numbers = (np.array(column) for column in zip(*rows, strict=True))
    receiving, duty = how
    level, variance = receiving.levels(strength, count.astype(float), duty.on_air(t))
    silent_t, silent_radio = np.array(silent, dtype=float).reshape(-1, 2).T
    return Heard(t, level, variance, radio_numbers.astype(np.intp), silent_t, silent_radio.astype(np.intp))

"""The simple judge: a phone belongs to the passage at which it was strongest, one phone to one passage.

What most people counters do at best. It is kept as the yardstick of the evaluation, and for its plainness.
"""

from collections.abc import Sequence

from kiosk.doorway.asking import Question
from kiosk.doorway.passing import Passing, Verdict
from kiosk.doorway.tracks import Track

AROUND = 4.0
"""Seconds between a phone's peak and the passage it may belong to: the time to walk past the radio."""

WEAKEST = -84.0
"""dBm that the peak must reach."""

STAYS = 120.0
"""Seconds after which a phone is no visitor's but of somebody who works or waits here."""

SEEN = Verdict(0.75, ("a phone with the app was strongest at this passage",))
UNSEEN = Verdict(0.25, ("no phone with the app was strongest at this passage",))


class NearestPeak:
    """Judges passages by the nearest peak."""

    def judge(self, question: Question) -> dict[int, Verdict]:
        """A verdict for the number of each passage; it takes nothing but the passages and the phones."""
        return nearest_peak(question.passings, question.tracks)


def nearest_peak(passings: Sequence[Passing], tracks: Sequence[Track]) -> dict[int, Verdict]:
    """A verdict for the number of each passage."""
    pairs = []
    for order, track in enumerate(tracks):
        for passing in passings:
            if passing.t - track.first >= STAYS or track.last - track.first > 2 * STAYS:
                continue
            strength, t = _peak(track, passing.t)
            if strength >= WEAKEST and abs(t - passing.t) <= AROUND:
                pairs.append((abs(t - passing.t), order, passing.number))
    verdicts = {passing.number: UNSEEN for passing in passings}
    used: set[int] = set()
    for _, order, number in sorted(pairs):
        if order not in used and verdicts[number] is UNSEEN:
            used.add(order)
            verdicts[number] = SEEN
    return verdicts


def _peak(track: Track, t: float) -> tuple[float, float]:
    """Strength (dBm) and time of a track's strongest bin within 16 s of `t`, from any radio."""
    near = [(b.strength, b.t) for bins in track.bins.values() for b in bins if abs(b.t - t) <= 16.0]
    return max(near, default=(float("-inf"), t))

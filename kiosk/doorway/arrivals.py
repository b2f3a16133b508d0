"""A door without sensors: phones with the app that come near are the only arrivals there are, and are named so."""

from collections.abc import Callable

from kiosk.decisions import Direction, Source
from kiosk.doorway.passing import Passing, Verdict
from kiosk.doorway.tracks import Track, Tracks

NEAR = -76.0
"""dBm that a phone must reach in the mean of a bin: within some three metres of the radio when carried in front."""

FADED = 10.0
"""Seconds after its strongest moment when a phone is taken to have gone by."""

STAYS = 120.0
"""Seconds after which a phone is no visitor's but of somebody who works or waits here."""

CONFIDENCE = 0.6
"""How often a phone that came so near really came in, where nothing but the radio tells."""


class Arrivals:
    """Finds phones that came near and went on; each phone once for as long as it is known."""

    def __init__(self) -> None:
        self._counted: set[int] = set()

    def at(self, t: float, tracks: Tracks, number: Callable[[], int]) -> list[Passing]:
        """The arrivals that have become certain by `t` (seconds)."""
        found = []
        known = list(tracks)
        for track in known:
            peak = _peak(track)
            if track.label in self._counted or track.label < 0 or peak is None or t - peak < FADED:
                continue
            self._counted.add(track.label)
            if peak - track.first <= STAYS:
                found.append(_arrival(number(), peak))
        self._counted &= {track.label for track in known}
        return found


def _peak(track: Track) -> float | None:
    """The time of the strongest bin, where it is strong enough."""
    strength, t = max((b.strength, b.t) for bins in track.bins.values() for b in bins)
    return t if strength >= NEAR else None


def _arrival(number: int, t: float) -> Passing:
    reason = "no sensor at this door: a phone with the app came near and went on"
    return Passing(number, t, Direction.IN, source=Source.RADIO, verdict=Verdict(CONFIDENCE, (reason,)))

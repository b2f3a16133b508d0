"""What others do, to be held beside ours: both take our passages and only say about the app."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from hardware.beacons import Sighting
from kiosk.decisions import App, Entry

STRONG = -70
"""dBm: what the app itself calls a strong neighbour."""

NEAR = 3.0
"""Seconds around a passage that count."""

SMOOTH = 0.75
"""Seconds over which strength is averaged before its peak is looked for."""


def threshold(entries: Sequence[Entry], sightings: Iterable[Sighting]) -> list[Entry]:
    """The app is there when anything stronger than -70 dBm is heard within 3 s: what everybody does."""
    strong = [sighting.t for sighting in sightings if sighting.rssi > STRONG]
    return [_said(entry, any(abs(t - entry.t) <= NEAR for t in strong)) for entry in entries]


def nearest_peak(entries: Sequence[Entry], sightings: Iterable[Sighting]) -> list[Entry]:
    """Each phone belongs to one passage, the one nearest to the moment at which it was strongest; strongest first."""
    tracks: dict[int, list[Sighting]] = defaultdict(list)
    for sighting in sightings:
        tracks[sighting.phone].append(sighting)
    free = list(range(len(entries)))
    owners = set()
    for _, t in sorted((_peak(track) for track in tracks.values()), reverse=True):
        nearest = min(free, key=lambda index: abs(entries[index].t - t), default=None)
        if nearest is not None and abs(entries[nearest].t - t) <= NEAR:
            free.remove(nearest)
            owners.add(nearest)
    return [_said(entry, index in owners) for index, entry in enumerate(entries)]


def _peak(track: Sequence[Sighting]) -> tuple[float, float]:
    """The greatest averaged strength (dBm) of a phone, and when."""
    bins: dict[int, list[int]] = defaultdict(list)
    for sighting in track:
        bins[int(sighting.t / SMOOTH)].append(sighting.rssi)
    strength, index = max((sum(rssi) / len(rssi), index) for index, rssi in bins.items())
    return strength, (index + 0.5) * SMOOTH


def _said(entry: Entry, there: bool) -> Entry:
    return replace(entry, app=App.DETECTED if there else App.NOT_DETECTED, confidence=1.0)

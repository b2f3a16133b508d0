"""Which of the phones is the installer's: the strongest while it is held to the radio, and whatever it changes into."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from hardware.beacons import Sighting

ENOUGH: Final = 10
"""Adverts before a phone's strength is trusted: a second of the quickest, and no passer-by's stray one."""

SILENCE: Final = 35.0
"""Seconds between an identity's last advert and the next one's first at most: a whole 15 s off, and a lost start."""

HELD: Final = -78.0
"""dBm that a phone held to the radio must reach: 0.3 m away a weak sender in a hand still arrives with some -65."""

APART: Final = 6.0
"""dB by which the installer's phone must exceed any other held to the radio: models differ by about as much."""


@dataclass(frozen=True, slots=True)
class Nearest:
    """The strongest phone of a moment: its keyed hash, its `strength` (dBm) and the `margin` (dB) over the next one."""

    phone: int
    strength: float
    margin: float

    @property
    def held(self) -> bool:
        """Whether it can be at the radio at all."""
        return self.strength >= HELD

    @property
    def sure(self) -> bool:
        """Whether no other phone could be meant."""
        return self.margin >= APART


def nearest(sightings: Iterable[Sighting]) -> Nearest | None:
    """The phone heard strongest, None when none was heard often enough; `sightings` of one radio in order of time.

    A phone that is as strong but was never heard while the strongest was is the same one, under its former or next
    rolling ID: then the former one is told.
    """
    heard: dict[int, list[Sighting]] = {}
    for sighting in sightings:
        heard.setdefault(sighting.phone, []).append(sighting)
    often = {phone: of for phone, of in heard.items() if len(of) >= ENOUGH}
    if not often:
        return None
    strengths = {phone: median(s.rssi for s in of) for phone, of in often.items()}
    best = max(strengths, key=lambda phone: strengths[phone])
    begin, end = often[best][0].t, often[best][-1].t
    beside = [phone for phone, of in often.items() if phone != best and of[0].t <= end and of[-1].t >= begin]
    margin = min((strengths[best] - strengths[phone] for phone in beside), default=float("inf"))
    before = [phone for phone, of in often.items() if of[-1].t < begin and strengths[best] - strengths[phone] < APART]
    first = min([best, *before], key=lambda phone: often[phone][0].t)
    return Nearest(first, strengths[best], margin)


def followed(first: int, sightings: Sequence[Sighting]) -> frozenset[int]:
    """The phone `first` under all the rolling IDs or addresses it took during the walk; `sightings` in order of time.

    A phone that falls silent for good is taken to be the strongest of those that first appear just after it.
    """
    spans: dict[int, list[float]] = {}
    strengths: dict[int, list[int]] = {}
    for sighting in sightings:
        spans.setdefault(sighting.phone, [sighting.t, sighting.t])[1] = sighting.t
        strengths.setdefault(sighting.phone, []).append(sighting.rssi)
    chain = [first]
    while chain[-1] in spans:
        last = spans[chain[-1]][1]
        heirs = [
            phone
            for phone, (begin, _) in spans.items()
            if last <= begin <= last + SILENCE and len(strengths[phone]) >= ENOUGH and phone not in chain
        ]
        if not heirs:
            break
        chain.append(max(heirs, key=lambda phone: median(strengths[phone])))
    return frozenset(chain)

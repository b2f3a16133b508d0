"""What an admin sees of a door at work: adverts a second, phones with the app, passages, entries. Pure; never stored.

Phones get numbers in the order in which they are first heard; the number means nothing beyond this run.
"""

import collections
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

from hardware.beacons import Sighting
from hardware.events import Advert, Beam, Event, Scanner
from kiosk.decisions import Closeby, Correction, Decision, Entry, Greeting, Passage

RATE_OVER: Final = 10.0
"""Seconds over which adverts are counted: phones advertise every 0.2 to 2 s."""

FORGET_AFTER: Final = 60.0
"""Seconds without an advert after which a phone leaves the list; some are silent for 15 s while they are there."""

KEPT: Final = 200
"""Happenings and phones kept at most, so that a crowd does not fill the memory."""


class Recognises(Protocol):
    """Tells whether an advert is of the app: `hardware.beacons.Recogniser`."""

    def sighting(self, advert: Advert) -> Sighting | None:
        """The sighting, or None."""


@dataclass(slots=True)
class Phone:
    """A phone with the app; `strength` is the latest dBm by radio."""

    number: int
    profile: str
    heard: float
    strength: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Happening:
    """One line: when (monotonic seconds), what kind, and in words."""

    t: float
    kind: str
    text: str


class Watcher:
    """Takes events and decisions and keeps what is worth seeing of them."""

    def __init__(self, recogniser: Recognises) -> None:
        self._recogniser = recogniser
        self._heard: dict[str, collections.deque[float]] = {}
        self._phones: dict[int, Phone] = {}
        self._known = 0
        self.happenings: collections.deque[Happening] = collections.deque(maxlen=KEPT)

    def see(self, event: Event) -> list[Happening]:
        """Take one event; returns what it is worth saying about it."""
        match event:
            case Advert():
                return self._advert(event)
            case Beam(active=True):
                return self._say(event.t, "beam", f"{event.sensor} broken")
            case Scanner():
                state = "listens" if event.listening else f"is silent: {event.reason}"
                return self._say(event.t, "radio", f"{event.radio} {state}")
            case _:
                return []

    def decide(self, decisions: Sequence[Decision]) -> list[Happening]:
        """Take what the doorway decided; returns what it is worth saying about it."""
        return [said for decision in decisions for said in self._decided(decision)]

    def rates(self, t: float) -> dict[str, float]:
        """Adverts a second by radio, over the last seconds before `t`."""
        for times in self._heard.values():
            while times and t - times[0] > RATE_OVER:
                times.popleft()
        return {radio: len(times) / RATE_OVER for radio, times in sorted(self._heard.items())}

    def phones(self, t: float) -> list[Phone]:
        """The phones with the app that were heard lately, the strongest first."""
        self._phones = {key: phone for key, phone in self._phones.items() if t - phone.heard <= FORGET_AFTER}
        return sorted(self._phones.values(), key=lambda phone: -max(phone.strength.values()))

    def _advert(self, advert: Advert) -> list[Happening]:
        self._heard.setdefault(advert.radio, collections.deque(maxlen=100_000)).append(advert.t)
        sighting = self._recogniser.sighting(advert)
        if sighting is None:
            return []
        phone, said = self._phones.get(sighting.phone), []
        if phone is None:
            self._known += 1
            phone = Phone(self._known, sighting.profile.title, advert.t)
            if len(self._phones) < KEPT:
                self._phones[sighting.phone] = phone
            said = self._say(
                advert.t, "phone", f"{phone.number} with {phone.profile}, {advert.rssi} dBm {advert.radio}"
            )
        phone.heard = advert.t
        phone.strength[advert.radio] = advert.rssi
        return said

    def _decided(self, decision: Decision) -> list[Happening]:
        match decision:
            case Passage():
                return self._say(decision.t, "passage", f"{decision.number} {decision.direction}")
            case Entry():
                sure = f"{decision.confidence:.0%} sure"
                text = f"{decision.number} {decision.direction}, {decision.app}, {sure}, by the {decision.source}"
                return self._say(decision.t, "entry", text)
            case Correction():
                new = "cancelled" if decision.cancelled else f"{decision.app or ''} {decision.direction or ''}".strip()
                return self._say(decision.t, "correction", f"{decision.corrects}: {new}")
            case Greeting():
                return self._say(decision.t, "greeting", f"{decision.number or ''}".strip())
            case Closeby():
                return self._say(decision.t, "close by", f"{decision.strength:.0f} dBm")
            case _:
                return []

    def _say(self, t: float, kind: str, text: str) -> list[Happening]:
        happening = Happening(t, kind, text)
        self.happenings.append(happening)
        return [happening]

"""What the doorway asks of the beacons: the part of a sighting and of its profile that it uses."""

from typing import Protocol

from hardware.events import Advert


class Profile(Protocol):
    """How one kind of beacon behaves on air."""

    @property
    def name(self) -> str:
        """Short name of the profile."""

    @property
    def duty_on(self) -> float:
        """Seconds on air of each cycle; 0 when it is always on."""

    @property
    def duty_off(self) -> float:
        """Seconds of silence of each cycle; 0 when it is always on."""

    @property
    def interval(self) -> float:
        """Seconds between two adverts while on air."""

    @property
    def reference_power(self) -> float:
        """Usual strength at 1 m, dBm."""


class Sighting(Protocol):
    """One advert of a phone that runs the campaign's app."""

    @property
    def t(self) -> float:
        """Monotonic seconds."""

    @property
    def radio(self) -> str:
        """Which radio heard it."""

    @property
    def rssi(self) -> int:
        """Strength in dBm."""

    @property
    def profile(self) -> Profile:
        """What kind of beacon it is."""

    @property
    def phone(self) -> int:
        """The phone, as a keyed hash that dies with the process."""

    @property
    def certain(self) -> bool:
        """False where another app could look the same (a hashed bit)."""


class Recogniser(Protocol):
    """Tells the adverts of the campaign's phones from all others."""

    def sighting(self, advert: Advert) -> Sighting | None:
        """The sighting behind an advert, or None when it is not of a phone with the app."""

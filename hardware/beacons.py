"""Which adverts come from an app: the recogniser, fed with profiles.

Cheap first: an advert that carries none of the numbers any profile speaks of costs a few dictionary look-ups. No
address and no rolling ID leaves this module; phones are told apart by a keyed hash whose key dies with the process.
"""

import secrets
from collections.abc import Mapping, Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

from hardware.events import Advert
from hardware.overflow import overflow_mask
from hardware.profiles import BeaconProfile, Identity, Manufacturer, load_profiles, parse_profiles

__all__ = [
    "OTHER_DEVICE",
    "BeaconProfile",
    "Identity",
    "Manufacturer",
    "Recogniser",
    "Sighting",
    "load_profiles",
    "parse_profiles",
]

_APPLE = 0x004C
_OVERFLOW_TYPE = 0x01
_OVERFLOW_LENGTH = 17  # the type and the 16 bytes of the area

_MOST_FIELDS = 128
"""UUIDs or companies beyond which no honest advert goes: 255 bytes hold 126 of the shortest UUIDs."""

_MOST_IDENTITY = 64
"""Bytes of a rolling ID that are looked at; the longest of the known apps has 20."""

_REMEMBERED = 4096
"""Hashes kept at hand: several times the phones around in the 15 minutes an address lasts, yet under 1 MB."""


OTHER_DEVICE = BeaconProfile("other-device", "another device", manufacturer=(Manufacturer(),))
"""What sends without telling the app: a phone that does not have it, a watch, earbuds. No recogniser looks for it; its
interval is whatever the device itself shows."""


class Sighting(NamedTuple):
    """An advert that tells an app, or that another device is there. (A tuple is made faster than a frozen dataclass.)

    `phone` is the keyed hash of the rolling ID, or of the address where there is none; `address` that of the
    address. Both are the same for one key only. `certain` is false where a bit of the iOS overflow area was all
    there was: one in 128 of other apps sets the same bit.
    """

    t: float
    radio: str
    rssi: int
    profile: BeaconProfile
    phone: int
    address: int
    certain: bool


class Recogniser:
    """Tells the adverts of `profiles` from all others; the first profile that fits wins.

    `key` (at most 64 bytes) makes the hashes; left out, it is random, as it must be at a real door.
    """

    def __init__(self, profiles: Sequence[BeaconProfile], key: bytes | None = None) -> None:
        self._key = secrets.token_bytes(16) if key is None else key
        self._number = lru_cache(maxsize=_REMEMBERED)(self._hash)
        self._number_of = lru_cache(maxsize=_REMEMBERED)(self._hash_text)
        self._services: dict[str, list[BeaconProfile]] = {}
        self._service_data: dict[str, list[BeaconProfile]] = {}
        self._companies: dict[int, list[tuple[Manufacturer, BeaconProfile]]] = {}
        self._any_company: list[tuple[Manufacturer, BeaconProfile]] = []
        self._names: dict[str | None, list[BeaconProfile]] = {}
        self._overflow: list[tuple[int, int, BeaconProfile]] = []
        for profile in profiles:
            self._index(profile)
        self._prefixes = tuple(rule.prefix for rule, _ in self._any_company)

    def sighting(self, advert: Advert) -> Sighting | None:
        """Return what `advert` tells of an app, None when it tells nothing. Never raises, whatever is on air."""
        uuids, companies, services = advert.service_uuids, advert.manufacturer_data, advert.service_data
        if len(uuids) > _MOST_FIELDS or len(companies) > _MOST_FIELDS or len(services) > _MOST_FIELDS:
            return None
        profile = self._told(advert)
        certain = profile is not None
        if profile is None and self._overflow:
            profile = self._perhaps(companies)
        if profile is None:
            return None
        address = self._number_of(advert.address)
        rolling = _rolling_id(profile, advert)
        phone = self._number(rolling) if rolling else address
        return Sighting(advert.t, advert.radio, advert.rssi, profile, phone, address, certain)

    def other_device(self, advert: Advert) -> Sighting:
        """Return what an `advert` that tells no app tells all the same: a device is there, and how strong."""
        address = self._number_of(advert.address)
        return Sighting(advert.t, advert.radio, advert.rssi, OTHER_DEVICE, address, address, True)

    def _index(self, profile: BeaconProfile) -> None:
        for uuid in profile.service_uuids:
            self._services.setdefault(uuid, []).append(profile)
        for uuid in profile.service_data_uuids:
            self._service_data.setdefault(uuid, []).append(profile)
        for rule in profile.manufacturer:
            if rule.company is None:
                self._any_company.append((rule, profile))
            else:
                self._companies.setdefault(rule.company, []).append((rule, profile))
        if profile.local_name is not None:
            self._names.setdefault(profile.local_name, []).append(profile)
        self._overflow += [(*overflow_mask(uuid), profile) for uuid in profile.overflow_uuids]

    def _told(self, advert: Advert) -> BeaconProfile | None:
        """Return the profile that something other than the overflow area tells."""
        # Plain loops, for most adverts run through them all in vain: a generator would double the time.
        for uuid in advert.service_uuids:
            for profile in self._services.get(uuid, ()):
                if not profile.every or _has_everything(profile, advert):
                    return profile
        for uuid in advert.service_data:
            for profile in self._service_data.get(uuid, ()):
                if not profile.every or _has_everything(profile, advert):
                    return profile
        for company, data in advert.manufacturer_data.items():
            rules = self._companies.get(company, ())
            for rule, profile in (*rules, *self._any_company) if data.startswith(self._prefixes) else rules:
                if rule.fits(data) and (not profile.every or _has_everything(profile, advert)):
                    return profile
        for profile in self._names.get(advert.local_name, ()):
            if not profile.every or _has_everything(profile, advert):
                return profile
        return None

    def _perhaps(self, companies: Mapping[int, bytes]) -> BeaconProfile | None:
        """Return the profile whose bit stands in Apple's overflow area. Other apps' bits beside it mean nothing."""
        data = companies.get(_APPLE, b"")
        if len(data) < _OVERFLOW_LENGTH or data[0] != _OVERFLOW_TYPE:
            return None
        for byte, mask, profile in self._overflow:
            if data[1 + byte] & mask and not profile.every:
                return profile
        return None

    def _hash_text(self, text: str) -> int:
        return self._hash(text.encode(errors="replace"))

    def _hash(self, value: bytes) -> int:
        return int.from_bytes(blake2b(value, digest_size=8, key=self._key).digest(), "big")


def _has_everything(profile: BeaconProfile, advert: Advert) -> bool:
    """Tell whether every kind of rule that the profile names is met by the advert."""
    data = advert.manufacturer_data
    return (
        (not profile.service_uuids or not set(profile.service_uuids).isdisjoint(advert.service_uuids))
        and (not profile.service_data_uuids or not set(profile.service_data_uuids).isdisjoint(advert.service_data))
        and (not profile.manufacturer or _matching_data(profile, data) is not None)
        and profile.local_name in (None, advert.local_name)
    )


def _matching_data(profile: BeaconProfile, companies: Mapping[int, bytes]) -> bytes | None:
    for company, data in companies.items():
        for rule in profile.manufacturer:
            if rule.company in (None, company) and rule.fits(data):
                return data
    return None


def _rolling_id(profile: BeaconProfile, advert: Advert) -> bytes:
    """Return the bytes of the rolling ID; none where the profile has none or the advert is cut short."""
    identity = profile.identity
    if identity is None:
        return b""
    if identity.service is not None:
        data = advert.service_data.get(identity.service, b"")
    elif identity.company is not None:
        data = advert.manufacturer_data.get(identity.company, b"")
    else:
        data = _matching_data(profile, advert.manufacturer_data) or b""
    if identity.length is not None and len(data) < identity.start + identity.length:
        return b""
    return data[identity.start :][: identity.length or _MOST_IDENTITY][:_MOST_IDENTITY]

"""What of an advert may be written down: nothing by which a phone or its owner could be known again.

Only what some beacon profile speaks of stays: its UUIDs, names, prefixes and overflow bits. Addresses and rolling IDs
are replaced by a keyed hash whose key dies with the process: the same ID stays the same within one recording, so that a
replay gives the same entries, and means nothing outside it. Every other byte becomes zero, other fields are left out.
"""

import secrets
from collections.abc import Sequence
from dataclasses import replace
from hashlib import blake2b

from hardware.events import Advert
from hardware.overflow import overflow_mask
from hardware.profiles import BeaconProfile

_APPLE = 0x004C
_OVERFLOW = 0x01  # the type of Apple's overflow area, the first byte of its manufacturer data
_OVERFLOW_LENGTH = 17
_LONGEST_HASH = 64  # bytes that blake2b gives; no rolling ID is longer


class Concealer:
    """Called with an advert, gives the one to write. `profiles` should be all there are, not one campaign's."""

    def __init__(self, profiles: Sequence[BeaconProfile], key: bytes | None = None) -> None:
        self._profiles = tuple(profiles)
        self._key = secrets.token_bytes(32) if key is None else key
        self._uuids = {uuid for profile in profiles for uuid in (*profile.service_uuids, *profile.service_data_uuids)}
        self._names = {profile.local_name for profile in profiles}
        self._overflow = bytearray(16)
        for uuid in (uuid for profile in profiles for uuid in profile.overflow_uuids):
            byte, mask = overflow_mask(uuid)
            self._overflow[byte] |= mask

    def __call__(self, advert: Advert) -> Advert:
        """The advert as it may be written."""
        manufacturer_data = {
            company: self._manufacturer(company, data) for company, data in advert.manufacturer_data.items()
        }
        service_data = {uuid: self._service(uuid, data) for uuid, data in advert.service_data.items()}
        address = self._hash(advert.address.encode(errors="replace"), 6)
        return replace(
            advert,
            address=":".join(f"{byte:02X}" for byte in address),
            service_uuids=tuple(uuid for uuid in advert.service_uuids if uuid in self._uuids),
            service_data={uuid: data for uuid, data in service_data.items() if data is not None},
            manufacturer_data={company: data for company, data in manufacturer_data.items() if data is not None},
            local_name=advert.local_name if advert.local_name in self._names else None,
            tx_power=None,
        )

    def _manufacturer(self, company: int, data: bytes) -> bytes | None:
        """What may be written of this data; None when no profile speaks of it."""
        prefixes = [
            (rule.prefix, profile)
            for profile in self._profiles
            for rule in profile.manufacturer
            if rule.company in (None, company) and rule.fits(data)
        ]
        kept = bytearray(len(data))
        speaking = [profile for _, profile in prefixes]
        speaking += [p for p in self._profiles if p.identity and p.identity.company == company]
        for profile in speaking:
            identity = profile.identity
            if identity and identity.service is None and identity.company in (None, company):
                self._conceal(kept, data, profile)
        for prefix, _ in prefixes:
            kept[: len(prefix)] = prefix
        if company == _APPLE and len(data) >= _OVERFLOW_LENGTH and data[0] == _OVERFLOW:
            area = zip(data[1:_OVERFLOW_LENGTH], self._overflow, strict=True)
            kept = bytearray([_OVERFLOW, *(byte & mask for byte, mask in area)])
        elif not speaking:
            return None
        return bytes(kept)

    def _service(self, uuid: str, data: bytes) -> bytes | None:
        """What may be written of this service's data; None when no profile speaks of it."""
        kept = bytearray(len(data))
        speaking = [
            p for p in self._profiles if uuid in p.service_data_uuids or (p.identity and p.identity.service == uuid)
        ]
        for profile in speaking:
            if profile.identity and profile.identity.service == uuid:
                self._conceal(kept, data, profile)
        return bytes(kept) if speaking else None

    def _conceal(self, kept: bytearray, data: bytes, profile: BeaconProfile) -> None:
        """Put a stand-in for the profile's rolling ID where it lies; nothing when the advert is too short for one."""
        if profile.identity is None:
            return
        start, length = profile.identity.start, profile.identity.length
        identity = data[start:] if length is None else data[start : start + length]
        if identity and (length is None or len(identity) == length):
            kept[start : start + len(identity)] = self._hash(identity, len(identity))

    def _hash(self, value: bytes, size: int) -> bytes:
        short = min(size, _LONGEST_HASH)
        return blake2b(value, digest_size=short, key=self._key).digest() + bytes(size - short)

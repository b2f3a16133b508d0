"""What BlueZ is asked to let through in passive scanning, derived from the beacon profiles.

A passive scan delivers only adverts that match a pattern: (offset, kind of field, first bytes). One source of truth:
what a profile looks for is what is asked for.
"""

from collections.abc import Iterable, Iterator
from typing import Final
from uuid import UUID

from bleak.args.bluez import OrPattern
from bleak.assigned_numbers import AdvertisementDataType as Field

from hardware.profiles import BeaconProfile

_BASE_TAIL = UUID("00000000-0000-1000-8000-00805f9b34fb").bytes[4:]
_APPLE_OVERFLOW = bytes.fromhex("4c0001")

EVERYBODY = (
    OrPattern(0, Field.FLAGS, b"\x02"),
    OrPattern(0, Field.FLAGS, b"\x06"),
    OrPattern(0, Field.FLAGS, b"\x1a"),
    OrPattern(0, Field.MANUFACTURER_SPECIFIC_DATA, b"\x4c\x00"),
)
"""What nearly every phone and gadget sends: the three usual values of the flags, and Apple's frames.

Without them an empty lobby could not be told from a dead radio, for nothing but the app would ever be heard; and a
profile whose pattern a version of BlueZ fails to match is still heard by its flags.
"""

MOST: Final = 7
"""Patterns in one monitor: an eighth crashes bluetoothd.

Until August 2026 BlueZ counted the bytes of its request, 34 for each pattern, in a number that ends at 255, and wrote
past the end of what it had reserved: https://github.com/bluez/bluez/pull/2398. Seen on 5.66: seven work, eight abort.
"""


def or_patterns(profiles: Iterable[BeaconProfile]) -> list[OrPattern]:
    """Return the patterns that let the adverts of `profiles` and the usual traffic through, `MOST` at most.

    In this order, until there is no more room: the usual traffic; what may be sent without flags, for only its own
    pattern lets that through; the rest, which phones send together with flags, so that it is heard in any case.
    A pattern gives way to a shorter one that covers it.
    """
    profiles = list(profiles)
    wanted = [
        *EVERYBODY,
        *(pattern for profile in profiles for pattern in _maybe_without_flags(profile)),
        *(pattern for profile in profiles for pattern in _with_flags(profile)),
    ]
    broadest = (min((other for other in wanted if _covers(other, each)), key=_length) for each in wanted)
    return list(dict.fromkeys(broadest))[:MOST]


def _maybe_without_flags(profile: BeaconProfile) -> Iterator[OrPattern]:
    """What Android's non-connectable adverts hold, which have no flags. Phones send complete lists of UUIDs."""
    for uuid in profile.service_data_uuids:
        content, short = _on_air(uuid)
        yield OrPattern(0, Field.SERVICE_DATA_UUID16 if short else Field.SERVICE_DATA_UUID128, content)
    for uuid in profile.service_uuids:
        content, short = _on_air(uuid)
        if short and uuid not in profile.service_data_uuids:
            yield OrPattern(0, Field.COMPLETE_LIST_SERVICE_UUID16, content)
    for rule in profile.manufacturer:
        if rule.company is not None:
            yield OrPattern(0, Field.MANUFACTURER_SPECIFIC_DATA, rule.company.to_bytes(2, "little") + rule.prefix)
        elif rule.prefix:
            yield OrPattern(2, Field.MANUFACTURER_SPECIFIC_DATA, rule.prefix)
    if profile.overflow_uuids:
        yield OrPattern(0, Field.MANUFACTURER_SPECIFIC_DATA, _APPLE_OVERFLOW)


def _with_flags(profile: BeaconProfile) -> Iterator[OrPattern]:
    lists = [_on_air(uuid) for uuid in profile.service_uuids]
    for content, short in lists:
        yield OrPattern(
            0, Field.COMPLETE_LIST_SERVICE_UUID16 if short else Field.COMPLETE_LIST_SERVICE_UUID128, content
        )
    for content, short in lists:
        kind = Field.INCOMPLETE_LIST_SERVICE_UUID16 if short else Field.INCOMPLETE_LIST_SERVICE_UUID128
        yield OrPattern(0, kind, content)
    if profile.local_name is not None:
        for kind in (Field.COMPLETE_LOCAL_NAME, Field.SHORTENED_LOCAL_NAME):
            yield OrPattern(0, kind, profile.local_name.encode())


def _length(pattern: OrPattern) -> int:
    return len(pattern.content_of_pattern)


def _on_air(uuid: str) -> tuple[bytes, bool]:
    """Return the UUID's bytes as sent (little-endian) and whether it is one of the 16-bit ones."""
    full = UUID(uuid).bytes
    if full[4:] == _BASE_TAIL and full[:2] == b"\0\0":
        return full[3:1:-1], True
    return full[::-1], False


def _covers(shorter: OrPattern, longer: OrPattern) -> bool:
    return shorter[:2] == longer[:2] and longer.content_of_pattern.startswith(shorter.content_of_pattern)

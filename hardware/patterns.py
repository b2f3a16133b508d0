"""What BlueZ is asked to let through in passive scanning, derived from the beacon profiles.

A passive scan delivers only adverts that match a pattern: (offset, kind of field, first bytes). One source of truth:
what a profile looks for is what is asked for.
"""

from collections.abc import Iterable, Iterator
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


def or_patterns(profiles: Iterable[BeaconProfile]) -> list[OrPattern]:
    """Return the patterns that let the adverts of `profiles` and the usual traffic through, none of them twice.

    A pattern that a shorter one of the same place already covers is left out, since adapters hold few of them.
    """
    wanted = [*EVERYBODY, *(pattern for profile in profiles for pattern in _patterns(profile))]
    kept: list[OrPattern] = []
    for pattern in sorted(wanted, key=lambda each: len(each.content_of_pattern)):
        if not any(_covers(shorter, pattern) for shorter in kept):
            kept.append(pattern)
    return kept


def _patterns(profile: BeaconProfile) -> Iterator[OrPattern]:
    for uuid in profile.service_uuids:
        content, short = _on_air(uuid)
        kinds = (
            (Field.INCOMPLETE_LIST_SERVICE_UUID16, Field.COMPLETE_LIST_SERVICE_UUID16)
            if short
            else (Field.INCOMPLETE_LIST_SERVICE_UUID128, Field.COMPLETE_LIST_SERVICE_UUID128)
        )
        yield from (OrPattern(0, kind, content) for kind in kinds)
    for uuid in profile.service_data_uuids:
        content, short = _on_air(uuid)
        yield OrPattern(0, Field.SERVICE_DATA_UUID16 if short else Field.SERVICE_DATA_UUID128, content)
    for rule in profile.manufacturer:
        if rule.company is not None:
            yield OrPattern(0, Field.MANUFACTURER_SPECIFIC_DATA, rule.company.to_bytes(2, "little") + rule.prefix)
        elif rule.prefix:
            yield OrPattern(2, Field.MANUFACTURER_SPECIFIC_DATA, rule.prefix)
    if profile.local_name is not None:
        for kind in (Field.SHORTENED_LOCAL_NAME, Field.COMPLETE_LOCAL_NAME):
            yield OrPattern(0, kind, profile.local_name.encode())
    if profile.overflow_uuids:
        yield OrPattern(0, Field.MANUFACTURER_SPECIFIC_DATA, _APPLE_OVERFLOW)


def _on_air(uuid: str) -> tuple[bytes, bool]:
    """Return the UUID's bytes as sent (little-endian) and whether it is one of the 16-bit ones."""
    full = UUID(uuid).bytes
    if full[4:] == _BASE_TAIL and full[:2] == b"\0\0":
        return full[3:1:-1], True
    return full[::-1], False


def _covers(shorter: OrPattern, longer: OrPattern) -> bool:
    return shorter[:2] == longer[:2] and longer.content_of_pattern.startswith(shorter.content_of_pattern)

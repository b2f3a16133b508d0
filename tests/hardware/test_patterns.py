import pytest
from bleak.assigned_numbers import AdvertisementDataType as Field

from hardware.events import Advert
from hardware.patterns import EVERYBODY, MOST, or_patterns
from hardware.profiles import load_profiles
from tests.bus.on_air import as_fields, on_air
from tests.hardware.adverts import ON_AIR


def bluezone():
    return [profile for profile in load_profiles() if profile.name.startswith("bluezone")]


def named(name):
    (found,) = (profile for profile in load_profiles() if profile.name == name)
    return found


def test_never_more_than_a_real_bluetoothd_survives() -> None:
    assert len(or_patterns(load_profiles())) == MOST == 7


def test_bluezone_is_let_through_as_android_sends_it_without_flags() -> None:
    assert {
        (0, Field.COMPLETE_LIST_SERVICE_UUID16, b"\x56\x4e"),
        (0, Field.MANUFACTURER_SPECIFIC_DATA, b"\xb5\x22"),
    } <= set(or_patterns(bluezone()))


def test_all_that_the_campaign_needs_has_room_and_the_usual_traffic_too() -> None:
    profiles = [*bluezone(), named("exposure-notification")]
    service_data = (0, Field.SERVICE_DATA_UUID16, b"\x6f\xfd")
    assert {service_data, *EVERYBODY} <= set(or_patterns(profiles))


def test_any_company() -> None:
    assert (2, Field.MANUFACTURER_SPECIFIC_DATA, b"\xbe\xac") in or_patterns([named("altbeacon")])


def test_usual_traffic_is_let_through_even_without_a_profile() -> None:
    assert set(or_patterns([])) == set(EVERYBODY)


def test_nothing_is_asked_for_twice() -> None:
    patterns = or_patterns(load_profiles())
    assert len(patterns) == len(set(patterns))
    apple = [each for each in patterns if each[1] == Field.MANUFACTURER_SPECIFIC_DATA and each[2][:2] == b"\x4c\x00"]
    assert apple == [(0, Field.MANUFACTURER_SPECIFIC_DATA, b"\x4c\x00")]


@pytest.mark.parametrize(("name", "heard"), [(name, heard) for name, many in ON_AIR.items() for heard in many])
def test_whatever_is_recognised_is_let_through(name: str, heard: Advert) -> None:
    """Long UUIDs are those of connectable adverts, which always have flags."""
    patterns = or_patterns([named(name)])
    flags = 0x1A if any(len(on_air(uuid)) == 16 for uuid in heard.service_uuids) else None
    fields = as_fields(heard.service_uuids, heard.service_data, heard.manufacturer_data, heard.local_name, flags)
    assert any(
        kind == wanted and data[start:].startswith(content)
        for start, wanted, content in patterns
        for kind, data in fields
    )

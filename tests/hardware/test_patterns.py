import pytest
from bleak.assigned_numbers import AdvertisementDataType as Field

from hardware.events import Advert
from hardware.patterns import EVERYBODY, or_patterns
from hardware.profiles import load_profiles
from tests.bus.on_air import as_fields
from tests.hardware.adverts import ON_AIR

IOS_ON_AIR = bytes.fromhex("67a607add1172fa1c44bf573564e0000")


def bluezone():
    return [profile for profile in load_profiles() if profile.name.startswith("bluezone")]


def test_bluezone_is_let_through_as_it_is_on_air() -> None:
    patterns = set(or_patterns(bluezone()))
    assert {
        (0, Field.INCOMPLETE_LIST_SERVICE_UUID16, b"\x56\x4e"),
        (0, Field.COMPLETE_LIST_SERVICE_UUID16, b"\x56\x4e"),
        (0, Field.INCOMPLETE_LIST_SERVICE_UUID128, IOS_ON_AIR),
        (0, Field.COMPLETE_LIST_SERVICE_UUID128, IOS_ON_AIR),
        (0, Field.MANUFACTURER_SPECIFIC_DATA, b"\xb5\x22"),
    } <= patterns


def test_service_data_and_any_company() -> None:
    patterns = set(or_patterns(load_profiles()))
    assert (0, Field.SERVICE_DATA_UUID16, b"\x6f\xfd") in patterns
    assert (2, Field.MANUFACTURER_SPECIFIC_DATA, b"\xbe\xac") in patterns


def test_usual_traffic_is_let_through_even_without_a_profile() -> None:
    assert set(or_patterns([])) == set(EVERYBODY)


def test_nothing_is_asked_for_twice() -> None:
    patterns = or_patterns(load_profiles())
    assert len(patterns) == len(set(patterns))
    apple = [each for each in patterns if each[1] == Field.MANUFACTURER_SPECIFIC_DATA and each[2][:2] == b"\x4c\x00"]
    assert apple == [(0, Field.MANUFACTURER_SPECIFIC_DATA, b"\x4c\x00")]


@pytest.mark.parametrize(("name", "heard"), [(name, heard) for name, many in ON_AIR.items() for heard in many])
def test_whatever_is_recognised_is_let_through(name: str, heard: Advert) -> None:
    patterns = or_patterns(profile for profile in load_profiles() if profile.name == name)
    fields = as_fields(heard.service_uuids, heard.service_data, heard.manufacturer_data, heard.local_name, flags=None)
    assert any(
        kind == wanted and data[start:].startswith(content)
        for start, wanted, content in patterns
        for kind, data in fields
    )

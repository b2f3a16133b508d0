from bleak.assigned_numbers import AdvertisementDataType as Field

from hardware.patterns import EVERYBODY, or_patterns
from hardware.profiles import load_profiles

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

"""Adverts as captured or published, one of each app, and whatever else may be on air."""

import tracemalloc
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.beacons import OTHER_DEVICE, BeaconProfile, Manufacturer, Recogniser, Sighting, load_profiles
from hardware.events import Advert
from tests.hardware.adverts import BASE, BLUETRACE, BLUEZONE, IOS, ON_AIR, ROLLING, advert, overflow


@pytest.fixture(scope="module")
def recogniser() -> Recogniser:
    return Recogniser(load_profiles(), key=b"test")


@pytest.mark.parametrize(("name", "heard"), [(name, heard) for name, many in ON_AIR.items() for heard in many])
def test_each_app_is_told(recogniser: Recogniser, name: str, heard: Advert) -> None:
    sighting = recogniser.sighting(heard)
    assert sighting is not None
    assert (sighting.profile.name, sighting.certain) == (name, True)


def test_every_shipped_profile_has_an_example_here() -> None:
    assert {profile.name for profile in load_profiles()} == {*ON_AIR, "bluezone-ios-background"}


@pytest.mark.parametrize(
    "heard",
    [
        advert(),
        advert(manufacturer_data={0x004C: bytes.fromhex("1005cd77eb10ec")}),  # an iPhone's nearby info
        advert(manufacturer_data={0x0075: bytes.fromhex("b69a62792ea8db6c")}),
        advert(service_uuids=("0000180f" + BASE,), local_name="Mi Band"),
        advert(manufacturer_data={0x004C: b"\x02\x15" + bytes(3)}),
        advert(manufacturer_data={0x0118: b"\xbe\xac"}),
    ],
)
def test_gadgets_and_bare_phones_are_not_the_app(recogniser: Recogniser, heard: Advert) -> None:
    assert recogniser.sighting(heard) is None


def test_backgrounded_iphone_is_told_by_its_bit_but_never_for_certain(recogniser: Recogniser) -> None:
    sighting = recogniser.sighting(advert(manufacturer_data=overflow(3)))
    assert sighting is not None
    assert sighting.profile.name == "bluezone-ios-background"
    assert not sighting.certain


def test_other_apps_bits_in_the_same_mask_change_nothing(recogniser: Recogniser) -> None:
    together = recogniser.sighting(advert(manufacturer_data=overflow(3, 50, 127)))
    assert together is not None
    assert together.profile.name == "bluezone-ios-background"
    assert recogniser.sighting(advert(manufacturer_data=overflow(50, 127))) is None


def test_phone_is_its_rolling_id_while_the_address_changes(recogniser: Recogniser) -> None:
    first, second = (
        recogniser.sighting(advert(address=address, manufacturer_data={8885: ROLLING}))
        for address in ("43:8A:5D:BE:75:9D", "6A:E7:59:11:ED:F5")
    )
    assert isinstance(first, Sighting)
    assert isinstance(second, Sighting)
    assert first.phone == second.phone
    assert first.address != second.address


def test_phone_is_its_address_where_there_is_no_whole_rolling_id(recogniser: Recogniser) -> None:
    cut_short = recogniser.sighting(advert(service_uuids=(BLUEZONE,), manufacturer_data={8885: ROLLING[:11]}))
    assert cut_short is not None
    assert cut_short.phone == cut_short.address


def test_metadata_after_the_rolling_id_does_not_make_another_phone(recogniser: Recogniser) -> None:
    exposure = "0000fd6f" + BASE
    first = recogniser.sighting(advert(service_data={exposure: bytes(16) + b"1111"}))
    second = recogniser.sighting(advert(service_data={exposure: bytes(16) + b"2222"}))
    assert first is not None
    assert second is not None
    assert first.phone == second.phone


def test_what_tells_no_app_still_tells_that_a_device_is_there(recogniser: Recogniser) -> None:
    heard = replace(advert(manufacturer_data={0x004C: bytes.fromhex("1005cd77eb10ec")}), rssi=-61)
    device = recogniser.other_device(heard)

    assert recogniser.sighting(heard) is None
    assert (device.profile, device.rssi, device.phone) == (OTHER_DEVICE, -61, device.address)
    assert recogniser.other_device(replace(heard, address="AA:BB")).phone != device.phone


def test_another_process_cannot_recognise_the_phone_again() -> None:
    heard = advert(manufacturer_data={8885: ROLLING})
    phones = set()
    for _ in range(2):
        sighting = Recogniser(load_profiles()).sighting(heard)
        assert sighting is not None
        phones.add(sighting.phone)
    assert len(phones) == 2


def test_a_flood_of_new_addresses_does_not_fill_the_memory() -> None:
    recogniser = Recogniser(load_profiles())
    tracemalloc.start()
    sizes = []
    for number in range(30_000):
        recogniser.sighting(advert(address=f"{number:012X}", service_uuids=(IOS,)))
        if number % 10_000 == 9_999:
            sizes.append(tracemalloc.get_traced_memory()[0])
    tracemalloc.stop()
    assert sizes[-1] < 2_000_000
    assert sizes[-1] < sizes[0] * 1.1


def test_only_what_the_campaign_names_is_told() -> None:
    campaign = Recogniser([profile for profile in load_profiles() if profile.name.startswith("bluezone")])
    assert campaign.sighting(ON_AIR["exposure-notification"][0]) is None
    assert campaign.sighting(ON_AIR["bluezone-ios"][0]) is not None


def test_a_profile_that_wants_every_sign_is_not_content_with_one() -> None:
    strict = BeaconProfile("x", "X", service_uuids=(IOS,), manufacturer=(Manufacturer(7, b"\x01"),), every=True)
    recogniser = Recogniser([strict])
    assert recogniser.sighting(advert(service_uuids=(IOS,), manufacturer_data={7: b"\x02"})) is None
    assert recogniser.sighting(advert(service_uuids=(IOS,), manufacturer_data={7: b"\x01\x02"})) is not None


uuids = st.one_of(
    st.uuids().map(str), st.sampled_from([BLUEZONE, IOS, BLUETRACE, "0000fd6f" + BASE]), st.text(max_size=40)
)
companies = st.one_of(st.integers(0, 0xFFFF), st.sampled_from([0x004C, 8885, 0xFFFA]))
whatever = st.builds(
    Advert,
    t=st.floats(allow_nan=False),
    address=st.text(max_size=30),
    rssi=st.integers(-128, 127),
    service_uuids=st.lists(uuids, max_size=140).map(tuple),
    service_data=st.dictionaries(uuids, st.binary(max_size=255), max_size=5),
    manufacturer_data=st.dictionaries(companies, st.binary(max_size=255), max_size=5),
    local_name=st.none() | st.text(max_size=250) | st.just("Bluezone"),
)


@given(whatever)
def test_nothing_on_air_upsets_it(recogniser: Recogniser, heard: Advert) -> None:
    sighting = recogniser.sighting(heard)
    assert sighting is None or (sighting.t, sighting.rssi) == (heard.t, heard.rssi)
    assert recogniser.sighting(heard) == sighting


@given(area=st.binary(min_size=16, max_size=16), more=st.binary(max_size=8))
def test_only_the_bit_decides(recogniser: Recogniser, area: bytes, more: bytes) -> None:
    sighting = recogniser.sighting(advert(manufacturer_data={0x004C: b"\x01" + area + more}))
    told = sighting is not None and sighting.profile.name == "bluezone-ios-background"
    assert told == bool(area[0] & 0x08)

"""A recording gives away no phone, and a replay of it still tells the same phones apart."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from hardware.beacons import Recogniser, load_profiles
from hardware.concealment import Concealer
from hardware.events import Advert
from hardware.simulation import DoorParameters, Phones, simulate

PROFILES = load_profiles()
ADDRESS = "43:8A:5D:BE:75:9D"
ROLLING_ID = bytes.fromhex("9a595295af6f01038cd2fe75")
BLUEZONE = "00004e56-0000-1000-8000-00805f9b34fb"


def test_address_and_rolling_id_are_replaced_everywhere_the_same():
    conceal = Concealer(PROFILES)
    advert = Advert(1.0, ADDRESS, -70, service_uuids=(BLUEZONE,), manufacturer_data={0x22B5: ROLLING_ID})

    written = conceal(advert)

    assert written.address != ADDRESS
    assert written.manufacturer_data[0x22B5] != ROLLING_ID
    assert len(written.manufacturer_data[0x22B5]) == 12
    assert (written.t, written.rssi, written.service_uuids) == (1.0, -70, (BLUEZONE,))
    assert conceal(advert) == written
    assert Concealer(PROFILES)(advert) != written


def test_what_no_profile_speaks_of_is_left_out_or_blank():
    advert = Advert(
        1.0,
        ADDRESS,
        -70,
        service_uuids=("0000180f-0000-1000-8000-00805f9b34fb",),
        service_data={"0000180f-0000-1000-8000-00805f9b34fb": b"secret"},
        manufacturer_data={0x004C: bytes.fromhex("1005cd77eb10ec"), 0x0075: b"Galaxy"},
        local_name="Nguyễn Văn An's watch",
        tx_power=4,
    )

    written = Concealer(PROFILES)(advert)

    assert (written.service_uuids, written.service_data, written.local_name, written.tx_power) == ((), {}, None, None)
    assert not any(b"".join(written.manufacturer_data.values()))


def test_of_the_overflow_area_only_known_bits_stay():
    area = bytes([0x01, 0x08 | 0x40]) + bytes.fromhex("ff" * 15)

    written = Concealer(PROFILES)(Advert(1.0, ADDRESS, -70, manufacturer_data={0x004C: area})).manufacturer_data[0x004C]

    assert written[1] & 0x08
    assert not written[1] & 0x40


def test_a_recorded_crowd_is_told_apart_as_before():
    everything = Phones(smartphone=1.0, app=0.9, exposure_notification=0.5, gadget=0.5)
    adverts = [e for e in simulate(DoorParameters(phones=everything), 240, seed=4).events if isinstance(e, Advert)]
    conceal = Concealer(PROFILES)

    before = [Recogniser(PROFILES, key=b"a").sighting(advert) for advert in adverts]
    after = [Recogniser(PROFILES, key=b"b").sighting(conceal(advert)) for advert in adverts]

    assert [s and (s.t, s.rssi, s.profile, s.certain) for s in before] == [
        s and (s.t, s.rssi, s.profile, s.certain) for s in after
    ]
    pairs = {(b.phone, a.phone, b.address, a.address) for b, a in zip(before, after, strict=True) if a and b}
    assert len(pairs) > 20
    assert all((x[0] == y[0]) == (x[1] == y[1]) and (x[2] == y[2]) == (x[3] == y[3]) for x, y in combinations(pairs, 2))


companies = st.sampled_from([0x22B5, 0x004C, 0x0075, 0xFFFA]) | st.integers(0, 0xFFFF)
payloads = st.binary(max_size=30) | st.sampled_from([bytes.fromhex("0215") + bytes(range(21)), b"\xbe\xac" + bytes(22)])
uuids = st.sampled_from(sorted({u for p in PROFILES for u in (*p.service_uuids, *p.service_data_uuids)}))


@given(
    manufacturer_data=st.dictionaries(companies, payloads, max_size=3),
    service_data=st.dictionaries(uuids, payloads, max_size=2),
    service_uuids=st.lists(uuids, max_size=2).map(tuple),
)
def test_whatever_is_on_air_it_is_told_as_before(manufacturer_data, service_data, service_uuids):
    advert = Advert(0.0, ADDRESS, -70, "inside", service_uuids, service_data, manufacturer_data)
    recogniser = Recogniser(PROFILES, key=b"")

    before, after = recogniser.sighting(advert), recogniser.sighting(Concealer(PROFILES, key=b"c")(advert))

    assert (before and before.profile) == (after and after.profile)
    assert before is None or (before.phone == before.address) == (after.phone == after.address)

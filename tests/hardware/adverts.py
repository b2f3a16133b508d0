"""One advert of each app, as captured or published, for all tests that must know them."""

from hardware.events import Advert

ROLLING = bytes.fromhex("9a595295af6f01038cd2fe75")
ADDRESS = "43:8A:5D:BE:75:9D"
BASE = "-0000-1000-8000-00805f9b34fb"
BLUEZONE = "00004e56" + BASE
IOS = "00004e56-73f5-4bc4-a12f-17d1ad07a667"
BLUETRACE = "b82ab3fc-1595-4f6a-80f0-fe094cc218f9"


def advert(**what) -> Advert:
    return Advert(t=1.0, address=what.pop("address", ADDRESS), rssi=-70, **what)


def overflow(*bits: int) -> dict[int, bytes]:
    area = bytearray(16)
    for bit in bits:
        area[bit >> 3] |= 1 << (bit & 7)
    return {0x004C: b"\x01" + bytes(area)}


ON_AIR = {
    "bluezone-android": [
        advert(service_uuids=(BLUEZONE,), manufacturer_data={8885: ROLLING}),
        advert(service_uuids=(BLUEZONE,)),
        advert(manufacturer_data={8885: ROLLING}),
    ],
    "bluezone-ios": [advert(service_uuids=(IOS,)), advert(local_name="Bluezone")],
    "bluezone-legacy": [
        advert(service_uuids=("e20a39f4-73f5-4bc4-a12f-17d1ad07a667",)),
        advert(service_uuids=("e20a39f4-73f5-4bc4-a12f-17d1ad07a889",), manufacturer_data={8885: b"8f3aQz"}),
    ],
    "exposure-notification": [
        advert(service_uuids=("0000fd6f" + BASE,), service_data={"0000fd6f" + BASE: bytes(20)}),
        advert(service_data={"0000fd6f" + BASE: bytes(20)}),
    ],
    "bluetrace": [advert(service_uuids=(BLUETRACE,), manufacturer_data={1023: b"ab1"})],
    "covidsafe-v2": [advert(service_uuids=(BLUETRACE,), manufacturer_data={65530: b"pseudo"})],
    "herald": [
        advert(service_uuids=("428132af-4746-42d3-801e-4572d65bfd9b",)),
        advert(service_uuids=("0000fcf6" + BASE,)),
        advert(manufacturer_data={0xFFFA: b"pseudo"}),
        advert(manufacturer_data={0x05F1: b"pseudo"}),
    ],
    "tousanticovid": [advert(service_data={"0000fd64" + BASE: bytes(18)})],
    "dp3t": [advert(service_data={"0000fd68" + BASE: bytes(16)})],
    "nhs-beta": [advert(service_uuids=("c1f5983c-fa94-4ac8-8e2e-bb86d6de9b21",))],
    "altbeacon": [advert(manufacturer_data={0x0118: b"\xbe\xac" + bytes(20) + b"\xc5\x00"})],
    "eddystone": [advert(service_data={"0000feaa" + BASE: b"\x00\xee" + bytes(16)})],
    "ibeacon": [advert(manufacturer_data={0x004C: b"\x02\x15" + bytes(20) + b"\xc5"})],
}

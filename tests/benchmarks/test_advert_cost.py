"""What one advert costs us, as a ratio to what bleak spends on delivering it, measured in the same run.

Both sides are timed in turns and the least of many rounds counts, so that a busy machine slows both or neither.
"""

import asyncio
import io
import timeit
from collections.abc import Callable

import pytest
from bleak.backends.bluezdbus.manager import BlueZManager
from bleak.backends.bluezdbus.scanner import BleakScannerBlueZDBus
from bleak.backends.device import BLEDevice
from bleak.backends.scanner import AdvertisementData
from dbus_fast import Message, Variant
from dbus_fast._private.unmarshaller import Unmarshaller

from hardware.beacons import Recogniser, load_profiles
from hardware.clock import SystemClock
from hardware.events import Event
from hardware.radio import Radio
from kiosk.doorway import Doorway, Layout

pytestmark = pytest.mark.bench

PATH = "/org/bluez/hci0/dev_43_8A_5D_BE_75_9D"
BLUEZONE = "00004e56-0000-1000-8000-00805f9b34fb"
ROUNDS, CALLS = 15, 3000

ON_AIR = {
    "the app": {"UUIDs": [BLUEZONE], "ManufacturerData": {8885: bytes(range(12))}},
    "another iPhone": {"UUIDs": [], "ManufacturerData": {0x004C: bytes.fromhex("1005cd77eb10ec")}},
    "a gadget": {"UUIDs": [], "ManufacturerData": {0x0075: bytes.fromhex("b69a62792ea8db6c")}},
}


def bleak_delivery(what: dict, callback: Callable[[BLEDevice, AdvertisementData], None]) -> Callable[[], None]:
    """Return what bleak does for one advert: from the bytes on the socket to the callback."""
    manager = BlueZManager()
    scanner = BleakScannerBlueZDBus(callback, None, "active", bluez={})
    manager._advertisement_callbacks["/org/bluez/hci0"].append(scanner._handle_advertising_data)
    device = {"Address": "43:8A:5D:BE:75:9D", "Alias": "43-8A-5D-BE-75-9D", "Adapter": "/org/bluez/hci0", **what}
    manager._properties[PATH] = {"org.bluez.Device1": device}
    data = {company: Variant("ay", value) for company, value in what["ManufacturerData"].items()}
    changed = {"RSSI": Variant("n", -70), "ManufacturerData": Variant("a{qv}", data)}
    signal = Message.new_signal(
        PATH, "org.freedesktop.DBus.Properties", "PropertiesChanged", "sa{sv}as", ["org.bluez.Device1", changed, []]
    )
    signal.serial = 1
    raw = bytes(signal._marshall(False))

    def deliver() -> None:
        message = Unmarshaller(io.BytesIO(raw), negotiate_unix_fd=False).unmarshall()
        assert message is not None
        manager._parse_msg(message)

    return deliver


def ours(what: dict) -> tuple[Callable[[], None], Callable[[], None]]:
    """Return what we do for one advert: the radio's callback, and all that the core does beyond the queue.

    The core recognises it and adds it to the track of its phone or device.
    """
    radio = Radio("inside", "", "active", load_profiles(), SystemClock())
    doorway = Doorway(Layout(), Recogniser(load_profiles()))
    heard: list[Event] = []
    radio._put = heard.append
    device, data = example(what)
    radio._heard(device, data)  # the first one says that the radio listens
    radio._heard(device, data)
    advert = heard[-1]

    def adapter() -> None:
        radio._heard(device, data)
        heard.clear()

    def core() -> None:
        doorway.handle(advert)

    return adapter, core


def example(what: dict) -> tuple[BLEDevice, AdvertisementData]:
    caught: list[tuple[BLEDevice, AdvertisementData]] = []
    bleak_delivery(what, lambda device, data: caught.append((device, data)))()
    return caught[0]


@pytest.mark.parametrize("sender", ON_AIR)
def test_the_core_spends_under_half_of_what_bleak_does_on_an_advert(sender: str, record_property: Callable) -> None:
    what = ON_AIR[sender]

    async def measure() -> list[float]:  # bleak's manager wants a running loop
        timers = [timeit.Timer(each) for each in (bleak_delivery(what, lambda _device, _data: None), *ours(what))]
        rounds = [[timer.timeit(CALLS) for timer in timers] for _ in range(ROUNDS)]
        return [min(each) / CALLS * 1e6 for each in zip(*rounds, strict=True)]

    bleak_us, adapter_us, core_us = asyncio.run(measure())
    record_property("microseconds", {"bleak": bleak_us, "adapter": adapter_us, "core": core_us})
    print(  # noqa: T201
        f"{sender}: bleak {bleak_us:.2f} us, our callback {adapter_us:.2f} us, the core {core_us:.2f} us, "
        f"core over bleak {core_us / bleak_us:.2f}, all of ours {(adapter_us + core_us) / bleak_us:.2f}"
    )
    assert core_us < bleak_us / 2

from hardware.beacons import OTHER_DEVICE, Sighting
from kiosk.doorway.devices import REMEMBERED, Devices


def sighting(t: float, address: int) -> Sighting:
    return Sighting(t, "inside", -60, OTHER_DEVICE, address, address, certain=True)


def test_what_sends_the_app_too_is_no_other_device_whichever_came_first() -> None:
    devices = Devices()
    devices.add(sighting(1.0, 7))
    devices.add(sighting(1.5, 7))
    devices.sends_app(7)
    devices.sends_app(8)
    devices.add(sighting(2.0, 7))
    devices.add(sighting(2.0, 8))
    devices.add(sighting(2.0, 9))

    assert [(track.first, track.heard) for track in devices.tracks] == [(2.0, 1)]


def test_the_addresses_of_the_app_stay_few() -> None:
    devices = Devices()
    for address in range(REMEMBERED + 1):
        devices.sends_app(address)
    devices.add(sighting(1.0, 0))
    devices.add(sighting(1.0, 1))

    assert len(list(devices.tracks)) == 1

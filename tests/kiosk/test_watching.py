"""What an admin sees of a door at work."""

from hardware.beacons import Recogniser, load_profiles
from hardware.events import Advert, Beam, Scanner
from kiosk.decisions import App, Correction, Direction, Entry, Passage, Source
from kiosk.watching import FORGET_AFTER, KEPT, Watcher

BLUEZONE = "0000fd6f-0000-1000-8000-00805f9b34fb"


def watcher() -> Watcher:
    return Watcher(Recogniser(load_profiles()))


def advert(t, address="43:8A:5D:BE:75:9D", rssi=-60, radio="inside", service=BLUEZONE) -> Advert:
    return Advert(t, address, rssi, radio, (service,), {service: bytes(range(20))} if service else {})


def texts(happenings) -> list[tuple[str, str]]:
    return [(happening.kind, happening.text) for happening in happenings]


def test_adverts_are_counted_over_the_last_seconds():
    watching = watcher()
    for tenth in range(200):
        watching.see(Advert(tenth / 10, "00:11:22:33:44:55", -70))
    assert watching.rates(20.0) == {"inside": 10.0}
    assert watching.rates(60.0) == {"inside": 0.0}


def test_a_phone_is_said_once_followed_and_forgotten():
    watching = watcher()
    [first] = watching.see(advert(1.0))
    assert first.kind == "phone"
    assert "43:8A" not in first.text
    assert watching.see(advert(2.0, rssi=-50, radio="outside")) == []
    [phone] = watching.phones(3.0)
    assert (phone.number, phone.strength, phone.heard) == (1, {"inside": -60, "outside": -50}, 2.0)
    assert watching.phones(3.0 + FORGET_AFTER) == []


def test_what_happens_at_the_door_is_said_in_words():
    watching = watcher()
    assert texts(watching.see(Beam(1.0, "outer", True))) == [("beam", "outer broken")]
    assert watching.see(Beam(1.2, "outer", False)) == []
    assert texts(watching.see(Scanner(2.0, "inside", False, "adapter gone"))) == [
        ("radio", "inside is silent: adapter gone")
    ]
    said = watching.decide(
        [
            Passage(1, 3.0, Direction.IN),
            Entry(1, 3.0, Direction.IN, App.DETECTED, 0.93, Source.DOOR),
            Correction(1, 9.0, Source.OFFICER, App.SHOWN),
            Correction(1, 9.0, Source.OFFICER, cancelled=True),
        ]
    )
    assert texts(said) == [
        ("passage", "1 in"),
        ("entry", "1 in, detected, 93% sure, by the door"),
        ("correction", "1: shown"),
        ("correction", "1: cancelled"),
    ]
    assert list(watching.happenings)[-4:] == said


def test_a_crowd_does_not_fill_the_memory():
    watching = watcher()
    for number in range(3 * KEPT):
        service_data = number.to_bytes(20, "big")
        watching.see(Advert(1.0, f"{number:012x}", -60, "inside", (BLUEZONE,), {BLUEZONE: service_data}))
    assert len(watching.phones(1.0)) <= KEPT
    assert len(watching.happenings) <= KEPT

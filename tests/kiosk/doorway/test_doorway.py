from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware.beacons import Recogniser, load_profiles
from hardware.events import Action, Advert, Beam, Event, Press, Scanner
from kiosk.decisions import App, Closeby, Direction, Entry, Greeting, Passage, Source
from kiosk.doorway import Doorway, Layout
from tests.kiosk.doorway.conftest import Entrance


def test_a_phone_with_the_app_comes_in(door: Entrance) -> None:
    door.walk(10.0)
    door.phone(passes=10.8)

    (entry,) = door.run().entries

    assert (entry.direction, entry.app, entry.source) == (Direction.IN, App.DETECTED, Source.DOOR)
    assert entry.t == pytest.approx(10.0, abs=0.05)
    assert entry.confidence > 0.5
    assert entry.reasons


def test_nobody_with_the_app_comes_in(door: Entrance) -> None:
    door.walk(10.0, Direction.OUT)

    (entry,) = door.run().entries

    assert (entry.direction, entry.app) == (Direction.OUT, App.NOT_DETECTED)


def test_one_phone_is_one_person(door: Entrance) -> None:
    for t in (10.0, 11.0, 12.0):
        door.walk(t)
    door.phone(passes=11.8)

    entries = door.run().entries
    probabilities = [e.confidence if e.app is App.DETECTED else 1 - e.confidence for e in entries]

    assert [entry.app for entry in entries].count(App.DETECTED) <= 1
    assert 0.5 < sum(probabilities) < 1.5


def test_the_passage_is_said_at_once_and_the_entry_has_its_number(door: Entrance) -> None:
    door.walk(10.0)
    door.walk(20.0, Direction.OUT)
    door.run()

    kinds = [type(decision) for decision in door.decisions]
    assert kinds == [Passage, Passage, Entry, Entry]
    assert [entry.number for entry in door.entries] == [passage.number for passage in door.passages]


def test_silence_of_a_radio_that_did_not_listen_is_unknown(door: Entrance) -> None:
    door.scanner(5.0, listening=False)
    door.walk(10.0)
    door.scanner(60.0, listening=True)
    door.walk(70.0)

    assert [entry.app for entry in door.run().entries] == [App.UNKNOWN, App.NOT_DETECTED]


def test_one_of_two_radios_that_listens_is_enough(entrance: type[Entrance]) -> None:
    door = entrance(Layout(radios=("inside", "outside")))
    door.scanner(0.0, listening=False, radio="inside")
    door.walk(10.0)
    door.phone(9.5, radio="outside")

    assert [entry.app for entry in door.run().entries] == [App.DETECTED]


def test_a_phone_held_to_the_kiosk_is_seen_within_one_advert(door: Entrance) -> None:
    door.advert(5.0, name=1, rssi=-50)
    door.advert(5.1, name=2, rssi=-70)

    assert [d for d in door.run().decisions if isinstance(d, Closeby)] == [Closeby(5.0, -50.0)]


def test_somebody_whose_phone_is_clear_is_greeted_while_still_in_front_of_the_screen(door: Entrance) -> None:
    door.walk(10.0)
    door.phone(passes=10.8)
    for tenth in range(100, 250):
        door.scanner(tenth / 10, listening=True, radio="a watchdog's beat")

    greetings = [d for d in door.run().decisions if isinstance(d, Greeting)]

    assert [greeting.number for greeting in greetings] == [door.entries[0].number]
    assert greetings[0].t - 10.0 < 11


def test_the_first_phone_close_by_after_an_installation_is_greeted_once(door: Entrance) -> None:
    door.advert(3.0, name=1, rssi=-50)
    door.press(5.0, Action.INSTALLED_HERE)
    for t in (7.0, 20.0, 20.2):
        door.advert(t, name=1 if t < 10 else 2, rssi=-50)

    greetings = [d for d in door.run().decisions if isinstance(d, Greeting)]

    assert greetings == [Greeting(20.0, first_after_install=True)]


def test_no_sensor_counts_the_phones_that_come_near_and_says_so(no_sensor: Entrance) -> None:
    no_sensor.phone(passes=20.0, name=1)
    no_sensor.phone(passes=60.0, name=2, loudest=-90)

    (entry,) = no_sensor.run().entries

    assert (entry.source, entry.app, entry.direction) == (Source.RADIO, App.DETECTED, Direction.IN)


def test_no_sensor_counts_a_phone_that_changes_its_identity_once(no_sensor: Entrance) -> None:
    for tenth in range(-100, 100):
        no_sensor.advert(20 + tenth / 10, 1 if tenth < 10 else 2, round(-62 - 3 * abs(tenth / 10)))

    assert len(no_sensor.run().entries) == 1


def test_the_key_of_the_hash_changes_nothing(entrance: type[Entrance]) -> None:
    said = []
    for key in (b"one", b"another", b"a third"):
        door = entrance(key=key)
        for k in range(6):
            door.walk(10.0 + k)
            door.phone(10.5 + k, name=k)
        said.append(door.run().decisions)

    assert said[0] == said[1] == said[2]


def test_a_clock_that_is_set_back_loses_nobody(door: Entrance) -> None:
    doorway = Doorway(door.layout, Recogniser(load_profiles()))
    said = []
    for start in (1000.0, 10.0):
        for t, sensor, active in (
            (0.0, "outer", True),
            (0.3, "inner", True),
            (0.31, "outer", False),
            (0.6, "inner", False),
        ):
            said += doorway.handle(Beam(start + t, sensor, active))
            said += doorway.advance(start + t)
        said += doorway.advance(start + 2)
    said += doorway.finish(12.0)

    assert [round(d.t) for d in said if isinstance(d, Entry)] == [1000, 10]


def test_often_or_seldom_advanced_the_same_entries(door: Entrance) -> None:
    door.walk(10.0)
    door.phone(10.5)
    door.walk(13.0)
    door.walk(30.0, Direction.OUT)
    events = sorted(door.events, key=lambda event: event.t)
    said = []
    for step in (0.1, 5.0):
        doorway = Doorway(door.layout, Recogniser(load_profiles()))
        decisions, due = [], 0.0
        for event in events:
            while due < event.t:
                decisions += doorway.advance(due)
                due += step
            decisions += doorway.handle(event)
        decisions += doorway.finish(100.0)
        said.append({(d.t, d.direction, d.app) for d in decisions if isinstance(d, Entry)})

    assert said[0] == said[1]


times = st.one_of(st.floats(0, 120), st.floats(allow_nan=True, allow_infinity=True))
events = st.one_of(
    st.builds(Beam, times, st.sampled_from(["outer", "inner", "other"]), st.booleans()),
    st.builds(Press, times, st.sampled_from(Action), st.integers(-1, 5)),
    st.builds(Scanner, times, st.sampled_from(["inside", "outside", "third"]), st.booleans()),
    st.builds(
        lambda t, name, rssi: Advert(t, str(name), rssi, manufacturer_data={0x22B5: bytes([name] * 12)}),
        times,
        st.integers(0, 5),
        st.integers(-120, 20),
    ),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(events, max_size=60), st.sampled_from([("outer", "inner"), ("beam",), ()]))
def test_no_order_of_events_raises_or_makes_two_of_one(events: list[Event], sensors: tuple[str, ...]) -> None:
    doorway = Doorway(Layout(sensors), Recogniser(load_profiles()))
    decisions = []
    for event in events:
        decisions += doorway.handle(event)
        decisions += doorway.advance(event.t)
    decisions += doorway.finish(200.0)

    entries = [d.number for d in decisions if isinstance(d, Entry)]
    assert len(entries) == len(set(entries))
    assert {d.number for d in decisions if isinstance(d, Passage)} <= set(entries)


def test_no_gap_nor_duplicate_nor_flood_loses_a_passage(door: Entrance) -> None:
    for k in range(10):
        door.walk(10.0 + 3 * k)
    door.events += list(door.events)
    for k in range(20_000):
        door.advert(5.0 + k / 1000, name=1000 + k, rssi=-80)

    assert len(door.run().entries) == 10


def test_somebody_whose_phone_says_other_things_most_likely_has_no_app(entrance) -> None:
    said = []
    for with_device in (False, True):
        door = entrance()
        door.scanner(1.0, listening=True)
        door.walk(50.0)
        door.phone(50.3, loudest=-84.0)
        if with_device:
            door.device(50.1)
        (entry,) = door.run().entries
        said.append(entry.confidence if entry.app is App.DETECTED else 1 - entry.confidence)

    assert said[1] < said[0] - 0.1


def test_of_two_people_the_one_without_a_device_of_another_kind_has_the_phone(entrance) -> None:
    door = entrance()
    door.walk(50.0)
    door.walk(51.4)
    door.phone(50.9)
    door.device(50.2)
    first, second = door.run().entries

    assert (first.app, second.app) == (App.NOT_DETECTED, App.DETECTED)
    assert "for a device that does not send the app" in first.reasons[0]


def test_a_phone_that_says_other_things_beside_the_app_is_one_phone(entrance) -> None:
    door = entrance()
    door.walk(50.0)
    door.phone(50.1, name=1)
    door.device(50.1)
    # The same address for both, as an iPhone has: no other device is there.
    door.events = [replace(event, address="one") if isinstance(event, Advert) else event for event in door.events]
    alone = entrance()
    alone.walk(50.0)
    alone.phone(50.1, name=1)

    assert [entry.confidence for entry in door.run().entries] == [entry.confidence for entry in alone.run().entries]

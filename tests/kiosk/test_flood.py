"""Floods of strangers: bounded, said to be suspect, and no passage is lost; the full one is among the benchmarks."""

import pytest

from hardware.events import Advert, Beam, Scanner
from kiosk.checks import check_air
from kiosk.core import FLOOD, Core
from kiosk.decisions import App, Closeby
from kiosk.doorway.doorway import SUSPECT_FOR
from kiosk.doorway.tracks import MOST_STRANGERS, MOST_TRACKS
from kiosk.health import State

from .flooding import VISITS, Flooded, minute, visit


@pytest.fixture
def flooded():
    return Flooded()


def test_an_ordinary_minute_is_not_suspect(flooded):
    flooded.core.start()
    flooded.play(minute(1.0, 200))
    assert not flooded.entrance.suspect(flooded.now)
    assert [entry.app for entry in flooded.finish()] == [App.DETECTED] * len(VISITS)


def test_a_flood_is_suspect_is_bounded_and_loses_no_passage(flooded):
    flooded.core.start()
    flooded.play(minute(1.0, 30_000))
    assert flooded.entrance.suspect(flooded.now)
    assert not flooded.entrance.suspect(flooded.now + SUSPECT_FOR + 1)
    tracks = flooded.entrance._doorway._tracks
    assert len(tracks._tracks) <= MOST_TRACKS
    assert len(tracks._strangers) <= MOST_STRANGERS
    assert [entry.app for entry in flooded.finish()] == [App.DETECTED] * len(VISITS)


def test_nothing_is_learned_from_a_flood(flooded):
    before = flooded.entrance.memory()
    flooded.core.start()
    flooded.play(minute(1.0, 30_000))
    known = flooded.entrance.memory()
    flooded.play(iter(visit(100.0, 99)))
    flooded.now = 110.0
    assert known == before
    assert len(flooded.finish()) == len(VISITS) + 1
    assert flooded.entrance.memory() != before  # an ordinary visit afterwards is


def test_a_flood_of_close_ones_says_so_ten_times_a_second_and_not_a_thousand_times(flooded):
    flooded.core.start()
    flooded.play(minute(1.0, 3000, rssi=-40))
    flooded.finish()
    assert sum(isinstance(decision, Closeby) for decision in flooded.decisions) <= 601


def test_adverts_that_are_let_go_make_the_app_unknown_and_never_missing(flooded):
    strangers = (Advert(20.0, f"stranger {number}", -75) for number in range(FLOOD + 10))
    for event in strangers:
        flooded.core.put(event)
    assert flooded.core.flooded
    for event in sorted(visit(22.0, 1), key=lambda event: event.t):
        if isinstance(event, Beam) or event.t >= 20.0:  # while the queue is full: let go
            flooded.core.put(event)
    flooded.core.start()
    flooded.play(iter([]))
    flooded.now = 60.0
    assert [entry.app for entry in flooded.finish()] == [App.UNKNOWN]


def test_a_radio_listens_again_once_half_of_them_are_through():
    core = Core(Flooded().entrance, lambda: 0.0, lambda decisions: None)
    for number in range(FLOOD + 5):
        core.put(Advert(1.0, f"stranger {number}", -75))
    core.put(Advert(1.5, "of the other radio", -75, "outside"))
    while core.waiting() > FLOOD // 2:
        core._events.get()
        core.put(Advert(2.0, "too early", -75)) if core.waiting() > FLOOD // 2 else None
    assert core.flooded
    core.put(Advert(3.0, "in time", -75))
    events = [core._events.get() for _ in range(core.waiting())]
    assert [event for event in events if isinstance(event, Scanner)] == [
        Scanner(1.0, "inside", False), Scanner(1.5, "outside", False), Scanner(3.0, "inside", True),
    ]  # fmt: skip


def test_what_is_doubtful_is_a_fault_with_a_reason():
    assert list(check_air(lambda: False, lambda: False)()) == [("air", State.OK, "")]
    for suspect, flooded in ((True, False), (False, True), (True, True)):
        [(part, state, detail)] = check_air(lambda s=suspect: s, lambda f=flooded: f)()
        assert (part, state, bool(detail)) == ("air", State.DEGRADED, True)

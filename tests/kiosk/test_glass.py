"""The glass between people and the kiosk: what is pressed goes where it belongs, and a lost display is no error."""

import pytest

from hardware.events import Action, Button, Digit
from kiosk.decisions import Shift
from kiosk.errors import DisplayError
from kiosk.glass import ABSENT_WAIT, CONNECTED_WAIT, LONGEST_WAIT, Doors, Glass
from kiosk.handover import Duty
from kiosk.health import State
from kiosk.screen.samples import NOW
from kiosk.screen.stage import Stage
from kiosk.screen.touch import Wish
from kiosk.settings import OfficerSection


class Clock:
    def __init__(self):
        self.now = 100.0

    def monotonic(self):
        return self.now


class Pane:
    """A window of which a test says what happens to it."""

    def __init__(self):
        self.is_open = True
        self.given = []
        self.finger = None
        self.descriptor = None
        self.drew = False
        self.needs_restart = False
        self.trouble = None
        self.shown = []

    def try_open(self, t):
        return None if self.is_open else self.trouble

    def show(self, scene):
        if self.trouble:
            self.is_open = False
            raise DisplayError(self.trouble)
        self.shown.append(scene)

    def poll(self, t):
        given, self.given = self.given, []
        return given

    def close(self):
        self.is_open = False


class Room:
    def __init__(self):
        self.clock, self.pane, self.stage = Clock(), Pane(), Stage()
        self.events, self.left, self.restarts = [], [], []
        officers = [OfficerSection(name="Lan"), OfficerSection(name="Hùng", pin="27")]
        self.duty = Duty(officers, self.events.append)
        doors = Doors(self.events.append, lambda: self.left.append(True), lambda: self.restarts.append(True))
        self.glass = Glass(self.pane, self.clock, self.stage, self.duty, doors)

    def give(self, *given):
        self.pane.given += given
        self.glass.turn()
        return self.stage.at(self.clock.now, NOW)[0]


@pytest.fixture
def room():
    return Room()


def test_buttons_and_digits_go_to_the_core(room):
    pressed = [Digit(100.0, 4), Button(100.0, Action.SHOWN, True, bounces=False)]
    room.give(*pressed)
    assert room.events == pressed


def test_digits_belong_to_a_hand_over_while_one_goes_on(room):
    assert room.give(Wish.HAND_OVER).card.title.key == "handover_ask.title"
    assert room.give(Digit(100.0, 1)).card is None
    assert room.events == [Shift(100.0, "Lan", "", 0, 0)]


def test_a_hand_over_nobody_finishes_goes_away(room):
    room.give(Wish.HAND_OVER)
    room.clock.now += 21
    assert room.give().card is None


def test_touches_bring_and_take_the_keys_and_show_the_finger(room):
    assert room.give(Wish.PAD).pad
    room.pane.finger = Action.DECLINED
    assert room.give().pressed is Action.DECLINED
    room.pane.finger = None
    assert room.give().pressed is None
    assert not room.give(Wish.PAD_AWAY).pad


def test_the_door_listens(room):
    assert room.give(Wish.LISTEN).name == "hold"


def test_escape_ends_the_kiosk(room):
    room.give(Wish.LEAVE)
    assert room.left == [True]


def test_it_looks_often_only_where_and_when_it_has_to(room):
    assert room.glass.longest_wait == LONGEST_WAIT
    room.pane.descriptor = 7
    assert room.glass.longest_wait == CONNECTED_WAIT
    room.give(Digit(100.0, 4))
    assert room.glass.longest_wait == LONGEST_WAIT
    room.pane.drew = True
    assert room.glass.longest_wait == 0
    room.pane.is_open = False
    assert room.glass.longest_wait == ABSENT_WAIT


def test_a_display_that_only_a_new_process_can_open_starts_it(room):
    room.give()
    assert room.restarts == []
    room.pane.needs_restart = True
    room.give()
    assert room.restarts == [True]


def test_a_display_that_goes_is_a_fault_and_one_that_comes_back_is_none(room, caplog):
    room.pane.trouble = "the display has gone"
    for _ in range(3):
        room.glass.show(room.stage.at(100.0, NOW)[0])
    assert list(room.glass.check()) == [("screen", State.DOWN, "the display has gone")]
    assert [record.message for record in caplog.records] == ["the display has gone; counting goes on without a screen"]
    room.pane.trouble, room.pane.is_open = None, True
    room.glass.turn()
    assert list(room.glass.check()) == [("screen", State.OK, "")]

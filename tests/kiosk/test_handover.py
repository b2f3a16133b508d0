"""Officers handing over to each other, by digits."""

import pytest

from hardware.events import Digit
from kiosk.decisions import App, Correction, Direction, Entry, Shift, Source
from kiosk.handover import Duty, ShiftCount
from kiosk.screen.cues import HandOver, HandOverAsk, HandOverEnd, NoOfficers, PinAsk
from kiosk.settings import OfficerSection

LAN = OfficerSection(name="Lan")
HUNG = OfficerSection(name="Hùng", pin="274")


@pytest.fixture
def changes():
    return []


@pytest.fixture
def duty(changes):
    return Duty([LAN, HUNG], changes.append)


def entry(number, app=App.DETECTED, direction=Direction.IN):
    return Entry(number, float(number), direction, app, 1.0, Source.DOOR)


def typed(duty, digits, t=1.0):
    cues = []
    for digit in digits:
        cues = duty.digit(Digit(t, int(digit)))
    return cues


def test_an_officer_without_a_pin_takes_over_with_one_digit(duty, changes):
    assert duty.begin(1.0) == [HandOverAsk(1.0, ("Lan", "Hùng"))]
    assert typed(duty, "1") == [HandOverEnd(1.0)]
    assert (duty.officer, changes, duty.handing_over) == ("Lan", [Shift(1.0, "Lan", "", 0, 0)], False)


def test_the_screen_says_so_once_it_is_saved(duty, changes):
    duty.begin(1.0)
    typed(duty, "1")
    assert duty.handed_over(changes[0], 1.2) == HandOver(1.2, "Lan", "", 0, 0)


def test_the_totals_of_the_shift_are_told_and_the_next_starts_at_nought(duty, changes):
    duty.begin(1.0)
    typed(duty, "1")
    for one in (entry(1), entry(2, App.NOT_DETECTED), entry(3, direction=Direction.OUT)):
        duty.shift.see(one)
    duty.begin(9.0)
    typed(duty, "2274", 9.0)
    assert changes[-1] == Shift(9.0, "Hùng", "Lan", 2, 1)
    assert duty.shift.total == 0


def test_corrections_change_the_shift():
    shift = ShiftCount()
    shift.see(entry(1))
    shift.see(entry(2, App.NOT_DETECTED))
    shift.see(Correction(1, 5.0, Source.OFFICER, cancelled=True))
    shift.see(Correction(2, 5.0, Source.OFFICER, app=App.SHOWN))
    shift.see(Correction(77, 5.0, Source.OFFICER, cancelled=True))
    assert (shift.total, shift.detected) == (1, 1)


def test_a_pin_is_typed_unseen(duty):
    duty.begin(1.0)
    assert typed(duty, "2") == [PinAsk(1.0, "Hùng", 0)]
    assert typed(duty, "27") == [PinAsk(1.0, "Hùng", 2)]
    assert duty.officer == ""


def test_three_wrong_pins_end_it_for_half_a_minute(duty, changes):
    duty.begin(1.0)
    typed(duty, "2")
    assert typed(duty, "111") == [PinAsk(1.0, "Hùng", 0)]
    assert typed(duty, "111111") == [HandOverEnd(1.0)]
    assert duty.begin(20.0) == []
    assert duty.begin(31.0) != []
    assert changes == []


def test_a_hand_over_that_nobody_finishes_ends(duty):
    duty.begin(1.0)
    assert duty.advance(20.9) == []
    assert duty.advance(21.0) == [HandOverEnd(21.0)]
    assert not duty.handing_over


def test_asking_again_ends_it(duty):
    duty.begin(1.0)
    assert duty.begin(2.0) == [HandOverEnd(2.0)]


def test_a_number_nobody_has_changes_nothing(duty):
    duty.begin(1.0)
    assert typed(duty, "9") == []
    assert duty.handing_over


def test_without_officers_the_screen_says_so(changes):
    assert Duty([], changes.append).begin(1.0) == [NoOfficers(1.0)]

"""The desk reads like an officer at work: a finger goes down, a finger comes up, something is said."""

from hypothesis import given
from hypothesis import strategies as st

from hardware.events import Action, Button, Digit, Press
from kiosk.desk import GROUP_WAIT, STUCK_AFTER, Desk, DeskView


def tap(desk: Desk, t: float, action: Action = Action.SHOWN, hold: float = 0.15) -> list[Press]:
    return desk.handle(Button(t, action, True)) + desk.handle(Button(t + hold, action, False))


def test_an_action_counts_when_the_button_is_let_go():
    desk = Desk()
    assert desk.handle(Button(1.0, Action.SHOWN, True)) == []
    assert desk.handle(Button(1.2, Action.SHOWN, False)) == [Press(1.2, Action.SHOWN)]


def test_a_double_press_is_one_press_and_another_button_is_not_locked_out():
    desk = Desk(lockout=0.6)
    assert tap(desk, 1.0) == [Press(1.15, Action.SHOWN)]
    assert tap(desk, 1.3) == []
    assert tap(desk, 1.5, Action.DECLINED) == [Press(1.65, Action.DECLINED)]
    assert tap(desk, 2.0) == [Press(2.15, Action.SHOWN)]


def test_holding_is_one_undo_and_no_action():
    desk = Desk(undo_hold=2.0)
    desk.handle(Button(10.0, Action.NO_SMARTPHONE, True))
    assert desk.advance(11.9) == []
    assert desk.advance(12.05) == [Press(12.0, Action.UNDO)]
    assert desk.advance(13.0) == []
    assert desk.handle(Button(14.0, Action.NO_SMARTPHONE, False)) == []


def test_holding_is_undo_even_when_nobody_looked_in_between():
    desk = Desk(undo_hold=2.0)
    desk.handle(Button(10.0, Action.SHOWN, True))
    assert desk.handle(Button(13.0, Action.SHOWN, False)) == [Press(12.0, Action.UNDO)]


def test_a_digit_then_an_action_is_a_group_and_the_digit_is_used_once():
    desk = Desk()
    assert desk.handle(Digit(1.0, 4)) == []
    assert desk.view() == DeskView(group=4)
    assert tap(desk, 2.0, Action.DECLINED) == [Press(2.15, Action.DECLINED, 4)]
    assert tap(desk, 4.0, Action.SHOWN) == [Press(4.15, Action.SHOWN)]


def test_a_digit_is_forgotten_after_a_while():
    desk = Desk()
    desk.handle(Digit(1.0, 4))
    assert tap(desk, 1.1 + GROUP_WAIT) == [Press(1.25 + GROUP_WAIT, Action.SHOWN)]


def test_a_button_held_for_minutes_is_a_fault_that_is_named():
    desk = Desk()
    desk.handle(Button(0.0, Action.EXIT, True))
    desk.advance(STUCK_AFTER + 1)
    assert desk.stuck(STUCK_AFTER + 1) == [Action.EXIT]
    desk.handle(Button(STUCK_AFTER + 2, Action.EXIT, False))
    assert desk.stuck(STUCK_AFTER + 3) == []


def test_the_screen_can_show_how_long_a_button_is_held():
    desk = Desk()
    desk.handle(Button(5.0, Action.SHOWN, True))
    assert desk.view().held_since == 5.0
    desk.advance(7.5)
    assert desk.view().held_since is None


def hold_both(desk: Desk, seconds: float, t: float = 10.0) -> list[Press]:
    """The first and the last button go down one after the other, and come up again."""
    presses = desk.handle(Button(t, Action.SHOWN, True)) + desk.handle(Button(t + 0.2, Action.EXIT, True))
    presses += desk.advance(t + 0.2 + seconds)
    presses += desk.handle(Button(t + 0.2 + seconds, Action.SHOWN, False))
    return presses + desk.handle(Button(t + 0.3 + seconds, Action.EXIT, False))


def test_the_first_and_the_last_button_held_together_ask_for_the_stick_once():
    desk = Desk(undo_hold=2.0)
    assert hold_both(desk, 5.0) == [Press(12.2, Action.STICK)]
    assert tap(desk, 20.0) == [Press(20.15, Action.SHOWN)]


def test_two_buttons_let_go_too_early_say_nothing_and_two_quick_ones_are_two_presses():
    assert hold_both(Desk(), 1.5) == []
    assert [press.action for press in hold_both(Desk(), 0.1)] == [Action.SHOWN, Action.EXIT]


def test_a_button_already_held_for_undo_is_no_half_of_a_pair():
    desk = Desk(undo_hold=2.0)
    desk.handle(Button(0.0, Action.EXIT, True))  # jammed
    assert desk.advance(3.0) == [Press(2.0, Action.UNDO)]
    desk.handle(Button(5.0, Action.SHOWN, True))
    assert desk.handle(Button(7.5, Action.SHOWN, False)) == [Press(7.0, Action.UNDO)]


def test_a_button_of_its_own_asks_for_the_stick_however_long_it_is_pressed():
    assert tap(Desk(), 1.0, Action.STICK) == [Press(1.15, Action.STICK)]
    assert tap(Desk(), 1.0, Action.STICK, hold=4.0) == [Press(5.0, Action.STICK)]


def test_the_screen_can_show_that_two_are_held():
    desk = Desk()
    desk.handle(Button(5.0, Action.EXIT, True))
    desk.handle(Button(5.5, Action.SHOWN, True))
    assert desk.view() == DeskView(pair_since=5.5)
    desk.advance(8.0)
    assert desk.view() == DeskView()


edges = st.lists(
    st.one_of(
        st.builds(Button, st.floats(0, 100), st.sampled_from(list(Action)), st.booleans()),
        st.builds(Digit, st.floats(0, 100), st.integers(0, 9)),
    ),
    max_size=40,
)


@given(edges)
def test_no_order_of_edges_raises_or_says_more_than_fingers_came_up(events):
    desk = Desk()
    presses = [press for event in events for press in desk.handle(event)]
    downs = sum(isinstance(e, Button) and e.down for e in events)
    assert len(presses) <= downs
    assert all(1 <= press.count <= 9 for press in presses)

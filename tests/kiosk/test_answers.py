from hypothesis import given
from hypothesis import strategies as st

from hardware.events import Action
from kiosk.answers import Answers
from kiosk.decisions import App, Correction, Direction, Entry, Pressed, Source


def entry(number: int) -> Entry:
    return Entry(number, float(number), Direction.IN, App.SHOWN, 1.0, Source.OFFICER)


def test_a_press_is_answered_when_all_it_led_to_is_saved():
    answers = Answers()
    group = Pressed(3.0, Action.SHOWN, 2, (entry(1), entry(2)))
    assert answers.pressed(group)
    assert answers.saved([entry(1)]) == []
    assert answers.saved([entry(2)]) == [group]
    assert answers.saved([entry(2)]) == []


def test_a_correction_is_not_answered_by_the_entry_it_corrects():
    answers = Answers()
    correction = Correction(7, 9.0, Source.OFFICER, App.DECLINED)
    press = Pressed(9.0, Action.DECLINED, 1, (correction,))
    answers.pressed(press)
    assert answers.saved([entry(7)]) == []
    assert answers.saved([correction]) == [press]


def test_undo_with_nothing_to_take_back_waits_for_nothing():
    assert not Answers().pressed(Pressed(1.0, Action.UNDO))


def test_a_late_press_is_named_and_still_answered_and_a_lost_one_never():
    answers = Answers()
    first, second = Pressed(1.0, Action.SHOWN, 1, (entry(1),)), Pressed(2.0, Action.SHOWN, 1, (entry(2),))
    answers.pressed(first)
    answers.pressed(second)
    assert answers.late([entry(1)]) == [first]
    assert answers.lost([entry(2)]) == [second]
    assert answers.saved([entry(1), entry(2)]) == [first]


@given(st.lists(st.integers(1, 5), min_size=1, max_size=12), st.randoms())
def test_whatever_the_order_each_press_is_answered_once_and_only_after_its_entries(sizes, random):
    answers, number, presses = Answers(), 0, []
    for size in sizes:
        entries = tuple(entry(number + k) for k in range(size))
        number += size
        presses.append(Pressed(float(number), Action.SHOWN, size, entries))
        answers.pressed(presses[-1])
    order = [one for press in presses for one in press.led_to]
    random.shuffle(order)
    written, answered = set(), []
    for one in order:
        written.add(one)
        for press in answers.saved([one]):
            assert set(press.led_to) <= written
            answered.append(press)
    assert sorted(answered, key=lambda press: press.t) == presses

"""The queue of what is not saved yet."""

from kiosk.decisions import App, Direction, Entry, Source
from kiosk.logbook.waiting import LATE_AFTER, Waiting


def entries(*numbers: int) -> list[Entry]:
    return [Entry(number, 0.0, Direction.IN, App.DETECTED, 0.9, Source.DOOR) for number in numbers]


def test_what_belongs_together_is_taken_whole_or_not_at_all():
    waiting = Waiting(capacity=3)
    assert waiting.add(entries(1, 2), None, t=0.0)
    assert not waiting.add(entries(3, 4), None, t=0.0)
    assert waiting.add(entries(5), None, t=0.0)
    assert waiting.head() == (entries(1, 2, 5), None)


def test_the_head_stays_until_it_is_removed_and_ends_where_the_officer_changes():
    waiting = Waiting()
    waiting.add(entries(1, 2), "Hoa", t=0.0)
    waiting.add(entries(3), "Minh", t=0.0)
    assert waiting.head() == waiting.head() == (entries(1, 2), "Hoa")
    waiting.remove(2)
    assert waiting.head() == (entries(3), "Minh")


def test_late_is_said_once():
    waiting = Waiting()
    waiting.add(entries(1), None, t=0.0)
    waiting.add(entries(2), None, t=0.9)
    assert waiting.newly_late(LATE_AFTER - 0.01) == []
    assert waiting.newly_late(LATE_AFTER) == entries(1)
    assert waiting.newly_late(LATE_AFTER + 1) == entries(2)
    assert waiting.newly_late(LATE_AFTER + 9) == []

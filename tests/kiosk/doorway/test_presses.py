import pytest

from hardware.events import Action
from kiosk.decisions import App, Correction, Direction, Source
from tests.kiosk.doorway.conftest import Entrance

SAID = {
    Action.SHOWN: App.SHOWN,
    Action.INSTALLED_HERE: App.INSTALLED_HERE,
    Action.NO_SMARTPHONE: App.NO_SMARTPHONE,
    Action.DECLINED: App.DECLINED,
}


@pytest.mark.parametrize(("action", "app"), SAID.items())
def test_a_press_settles_the_open_passage_at_once(door: Entrance, action: Action, app: App) -> None:
    door.walk(10.0)
    door.press(14.0, action)

    (entry,) = door.run().entries

    assert (entry.app, entry.source, entry.confidence, entry.direction) == (app, Source.OFFICER, 1.0, Direction.IN)
    assert entry.t == pytest.approx(10.0, abs=0.05)
    assert door.corrections == []


def test_after_the_entry_a_press_corrects_it(door: Entrance) -> None:
    door.walk(10.0)
    door.press(60.0, Action.SHOWN)

    (entry,) = door.run().entries

    assert entry.app is App.NOT_DETECTED
    assert door.corrections == [Correction(entry.number, 60.0, Source.OFFICER, App.SHOWN)]


def test_with_no_passage_within_a_minute_it_is_an_arrival_of_its_own(door: Entrance) -> None:
    door.walk(10.0)
    door.press(71.0, Action.DECLINED)

    assert [(entry.source, entry.app) for entry in door.run().entries] == [
        (Source.DOOR, App.NOT_DETECTED),
        (Source.OFFICER, App.DECLINED),
    ]


def test_no_door_no_radio_the_presses_still_count(no_sensor: Entrance) -> None:
    no_sensor.scanner(0.0, listening=False)
    no_sensor.press(5.0, Action.SHOWN)
    no_sensor.press(9.0, Action.EXIT)

    assert [(entry.app, entry.direction) for entry in no_sensor.run().entries] == [
        (App.SHOWN, Direction.IN),
        (App.UNKNOWN, Direction.OUT),
    ]


def test_a_group_settles_the_open_passages_and_adds_the_rest(door: Entrance) -> None:
    for t in (10.0, 12.0):
        door.walk(t)
    door.press(20.0, Action.SHOWN, count=3)

    assert [round(entry.t) for entry in door.run().entries] == [12, 10, 20]
    assert {entry.app for entry in door.entries} == {App.SHOWN}


def test_the_open_question_comes_before_the_passage_whose_app_was_heard(door: Entrance) -> None:
    door.walk(10.0)
    door.walk(25.0)
    door.phone(25.0)
    door.press(58.0, Action.NO_SMARTPHONE)

    door.run()

    assert [round(entry.t) for entry in door.entries] == [10, 25]
    assert [correction.corrects for correction in door.corrections] == [door.entries[0].number]


def test_people_who_leave_are_not_settled_by_a_press(door: Entrance) -> None:
    door.walk(10.0, Direction.OUT)
    door.press(12.0, Action.SHOWN)

    assert [(entry.direction, entry.source) for entry in door.run().entries] == [
        (Direction.IN, Source.OFFICER),
        (Direction.OUT, Source.DOOR),
    ]


def test_undo_before_the_evidence_is_complete_goes_back_to_the_evidence(door: Entrance) -> None:
    door.walk(10.0)
    door.press(12.0, Action.SHOWN)
    door.press(15.0, Action.UNDO)

    (entry,) = door.run().entries
    final = door.corrections[-1]

    assert entry.app is App.SHOWN
    assert door.corrections[0].source is Source.OFFICER
    assert (final.corrects, final.app) == (entry.number, App.NOT_DETECTED)


def test_undo_after_a_correction_restores_what_was_said(door: Entrance) -> None:
    door.walk(10.0)
    door.press(60.0, Action.SHOWN)
    door.press(65.0, Action.UNDO)

    door.run()

    assert [correction.app for correction in door.corrections] == [App.SHOWN, App.NOT_DETECTED]


def test_undo_takes_back_the_whole_group(no_sensor: Entrance) -> None:
    no_sensor.press(5.0, Action.SHOWN, count=4)
    no_sensor.press(8.0, Action.UNDO)

    no_sensor.run()

    assert sorted(c.corrects for c in no_sensor.corrections) == sorted(e.number for e in no_sensor.entries)
    assert all(correction.cancelled for correction in no_sensor.corrections)


@pytest.mark.parametrize("undo_at", [36.0, 100.0])
def test_undo_comes_too_late(no_sensor: Entrance, undo_at: float) -> None:
    no_sensor.press(5.0, Action.SHOWN)
    no_sensor.press(undo_at, Action.UNDO)

    assert no_sensor.run().corrections == []


def test_undo_twice_takes_back_one_press(no_sensor: Entrance) -> None:
    no_sensor.press(5.0, Action.SHOWN)
    no_sensor.press(6.0, Action.UNDO)
    no_sensor.press(7.0, Action.UNDO)

    assert len(no_sensor.run().corrections) == 1


def test_an_undone_passage_can_be_settled_again(door: Entrance) -> None:
    door.walk(10.0)
    door.press(12.0, Action.SHOWN)
    door.press(14.0, Action.UNDO)
    door.press(16.0, Action.DECLINED)

    door.run()

    assert len(door.entries) == 1
    assert [correction.app for correction in door.corrections] == [App.UNKNOWN, App.DECLINED]


def test_exit_where_the_beams_saw_it_adds_nothing(door: Entrance) -> None:
    door.walk(10.0, Direction.OUT)
    door.press(12.0, Action.EXIT)

    assert len(door.run().entries) == 1


def test_exit_of_nobody_the_beams_saw_is_an_entry(door: Entrance) -> None:
    door.press(12.0, Action.EXIT)

    assert [entry.direction for entry in door.run().entries] == [Direction.OUT]


@pytest.mark.parametrize("pressed_at", [12.0, 60.0])
def test_exit_at_a_door_with_one_beam_turns_the_passage_round(one_beam: Entrance, pressed_at: float) -> None:
    one_beam.walk(10.0)
    one_beam.press(pressed_at, Action.EXIT)

    (entry,) = one_beam.run().entries
    final = [correction.direction for correction in one_beam.corrections if correction.direction] or [entry.direction]

    assert final[-1] is Direction.OUT

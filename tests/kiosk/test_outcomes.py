"""Corrections change how an entry stands; the order of time stays."""

from kiosk.decisions import App, Correction, Direction, Entry, Passage, Source
from kiosk.outcomes import Outcomes


def entry(number: int, t: float, app: App = App.NOT_DETECTED) -> Entry:
    return Entry(number, t, Direction.IN, app, 0.7, Source.DOOR, ("why",))


def test_entries_stand_in_order_of_time():
    outcomes = Outcomes()

    outcomes.add([entry(2, 9.0), Passage(3, 9.5, Direction.IN)])
    outcomes.add([entry(1, 4.0)])

    assert [one.number for one in outcomes.entries] == [1, 2]


def test_a_correction_replaces_what_it_names_and_says_who_knows():
    outcomes = Outcomes()
    outcomes.add([entry(1, 4.0)])

    outcomes.add([Correction(1, 20.0, Source.OFFICER, app=App.SHOWN)])

    assert outcomes.entries == [Entry(1, 4.0, Direction.IN, App.SHOWN, 1.0, Source.OFFICER, ("why",))]


def test_a_cancelled_entry_is_gone_and_a_correction_of_nothing_changes_nothing():
    outcomes = Outcomes()
    outcomes.add([entry(1, 4.0), entry(2, 5.0)])

    outcomes.add(
        [Correction(1, 6.0, Source.OFFICER, cancelled=True), Correction(7, 6.0, Source.OFFICER, app=App.SHOWN)]
    )

    assert [one.number for one in outcomes.entries] == [2]

"""The wall is measured on the same doors as everything else."""

from hardware.simulation import Passed
from hardware.simulation.doors import CONDITIONS
from kiosk.decisions import App, Direction, Entry, Source
from tests.evaluation.scoring import score
from tests.evaluation.wall import ROWS, Wall, expected, try_wall


def test_every_method_is_scored_on_the_same_door():
    wall = try_wall(CONDITIONS[0], [1], seconds=120)

    assert {row: wall.pooled(row).passages for row in ROWS} == dict.fromkeys(ROWS, wall.pooled("ours").passages)
    assert wall.pooled("observer: ways").recall == 1


def test_doors_that_are_all_alike_leave_no_error():
    wall = Wall()
    wall.doors["ours"].extend([score([], []), score([], [])])

    assert wall.error("ours") == 0


def test_what_is_said_with_three_quarters_is_expected_to_be_right_so_often():
    entries = [
        Entry(number, t, Direction.IN, app, 0.75, Source.DOOR)
        for number, (t, app) in enumerate([(10.0, App.DETECTED), (90.0, App.NOT_DETECTED)])
    ]
    truth = [Passed(t, 1, "in", "running", True, heard=9) for t in (10.0, 90.0)]

    assert expected(score(entries, truth)) == 0.75

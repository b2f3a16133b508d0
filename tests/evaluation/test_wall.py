"""The wall is measured on the same doors as everything else."""

from hardware.simulation.doors import CONDITIONS
from tests.evaluation.scoring import score
from tests.evaluation.wall import ROWS, Wall, try_wall


def test_every_method_is_scored_on_the_same_door():
    wall = try_wall(CONDITIONS[0], [1], seconds=120)

    assert {row: wall.pooled(row).passages for row in ROWS} == dict.fromkeys(ROWS, wall.pooled("ours").passages)
    assert wall.pooled("observer: ways").recall == 1


def test_doors_that_are_all_alike_leave_no_error():
    wall = Wall()
    wall.doors["ours"].extend([score([], []), score([], [])])

    assert wall.error("ours") == 0

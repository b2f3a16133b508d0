import pytest

from kiosk.doorway.memory import DoorMemory
from kiosk.doorway.model import usual_model
from kiosk.doorway.strengths import MEMORY, PRIOR, Strengths

USUAL = usual_model().strength


def test_a_door_that_knows_nothing_expects_the_usual() -> None:
    assert Strengths(USUAL).power() == USUAL.power


def test_a_door_behind_a_pillar_is_learned_within_a_morning() -> None:
    door = Strengths(USUAL)
    for _ in range(120):
        door.learn(USUAL.power - 8.0, chance=0.7)

    assert door.power() == pytest.approx(USUAL.power - 8.0, abs=1.2)


def test_one_loud_phone_changes_little() -> None:
    door = Strengths(USUAL)
    door.learn(USUAL.power + 20.0, chance=1.0)

    assert door.power() == pytest.approx(USUAL.power + 20.0 / (1 + PRIOR))


def test_an_unlikely_phone_counts_as_much_as_it_is_likely() -> None:
    door = Strengths(USUAL)
    door.learn(USUAL.power + 10.0, chance=0.0)

    assert door.kept == (0.0, 0.0)


def test_what_was_learned_goes_on_after_a_restart_and_fades() -> None:
    door = Strengths(USUAL)
    for _ in range(1000):
        door.learn(USUAL.power - 6.0, chance=1.0)
    excess, phones = door.kept
    again = Strengths(USUAL, DoorMemory(0.5, 10.0, excess=excess, phones=phones))

    assert phones == pytest.approx(MEMORY, abs=1.0)
    assert again.power() == pytest.approx(door.power(), abs=0.1)

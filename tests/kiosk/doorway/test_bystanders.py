import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.doorway.bystanders import HOUR, LEAST, MEMORY, Bystanders
from kiosk.doorway.memory import DoorMemory
from kiosk.doorway.model import usual_model

DECIDING = usual_model().decision


def test_a_door_that_knows_nothing_is_the_usual_one() -> None:
    assert Bystanders(DECIDING).times_usual() == pytest.approx(1.0)


def test_a_busy_street_is_learned_within_the_hour() -> None:
    street, yard = Bystanders(DECIDING), Bystanders(DECIDING)
    for _ in range(60):
        street.learn(60.0, came=6, went_through=0.5)
        yard.learn(60.0, came=1, went_through=0.9)

    assert street.kept[0] == pytest.approx(330, rel=0.2)
    assert yard.kept[0] < 20
    assert yard.times_usual() < 1 < street.times_usual()


def test_a_quiet_night_does_not_outweigh_the_morning() -> None:
    door = Bystanders(DECIDING)
    door.learn(12 * HOUR, came=0, went_through=0.0)
    assert door.kept == (LEAST, pytest.approx(MEMORY))
    for _ in range(120):
        door.learn(60.0, came=4, went_through=1.0)

    assert door.kept[0] > 100


def test_what_was_learned_goes_on_after_a_restart() -> None:
    door = Bystanders(DECIDING)
    door.learn(HOUR, came=200, went_through=50.0)
    rate, seconds = door.kept

    assert Bystanders(DECIDING, DoorMemory(0.5, 100.0, rate, seconds)).kept == (pytest.approx(rate), seconds)


@given(st.lists(st.tuples(st.floats(0, 1e5), st.integers(-5, 4000), st.floats(0, 4000))))
def test_the_rate_stays_a_rate(steps: list[tuple[float, int, float]]) -> None:
    door = Bystanders(DECIDING)
    for step in steps:
        door.learn(*step)
    rate, seconds = door.kept

    assert rate >= LEAST
    assert 0 < seconds <= MEMORY * (1 + 1e-9)

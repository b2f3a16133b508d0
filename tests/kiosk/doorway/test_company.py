import pytest

from kiosk.doorway.company import MEMORY, Company
from kiosk.doorway.memory import DoorMemory
from kiosk.doorway.model import usual_model
from kiosk.doorway.passing import Carried

USUAL = usual_model().company


def test_a_door_that_knows_nothing_is_the_usual_one() -> None:
    company = Company(USUAL)

    assert (company.device_alone(), company.app_alone()) == pytest.approx((0.0, 0.0))
    assert 0.05 < company.together() < 0.3


def test_where_everybody_wears_a_watch_it_comes_to_say_nothing() -> None:
    company = Company(USUAL)
    said = []
    for people in range(601):
        if people in (0, 100, 600):
            said.append(company.together())
        company.learn(Carried(app=1.0, both=0.9, device=0.0))
        company.learn(Carried(app=0.0, both=0.0, device=0.9))

    assert said[0] < 0.2
    assert said[1] > 0.4
    assert said[2] == pytest.approx(1.0, abs=0.15)


def test_where_only_phones_without_the_app_talk_it_says_more() -> None:
    company = Company(USUAL)
    for _ in range(150):
        company.learn(Carried(app=1.0, both=0.02, device=0.0))
        company.learn(Carried(app=0.0, both=0.0, device=0.8))

    assert company.together() < 0.3 * Company(USUAL).together()


def test_a_doubtful_person_counts_for_both_kinds_in_part() -> None:
    company = Company(USUAL)
    company.learn(Carried(app=0.25, both=0.2, device=0.3))
    with_app, with_people, without_app, without_people = company.kept

    assert with_people == pytest.approx(USUAL.weight + 0.25)
    assert without_people == pytest.approx(USUAL.weight + 0.75)
    assert with_app == pytest.approx((USUAL.with_app * USUAL.weight + 0.2) / with_people)
    assert without_app == pytest.approx((USUAL.without_app * USUAL.weight + 0.3) / without_people)


def test_what_was_learned_goes_on_after_a_restart() -> None:
    company = Company(USUAL)
    for _ in range(1000):
        company.learn(Carried(app=0.5, both=0.3, device=0.3))
    again = Company(USUAL, DoorMemory(0.5, 10.0, 0.0, 0.0, 0.0, 0.0, *company.kept))

    assert again.together() == pytest.approx(company.together(), rel=0.02)
    assert company.kept[1] <= MEMORY + 1


@pytest.mark.parametrize("share", [-1.0, 7.0])
def test_a_memory_that_is_none_is_let_go(share: float) -> None:
    kept = DoorMemory(0.5, 10.0, with_app=share, with_people=50.0, without_app=share, without_people=50.0)

    assert Company(USUAL, kept).together() == pytest.approx(Company(USUAL).together())

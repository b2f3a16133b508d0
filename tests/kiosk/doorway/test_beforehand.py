from hardware.beacons import load_profiles
from kiosk.decisions import Direction
from kiosk.doorway.beforehand import beforehand
from kiosk.doorway.model import usual_model
from kiosk.doorway.passing import Passing
from kiosk.doorway.tracks import Track

DECIDING = usual_model().decision
PASSING = Passing(1, 100.0, Direction.IN, 1.2)


def phone(first: float, heard: int, there_before: bool = False) -> Track:
    return Track(1, load_profiles()[0], True, first, 110.0, first, there_before, heard)


def words(track: Track) -> list[str]:
    return [words for odds, words in beforehand(track, PASSING, DECIDING) if odds < 0]


def test_a_phone_heard_well_around_the_passage_has_nothing_against_it() -> None:
    assert words(phone(95.0, heard=60)) == []


def test_what_speaks_against_a_phone_is_named() -> None:
    assert words(phone(95.0, heard=1)) == ["heard once only"]
    assert words(phone(20.0, heard=60)) == ["here for 80 s before"]
    assert words(phone(104.0, heard=9)) == ["heard 9 times only", "first heard 4 s after it"]
    assert words(phone(95.0, heard=60, there_before=True)) == ["here before the radios began to listen"]


def test_the_fainter_the_less_likely() -> None:
    odds = [sum(odds for odds, _ in beforehand(phone(95.0, heard), PASSING, DECIDING)) for heard in range(1, 40)]

    assert odds == sorted(odds)
    assert odds[-1] == 0

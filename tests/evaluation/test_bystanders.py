import pytest

from hardware.beacons import Recogniser
from hardware.events import Advert
from tests.evaluation.bystanders import KEY, without_bystanders
from tests.evaluation.pairs import simulated
from tests.evaluation.trial import PROFILES


@pytest.fixture(scope="module")
def door():
    return next(simulated([3]))


def by_what_they_tell(events):
    """Adverts of the app, and all other events."""
    recogniser = Recogniser(PROFILES, key=KEY)
    parts = [], []
    for event in events:
        parts[not (isinstance(event, Advert) and recogniser.sighting(event))].append(event)
    return parts


def test_what_is_left_of_the_app_was_sent_by_those_who_went_through(door):
    left, _ = by_what_they_tell(without_bystanders(door))
    all_of_the_app, _ = by_what_they_tell(door.events)
    around = sum(any(abs(event.t - passed.t) <= 60 for passed in door.truth) for event in left)
    heard_of_visitors = sum(passed.heard for passed in door.truth)

    assert 0.8 * heard_of_visitors <= len(left) < 0.8 * len(all_of_the_app)
    assert around == len(left)


def test_beams_and_other_devices_stay(door):
    _, left = by_what_they_tell(without_bystanders(door))
    _, all_of_them = by_what_they_tell(door.events)

    assert left == all_of_them

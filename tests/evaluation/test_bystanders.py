import pytest

from hardware.beacons import Recogniser
from hardware.events import Advert
from tests.evaluation.bystanders import KEY, without_bystanders
from tests.evaluation.pairs import simulated
from tests.evaluation.trial import PROFILES


@pytest.fixture(scope="module")
def door():
    return next(simulated([3]))


def test_what_is_left_of_the_app_was_sent_by_those_who_went_through(door):
    recogniser = Recogniser(PROFILES, key=KEY)
    left = [event for event in without_bystanders(door) if isinstance(event, Advert) and recogniser.sighting(event)]
    all_of_the_app = sum(isinstance(event, Advert) and bool(recogniser.sighting(event)) for event in door.events)
    around = sum(any(abs(event.t - passed.t) <= 60 for passed in door.truth) for event in left)
    heard_of_visitors = sum(passed.heard for passed in door.truth)

    assert 0.8 * heard_of_visitors <= len(left) < 0.8 * all_of_the_app
    assert around == len(left)


def test_beams_and_other_devices_stay(door):
    recogniser = Recogniser(PROFILES, key=KEY)

    def others(events):
        return [e for e in events if not (isinstance(e, Advert) and recogniser.sighting(e))]

    assert others(without_bystanders(door)) == others(door.events)

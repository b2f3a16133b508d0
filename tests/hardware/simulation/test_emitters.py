"""What phones send: how often, when they are silent, and how their addresses and rolling IDs change."""

import numpy as np
import pytest

from hardware.beacons import Recogniser, load_profiles
from hardware.events import Advert
from hardware.simulation.emitters import Emitter, Kind

RECOGNISER = Recogniser(load_profiles())


def emitter(kind=Kind.ANDROID, **values):
    usual = {"secret": 1, "power": -60.0, "interval": 0.1, "address_seconds": 600.0, "identity_seconds": 900.0}
    return Emitter(kind, **(usual | values))


def test_adverts_come_at_the_interval_and_up_to_ten_milliseconds_later():
    t = emitter().times(10.0, 70.0, np.random.default_rng(1))

    steps = np.diff(t)
    assert t[0] < 10.1
    assert t[-1] > 69.8
    assert (steps.min() >= 0.1, steps.max() <= 0.11) == (True, True)


def test_fifteen_seconds_on_and_fifteen_off():
    t = emitter(on=15.0, off=15.0, phase=5.0).times(0.0, 120.0, np.random.default_rng(1))

    assert ((t + 5.0) % 30.0 < 15.0).all()
    assert np.diff(t).max() == pytest.approx(15.0, abs=0.3)


def test_an_address_changes_within_a_rolling_id_and_with_it():
    phone = emitter(address_seconds=30.0, phase=0.0)
    said = [phone.advertising(phone.epoch(t)) for t in (1.0, 29.0, 31.0, 899.0, 901.0)]
    ids = [next(iter(what.manufacturer_data.values())) for what in said]

    assert said[0] == said[1]
    assert said[1].address != said[2].address
    assert ids[0] == ids[3] != ids[4]
    assert said[3].address != said[4].address


@pytest.mark.parametrize(
    ("kind", "profile"),
    [
        (Kind.ANDROID, "bluezone-android"),
        (Kind.IOS_OPEN, "bluezone-ios"),
        (Kind.IOS_BACKGROUND, "bluezone-ios-background"),
        (Kind.EXPOSURE, "exposure-notification"),
        (Kind.EDDYSTONE, "eddystone"),
    ],
)
def test_every_kind_is_recognised_as_what_it_is(kind, profile):
    said = emitter(kind).advertising((0, 0))
    advert = Advert(
        0.0, said.address, -60, "inside", said.service_uuids, said.service_data, said.manufacturer_data, said.local_name
    )

    assert RECOGNISER.sighting(advert).profile.name == profile


@pytest.mark.parametrize("kind", [Kind.NEARBY, Kind.GADGET])
def test_the_rest_is_no_app(kind):
    said = emitter(kind).advertising((0, 0))

    assert RECOGNISER.sighting(Advert(0.0, said.address, -60, manufacturer_data=said.manufacturer_data)) is None

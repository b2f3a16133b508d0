"""Strength falls on its way as it does in a building."""

import numpy as np
import pytest

from hardware.simulation.parameters import Carried, DoorParameters, Receivers, Waves
from hardware.simulation.propagation import (
    SlowFading,
    Worn,
    body_loss,
    distance_loss,
    fast_fading,
    heard,
    wall_loss,
)

RADIO = (0.8, 1.2)
TOWARDS, AWAY = np.array([[1.0, 0.0]]), np.array([[-1.0, 0.0]])


def test_ten_times_as_far_costs_ten_times_the_exponent():
    near, far = distance_loss(Waves(exponent=2.2), (0.0, 0.0), np.array([[3.0, 0.0], [30.0, 0.0]]))

    assert far - near == pytest.approx(22.0, abs=0.3)


def test_a_wall_costs_more_than_the_open_door_and_a_metal_door_more_than_a_wall():
    outside_before_the_door, outside_along_the_wall = np.array([[-1.0, -1.4]]), np.array([[-1.0, 6.0]])
    wooden, metal = DoorParameters(), DoorParameters(waves=Waves(door_closed=18.0))
    far_before_the_door = np.array([[-8.0, -9.0]])

    assert wall_loss(wooden, RADIO, outside_along_the_wall) > wall_loss(wooden, RADIO, outside_before_the_door)
    assert wall_loss(metal, RADIO, far_before_the_door) > wall_loss(wooden, RADIO, far_before_the_door) + 10
    assert wall_loss(wooden, RADIO, np.array([[3.0, 0.0]])) == 0


def test_a_body_between_phone_and_radio_costs_what_it_should():
    waves, place = Waves(body=9.0, pocket=4.0), np.array([[-3.0, 1.2]])

    assert body_loss(waves, Worn(Carried.HAND, 1.0), RADIO, place, TOWARDS) == pytest.approx(0.0, abs=0.01)
    assert body_loss(waves, Worn(Carried.HAND, 1.0), RADIO, place, AWAY) == pytest.approx(9.0, abs=0.01)
    assert body_loss(waves, Worn(Carried.BACK_POCKET, 1.0), RADIO, place, TOWARDS) == pytest.approx(13.0, abs=0.01)
    assert body_loss(waves, Worn(Carried.TABLE, 1.0), RADIO, place, AWAY) == 0


def test_slow_fading_has_its_spread_and_is_the_same_at_the_same_place():
    rng = np.random.default_rng(1)
    many = np.array([SlowFading.draw(Waves(slow=3.6), rng).at(np.array([0.0, 0.1, 40.0])) for _ in range(800)])

    assert many[:, 0].std() == pytest.approx(3.6, abs=0.3)
    assert np.corrcoef(many[:, 0], many[:, 1])[0, 1] > 0.8
    assert abs(np.corrcoef(many[:, 0], many[:, 2])[0, 1]) < 0.15


def test_fast_fading_neither_adds_nor_takes_power():
    fading = fast_fading(4.0, 20_000, np.random.default_rng(1))

    assert np.mean(10 ** (fading / 10)) == pytest.approx(1.0, abs=0.02)
    assert 2.5 < fading.std() < 5


def test_a_receiver_hears_strong_adverts_but_for_those_lost_and_weak_ones_never():
    rng, receivers = np.random.default_rng(1), Receivers(sensitivity=-91.0, softness=1.2, lost=0.25)

    shares = [heard(receivers, np.full(10_000, level), rng).mean() for level in (-60.0, -91.0, -100.0)]

    assert shares == pytest.approx([0.75, 0.375, 0.0], abs=0.02)

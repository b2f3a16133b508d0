"""What the guided walk measured draws the model towards this door, as far as one phone can tell."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.beacons import Recogniser, load_profiles
from hardware.events import Advert
from kiosk.decisions import Closeby
from kiosk.doorway import Doorway, Layout
from kiosk.doorway.calibrated import BODY_AT_DOOR, CARRIED, CLOSE_DIFFERS, USUAL_POCKET, calibrated, close_of
from kiosk.doorway.layout import Calibration
from kiosk.doorway.model import usual_model

USUAL = usual_model()
HAND = USUAL.strength.power + CARRIED
"""dBm of a usual phone in a hand at one metre."""


def strength_with(**measured):
    return calibrated(USUAL, Layout(calibration=Calibration(**measured))).strength


def test_where_nobody_walked_the_model_is_the_usual_one():
    assert calibrated(USUAL, Layout()) is USUAL
    assert calibrated(USUAL, Layout(calibration=Calibration())) == USUAL


def test_a_door_as_usual_changes_no_mean():
    found = strength_with(reference=HAND, slope=USUAL.strength.slope, pocket_loss=USUAL_POCKET, second_offset=0.0)
    assert replace(found, power_spread=0) == replace(USUAL.strength, power_spread=0)


def test_a_weak_receiver_is_believed_in_part_for_the_phone_may_be_the_weak_one():
    found = strength_with(reference=HAND - 12)
    assert USUAL.strength.power - 12 < found.power < USUAL.strength.power - 3


def test_phones_still_differ_but_doors_less():
    assert 5.0 <= strength_with(reference=HAND).power_spread < USUAL.strength.power_spread


def test_a_pillar_between_door_and_kiosk_shows_at_the_door_line_alone():
    behind = strength_with(reference=HAND, door=-95.0)
    before = strength_with(reference=HAND, door=-70.0)
    assert behind.power < before.power
    assert behind.power < USUAL.strength.power - BODY_AT_DOOR


@pytest.mark.parametrize("slope", [1.6, 3.3])
def test_the_slope_is_drawn_to_what_was_measured(slope):
    found = strength_with(slope=slope).slope
    assert min(slope, USUAL.strength.slope) < found < max(slope, USUAL.strength.slope)


def test_a_second_radio_that_hears_less_is_expected_to():
    assert -9 < strength_with(second_offset=-9.0).outside_gain < -4


def test_close_is_what_was_measured_within_reason():
    assert close_of(None, -58) == close_of(Calibration(), -58) == -58
    assert close_of(Calibration(close=-52.5), -58) == -52.5
    assert close_of(Calibration(close=-99.0), -58) == -58 - CLOSE_DIFFERS


@pytest.mark.parametrize(("close", "said"), [(None, False), (-66.0, True)])
def test_a_phone_held_to_a_weak_kiosk_is_close(close, said):
    doorway = Doorway(Layout(calibration=Calibration(close=close)), Recogniser(load_profiles()))
    decisions = doorway.handle(Advert(1.0, "phone", -63, manufacturer_data={0x22B5: bytes(12)}))
    assert any(isinstance(decision, Closeby) for decision in decisions) is said


numbers = st.none() | st.floats(-100, -20)


@given(numbers, st.none() | st.floats(1, 5), st.none() | st.floats(-10, 40), st.none() | st.floats(-40, 40), numbers)
def test_whatever_the_settings_take_gives_a_model_of_a_door(reference, slope, pocket_loss, second_offset, door):
    found = strength_with(
        reference=reference, slope=slope, pocket_loss=pocket_loss, second_offset=second_offset, door=door
    )
    assert -130 < found.power < 0
    assert 1 <= found.slope <= 5
    assert found.power_spread >= 5

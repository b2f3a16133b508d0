"""What cannot be simulated: how the radios listen, and beams that are stuck."""

import pytest

from kiosk.calibration.estimate import estimate
from kiosk.calibration.record import Pulse
from kiosk.calibration.suitability import unsuited


@pytest.fixture
def faults(ideal, layout):
    def find(record, modes=None, broken_since=None):
        found = estimate(record, layout)
        return unsuited(record, layout, found, modes=modes or {}, broken_since=broken_since or {}, end=200.0)

    return find


def outside_differs(record):
    """Both radios at their places: the one outside hears the stand outside better, and the others worse."""
    extra = []
    for take in record.takes:
        if take.step.metres:
            other = "inside" if take.step.radio == "outside" else "outside"
            extra += [
                s._replace(radio=other, rssi=s.rssi - 12) for s in record.heard(take.step.radio, take.start, take.end)
            ]
    record.sightings = sorted(record.sightings + extra, key=lambda s: s.t)
    return record


@pytest.fixture
def good(ideal):
    return outside_differs(ideal())


def test_nothing_is_wrong_with_a_good_place(faults, good):
    assert faults(good, {"inside": "passive", "outside": "passive"}) == []


def test_a_radio_that_is_not_passive_is_named_with_the_remedy(faults, good):
    (fault,) = faults(good, {"inside": "passive", "outside": "active"})

    assert fault.kind == "not_passive"
    assert "radio outside listens in active mode" in fault.words
    assert "--experimental" in fault.words


def test_a_beam_that_stays_broken_is_named(faults, good):
    (fault,) = faults(good, broken_since={"outer": 30.0})

    assert fault.kind == "beam_stuck"
    assert "door.active_low" in fault.words


def test_a_sensor_wired_the_wrong_way_round_is_broken_while_nobody_is_there(faults, good):
    good.pulses = [pulse for pulse in good.pulses if pulse.sensor == "inner"]
    good.pulses += [Pulse("outer", 0.0, 70.0), Pulse("outer", 70.3, 110.0), Pulse("outer", 110.3, 160.0)]

    assert [fault.kind for fault in faults(good)] == ["beam_stuck"]


def test_a_second_radio_that_never_hears_the_phone_is_named(faults, good):
    good.sightings = [s for s in good.sightings if s.radio == "inside"]

    assert [fault.kind for fault in faults(good)] == ["radio_deaf"]


def test_strong_phones_that_never_go_are_staff_even_when_they_change_address(faults, good, sighting):
    staff = [sighting(second, -62, phone=100 + second // 20) for second in range(200)]
    good.sightings = sorted(good.sightings + staff, key=lambda s: s.t)

    assert [fault.kind for fault in faults(good)] == ["desks"]


def test_a_visitor_who_waits_for_a_minute_is_no_desk(faults, good, sighting):
    good.sightings = sorted(good.sightings + [sighting(t, -62, phone=9) for t in range(60, 120)], key=lambda s: s.t)

    assert faults(good) == []


def test_a_phone_that_is_weak_at_the_door_means_too_far(faults, ideal):
    assert "too_far" in [fault.kind for fault in faults(ideal(at_door=-88.0))]

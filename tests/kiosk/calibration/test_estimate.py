"""Known doors in, their numbers out; and whatever was heard, no nonsense."""

from itertools import cycle
from math import isfinite

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.calibration.estimate import USUAL_POCKET, USUAL_SLOPE, estimate
from kiosk.calibration.record import Record
from kiosk.calibration.steps import Carried, Task
from kiosk.settings import CalibrationSection


@given(
    reference=st.floats(-75, -45),
    slope=st.floats(1.6, 3.2),
    pocket=st.floats(0, 15),
    offset=st.floats(-10, 10),
)
def test_a_walk_without_noise_gives_the_numbers_of_the_door(ideal, layout, reference, slope, pocket, offset):
    found = estimate(ideal(reference, slope, pocket, offset), layout)

    # What is usual pulls at what three stands can say, and never beyond.
    assert found.calibration.reference == pytest.approx(reference, abs=1.5)
    assert found.calibration.slope == pytest.approx(slope, abs=0.1 + 0.35 * abs(slope - USUAL_SLOPE))
    assert found.calibration.pocket_loss == pytest.approx(pocket, abs=1.0 + 0.25 * abs(pocket - USUAL_POCKET))
    assert found.calibration.second_offset == pytest.approx(offset, abs=1.5)
    assert found.calibration.door == pytest.approx(-70.0)


@given(t=st.floats(-1e6, 1e6))
def test_only_differences_of_time_count(ideal, layout, t):
    record = ideal()
    later = Record(
        [type(take)(take.step, take.start + t, take.go + t, take.end + t) for take in record.takes],
        [s._replace(t=s.t + t) for s in record.sightings],
        [pulse._replace(begin=pulse.begin + t, end=pulse.end + t) for pulse in record.pulses],
        record.phones,
    )

    assert estimate(later, layout).calibration == estimate(record, layout).calibration


@given(data=st.data())
def test_whatever_was_heard_the_numbers_fit_the_settings(ideal, layout, data):
    record = ideal()
    kept = data.draw(st.lists(st.sampled_from(record.takes), min_size=1, unique_by=lambda take: take.step))
    record.takes = sorted(kept, key=lambda take: take.start)
    strengths = data.draw(st.lists(st.integers(-127, 20), min_size=1, max_size=20))
    record.sightings = [s._replace(rssi=rssi) for s, rssi in zip(record.sightings[::7], cycle(strengths), strict=False)]
    record.pulses = data.draw(st.lists(st.sampled_from(record.pulses), unique=True))
    try:
        found = estimate(record, layout)
    except ValueError:
        heard = [t for t in record.takes if t.step.task is Task.STAND and record.heard("inside", t.start, t.end)]
        assert [take for take in heard if take.step.radio == "inside"] == []
        return

    values = {key: value for key, value in vars_of(found.calibration).items() if value is not None}
    assert all(isfinite(value) for value in values.values())
    assert CalibrationSection(**values).slope == found.calibration.slope


def test_the_passage_is_where_the_beams_were_broken_and_in_their_order(ideal, layout):
    crossings = estimate(ideal(), layout).crossings

    assert [(c.take.step.task, c.take.step.carried, c.order) for c in crossings] == [
        (Task.WALK_OUT, Carried.HAND, ("inner", "outer")),
        (Task.WALK_IN, Carried.HAND, ("outer", "inner")),
        (Task.WALK_OUT, Carried.POCKET, ("inner", "outer")),
        (Task.WALK_IN, Carried.POCKET, ("outer", "inner")),
    ]
    assert all(c.t == pytest.approx(c.take.go + 10.0) for c in crossings)


def test_a_door_without_sensors_is_judged_by_the_stands(ideal, layout):
    record = ideal(at_door=-50.0)
    record.pulses = []

    found = estimate(record, layout)

    assert [crossing.t for crossing in found.crossings] == [None] * 4
    assert found.calibration.door == pytest.approx(-70, abs=3)  # 1.6 m away: 4 dB, and 6 dB of the pocket


def test_a_phone_that_is_no_stronger_when_held_to_the_kiosk_gives_no_limit(ideal, layout):
    assert estimate(ideal(), layout).calibration.close == pytest.approx(-54.8, abs=0.1)
    record = ideal()
    record.sightings = [s._replace(rssi=-60) for s in record.sightings]
    assert estimate(record, layout).calibration.close is None


def test_nothing_heard_is_said(ideal, layout):
    record = ideal()
    record.phones = frozenset()

    with pytest.raises(ValueError, match="no stand"):
        estimate(record, layout)


def vars_of(calibration):
    return {key: getattr(calibration, key) for key in calibration.__slots__}

"""The simulated door does what doors do, and says truly what happened."""

from dataclasses import replace

import pytest

from hardware.events import Advert, Beam, Press
from hardware.recording import read_recording
from hardware.recording_writer import RecordingWriter
from hardware.simulation import Crowd, DoorParameters, Phones, Receivers, simulate
from hardware.simulation.doors import BROKEN, CONDITIONS, draw_door, no_sensor, one_beam, two_radios

QUIET = Crowd(
    groups_per_minute=1.5,
    group_sizes=(1.0,),
    staff=0,
    passers_per_minute=0,
    lingerers_per_hour=0,
    things=0,
    returning=0,
)
EVERYBODY = Phones(smartphone=1.0, app=1.0, iphone=1.0, ios_open=1.0, exposure_notification=0, gadget=0)


def broken_at(simulated, sensor):
    return [event.t for event in simulated.events if event == Beam(event.t, sensor, active=True)]


def test_the_same_seed_gives_the_same_door_and_another_gives_another():
    assert simulate(draw_door(3), 120, seed=5) == simulate(draw_door(3), 120, seed=5)
    assert simulate(draw_door(3), 120, seed=5).events != simulate(draw_door(3), 120, seed=6).events


def test_a_longer_simulation_begins_as_the_shorter_one():
    short, long = simulate(draw_door(1), 90, seed=2), simulate(draw_door(1), 200, seed=2)

    assert [event for event in long.events if event.t < 90] == short.events


def test_events_come_in_order_of_time():
    late = replace(DoorParameters(), crowd=Crowd(presses=1.0), receivers=Receivers(beams_late=0.1))
    times = [event.t for event in simulate(late, 300, seed=1).events]

    assert times == sorted(times)


def test_somebody_alone_breaks_the_outer_beam_first_on_the_way_in():
    undisturbed = DoorParameters(crowd=QUIET, receivers=Receivers(spurious_per_minute=0))
    simulated = simulate(undisturbed, 900, seed=8)
    outer, inner = broken_at(simulated, "outer"), broken_at(simulated, "inner")

    assert {passed.direction for passed in simulated.truth} == {"in", "out"}
    for passed in simulated.truth:
        first, second = (outer, inner) if passed.direction == "in" else (inner, outer)
        assert any(a < passed.t < b + 0.2 and b - a < 1 for a in first for b in second if a < b)


def test_the_app_is_heard_around_the_passage_of_who_has_it():
    simulated = simulate(DoorParameters(crowd=QUIET, phones=EVERYBODY), 900, seed=3)

    assert len(simulated.truth) > 8
    for passed in simulated.truth:
        assert passed.app == "running"
        assert passed.heard > 5


def test_without_phones_nothing_is_heard():
    nothing = Phones(smartphone=0.0, gadget=0.0)
    simulated = simulate(DoorParameters(crowd=QUIET, phones=nothing), 300, seed=3)

    assert {type(event) for event in simulated.events} == {Beam}
    assert {(passed.app, passed.smartphone, passed.heard) for passed in simulated.truth} == {("missing", False, 0)}


def test_a_door_has_the_sensors_and_radios_that_it_was_given():
    two = simulate(two_radios(DoorParameters()), 300, seed=1)
    one = simulate(one_beam(DoorParameters()), 300, seed=1)
    none = simulate(no_sensor(DoorParameters()), 300, seed=1)

    assert {event.radio for event in two.events if isinstance(event, Advert)} == {"inside", "outside"}
    assert {event.sensor for event in one.events if isinstance(event, Beam)} == {"beam"}
    assert one.header.places["beam"] == (0.0, 0.0)
    assert not any(isinstance(event, Beam) for event in none.events)
    assert len(none.truth) == len(one.truth)


def test_beams_that_report_late_do_so_by_what_was_asked():
    alone = DoorParameters(crowd=QUIET)
    late = replace(alone, receivers=Receivers(beams_late=0.1))

    prompt_times, late_times = broken_at(simulate(alone, 600, 4), "outer"), broken_at(simulate(late, 600, 4), "outer")

    assert late_times == pytest.approx([t + 0.1 for t in prompt_times], abs=0.002)


def test_other_phones_are_carried_by_the_same_people():
    simulated = [simulate(replace(DoorParameters(), phones=Phones(iphone=share)), 300, seed=1) for share in (0.0, 1.0)]

    usual, apple = ([(passed.t, passed.direction) for passed in one.truth] for one in simulated)
    assert usual == apple
    assert simulated[0].events != simulated[1].events


def test_the_officer_presses_where_asked_to():
    busy = simulate(DoorParameters(crowd=replace(QUIET, presses=1.0)), 600, seed=1)

    presses = [event for event in busy.events if isinstance(event, Press)]
    assert len(presses) == sum(passed.direction == "in" and passed.t < 588 for passed in busy.truth)


@pytest.mark.parametrize("condition", [*CONDITIONS, *BROKEN], ids=lambda condition: condition.name)
def test_every_condition_makes_a_door_where_people_pass(condition):
    simulated = simulate(condition.change(draw_door(2)), 240, seed=2)

    assert simulated.truth
    assert any(isinstance(event, Advert) for event in simulated.events)


def test_a_simulation_written_as_a_recording_is_read_as_it_was(tmp_path):
    simulated = simulate(two_radios(DoorParameters()), 60, seed=1)

    with RecordingWriter(tmp_path / "door.gz", simulated.header, conceal=lambda advert: advert) as writer:
        for event in simulated.events:
            writer.write(event)

    recording = read_recording(tmp_path / "door.gz")
    assert recording.header == simulated.header
    assert recording.load() == simulated.events

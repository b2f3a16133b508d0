"""The walk as a machine: each step ends when it has heard enough, and never later than it may."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware.events import Advert, Beam, Scanner
from kiosk.calibration.steps import Carried, Step, Task, instructions, steps_for
from kiosk.calibration.walk import AFTER_BEAMS, STAND_LIMIT, WAIT_LIMIT, WALK_LIMIT, Phase, Walk
from kiosk.doorway import Layout

BLUEZONE = "00004e56-0000-1000-8000-00805f9b34fb"
STAND = Step(Task.STAND, Carried.HAND, "inside", 0.3)
IN = Step(Task.WALK_IN, Carried.HAND, "inside")


def advert(t, rssi=-55, address="4A:00:00:00:00:01"):
    return Advert(t, address, rssi, service_uuids=(BLUEZONE,))


def run(walk, start, end, *, sends=lambda t: True, rssi=-55, beams=()):
    """Let time pass with a phone that sends ten times a second; stop when the step is over. Returns when that was."""
    pending = sorted(beams, key=lambda beam: beam.t)
    for tenth in range(round((end - start) * 10)):
        t = start + tenth / 10
        while pending and pending[0].t <= t:
            walk.handle(pending.pop(0))
        if sends(t):
            walk.handle(advert(t, rssi))
        walk.advance(t)
        if walk.phase in (Phase.READY, Phase.OVER):
            return t
    return None


@pytest.fixture
def walk(layout, recogniser):
    return Walk((STAND, IN), layout, recogniser, hold=0.02)


def test_a_stand_ends_when_enough_was_heard(walk):
    walk.begin(100.0)

    assert run(walk, 100, 200) == pytest.approx(117, abs=1)  # a silent phone might still begin for 15 s
    assert (walk.phase, walk.step) == (Phase.READY, IN)
    assert walk.nearest.strength == -55


def test_a_stand_in_which_nothing_is_heard_ends_at_its_limit(walk):
    walk.begin(100.0)

    assert run(walk, 100, 200, sends=lambda t: False) == pytest.approx(100 + STAND_LIMIT, abs=0.2)
    assert walk.nearest is None


def test_a_desks_phone_heard_alone_is_not_taken_for_the_installers(walk):
    walk.begin(0.0)
    for tenth in range(450):
        t = tenth / 10
        walk.handle(advert(t, -72, "4A:00:00:00:00:02"))
        if t > 14.5:
            walk.handle(advert(t, -52))
        walk.advance(t)

    assert walk.nearest.strength == -52


def test_the_installer_goes_when_the_phone_begins_to_send(walk):
    walk.begin(0.0)
    run(walk, 0, 60, sends=lambda t: t % 30 < 15)
    walk.begin(80.0)
    assert walk.phase is Phase.WAITING

    run(walk, 80, 89.9, sends=lambda t: t % 30 < 15)
    assert walk.phase is Phase.WAITING
    run(walk, 89.9, 91, sends=lambda t: t % 30 < 15)
    assert walk.phase is Phase.MEASURING


def test_a_phone_that_always_sends_need_not_be_waited_for(walk):
    walk.begin(0.0)
    run(walk, 0, 60)
    run(walk, 20, 50)
    walk.begin(50.0)
    run(walk, 50, 50.3)

    assert walk.phase is Phase.MEASURING


def test_a_phone_that_stays_silent_is_waited_for_only_so_long(walk):
    walk.begin(0.0)
    run(walk, 0, 60)
    walk.begin(100.0)
    run(walk, 100, 100 + WAIT_LIMIT + 0.2, sends=lambda t: False)

    assert walk.phase is Phase.MEASURING


def test_a_walk_ends_some_seconds_after_both_beams(walk):
    walk.begin(0.0)
    run(walk, 0, 60)
    run(walk, 20, 50)
    walk.begin(50.0)
    beams = [Beam(53, "outer", True), Beam(53.3, "outer", False), Beam(53.2, "inner", True), Beam(53.5, "inner", False)]

    assert run(walk, 50, 100, beams=beams) == pytest.approx(53.5 + AFTER_BEAMS, abs=0.2)
    assert [pulse.sensor for pulse in walk.record.pulses_of(walk.record.takes[1])] == ["outer", "inner"]
    assert walk.phase is Phase.OVER


def test_a_walk_that_breaks_one_beam_only_ends_at_its_limit(walk):
    walk.begin(0.0)
    run(walk, 0, 60)
    run(walk, 20, 50)
    walk.begin(50.0)
    beams = [Beam(53, "outer", True), Beam(53.3, "outer", False)]

    assert run(walk, 50, 100, beams=beams) == pytest.approx(50 + WALK_LIMIT, abs=0.4)


def test_no_step_begins_while_another_is_on(walk):
    walk.begin(0.0)

    with pytest.raises(ValueError, match="no step can begin"):
        walk.begin(1.0)


EVENTS = st.one_of(
    st.builds(advert, st.just(0.0), st.integers(-127, 20), st.sampled_from(["A", "B", ""])),
    st.builds(Beam, st.just(0.0), st.sampled_from(["outer", "inner", "other"]), st.booleans()),
    st.builds(Scanner, st.just(0.0), st.just("inside"), st.booleans()),
)


@settings(max_examples=40)
@given(st.lists(st.tuples(st.floats(0, 3), EVENTS), max_size=60))
def test_whatever_happens_every_step_ends_in_time(layout, recogniser, happened):
    walk = Walk(steps_for(layout), layout, recogniser, hold=0.02)
    t, waiting = 0.0, list(happened)
    while walk.phase is not Phase.OVER:
        walk.begin(t)
        begun, number = t, len(walk.record.takes)
        while len(walk.record.takes) == number:
            if waiting:
                gap, event = waiting.pop(0)
                t += gap
                walk.handle(type(event)(**{**fields(event), "t": t}))
            else:
                t += 0.5
            walk.advance(t)
        assert t - begun <= max(STAND_LIMIT, WAIT_LIMIT + WALK_LIMIT) + 6

    assert [take.step for take in walk.record.takes] == list(steps_for(layout))


def fields(event):
    return {name: getattr(event, name) for name in event.__dataclass_fields__}


def test_each_step_is_told_in_short_lines_and_its_name_is_its_own(layout):
    steps = steps_for(layout)

    assert len({step.name for step in steps}) == len(steps)
    assert max(len(line) for step in steps for line in instructions(step)) <= 92


def test_a_door_with_one_radio_has_no_stand_outside():
    steps = steps_for(Layout(radios=("inside",)))

    assert {step.radio for step in steps} == {"inside"}
    assert [step.task for step in steps if step.task is not Task.STAND] == [
        Task.WALK_OUT,
        Task.WALK_IN,
        Task.WALK_OUT,
        Task.WALK_IN,
    ]

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.decisions import Direction
from kiosk.doorway.beams import Pulse
from kiosk.doorway.bodies import Body, explain

SPACING = 0.3


def shadows(*walkers: tuple[float, Direction, float]) -> tuple[list[Pulse], list[Pulse]]:
    """The merged pulses of people 30 cm deep who cross at a time, in a direction, at a speed."""
    both = []
    for sensor, x in (("outer", -0.15), ("inner", 0.15)):
        merged: list[Pulse] = []
        for t, direction, speed in sorted(
            walkers, key=lambda w: w[0] + (x if w[1] is Direction.IN else -x) / w[2] - 0.15 / w[2]
        ):
            middle = t + (x if direction is Direction.IN else -x) / speed
            start, end = middle - 0.15 / speed, middle + 0.15 / speed
            if merged and start <= merged[-1].end:
                merged[-1] = Pulse(sensor, merged[-1].start, max(end, merged[-1].end))
            else:
                merged.append(Pulse(sensor, start, end))
        both.append(merged)
    return both[0], both[1]


def bodies(*walkers: tuple[float, Direction, float]) -> list[Body]:
    return explain(*shadows(*walkers), SPACING)


@given(st.sampled_from(Direction), st.floats(0.6, 1.6))
def test_one_walker_is_found_with_direction_time_and_speed(direction: Direction, speed: float) -> None:
    (body,) = bodies((10.0, direction, speed))

    assert body.direction is direction
    assert body.t == pytest.approx(10.0, abs=1e-6)
    assert body.speed == pytest.approx(speed, rel=1e-6)


def test_two_abreast_leave_pulses_too_long_for_one() -> None:
    found = bodies((10.0, Direction.IN, 1.0), (10.2, Direction.IN, 1.0))

    assert [(round(body.t, 2), body.direction) for body in found] == [(10.0, Direction.IN), (10.2, Direction.IN)]


def test_one_in_and_one_out_who_meet_in_the_door() -> None:
    found = bodies((10.0, Direction.IN, 1.0), (10.4, Direction.OUT, 1.0))

    assert [body.direction for body in found] == [Direction.IN, Direction.OUT]


def test_a_queue_close_behind_each_other() -> None:
    found = bodies(*((10.0 + 0.45 * k, Direction.IN, 0.9) for k in range(5)))

    assert len(found) == 5
    assert {body.direction for body in found} == {Direction.IN}


def test_one_beam_alone_is_no_body() -> None:
    assert explain([Pulse("outer", 1.0, 1.3)], [], SPACING) == []


def test_somebody_who_stops_between_the_beams_is_one_body_without_a_speed() -> None:
    (body,) = explain([Pulse("outer", 1.0, 4.0)], [Pulse("inner", 1.4, 4.9)], SPACING)

    assert body.direction is Direction.IN
    assert body.speed is None or body.speed < 1.0


times = st.floats(0, 3).map(lambda t: round(t, 3))


@given(st.lists(st.tuples(times, st.sampled_from(Direction), st.floats(0.4, 2.0)), min_size=1, max_size=7))
def test_whatever_the_crowd_somebody_is_found_and_never_more_than_there_are(
    walkers: list[tuple[float, Direction, float]],
) -> None:
    found = bodies(*walkers)

    assert 1 <= len(found) <= len(walkers) + 1

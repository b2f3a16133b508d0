"""Edges in, edges out; the reference below says in one line what a stable edge is."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from hardware.events import Action, Beam, Button
from kiosk.debounce import STUCK_SECONDS, Debouncer

HOLD = 0.02


def beams(*edges: tuple[float, bool], sensor: str = "outer") -> list[Beam]:
    return [Beam(t, sensor, active) for t, active in edges]


def debounced(edges: list[Beam], hold: float = HOLD) -> list[Beam]:
    debouncer = Debouncer[Beam](hold)
    out = [stable for edge in edges for stable in debouncer.feed(edge)]
    return out + debouncer.advance(float("inf"))


def test_a_clean_pulse_comes_out_as_it_went_in() -> None:
    pulse = beams((1.0, True), (1.3, False))
    assert debounced(pulse) == pulse


def test_bounce_is_one_edge_at_the_time_it_came_to_rest() -> None:
    assert debounced(beams((1.0, True), (1.003, False), (1.005, True), (1.5, False))) == beams(
        (1.005, True), (1.5, False)
    )


def test_a_flicker_shorter_than_the_hold_never_happened() -> None:
    assert debounced(beams((1.0, True), (1.01, False))) == []


def test_a_gap_shorter_than_the_hold_does_not_split_a_person_in_two() -> None:
    assert debounced(beams((1.0, True), (1.2, False), (1.21, True), (1.5, False))) == beams((1.0, True), (1.5, False))


def test_an_edge_is_given_as_soon_as_it_has_held() -> None:
    debouncer = Debouncer[Beam](HOLD)
    (edge,) = beams((1.0, True))
    assert debouncer.feed(edge) == []
    assert debouncer.due() == 1.0 + HOLD
    assert debouncer.advance(1.019) == []
    assert debouncer.advance(1.0 + HOLD) == [edge]
    assert debouncer.due() is None


def test_without_a_hold_everything_passes_at_once() -> None:
    debouncer = Debouncer[Beam](0.0)
    for edge in beams((1.0, True), (1.001, False)):
        assert debouncer.feed(edge) == [edge]


def test_buttons_do_not_disturb_each_other() -> None:
    debouncer = Debouncer[Button](HOLD)
    down = [Button(1.0, Action.SHOWN, True), Button(1.01, Action.EXIT, True)]
    assert [edge for each in down for edge in debouncer.feed(each)] == []
    assert debouncer.advance(1.025) == down[:1]
    assert debouncer.advance(1.05) == down[1:]


def test_a_box_in_the_doorway_is_a_fault_until_it_is_taken_away() -> None:
    debouncer = Debouncer[Beam](HOLD)
    debouncer.feed(Beam(10.0, "outer", True))
    assert debouncer.stuck(10.0 + STUCK_SECONDS) == ()
    assert debouncer.stuck(10.1 + STUCK_SECONDS) == ("outer",)
    debouncer.feed(Beam(500.0, "outer", False))
    debouncer.advance(501.0)
    assert debouncer.stuck(501.0) == ()


def test_a_line_that_never_comes_to_rest_is_a_fault_too() -> None:
    debouncer, t = Debouncer[Beam](HOLD), 0.0
    for active in itertools.islice(itertools.cycle([True, False]), 13_000):
        t += 0.01
        assert debouncer.feed(Beam(t, "inner", active)) == []
    assert debouncer.stuck(t) == ("inner",)


# Times on a grid finer than the hold and coarser than it, so that equality and every order occur.
gaps = st.sampled_from([0.0, 0.005, 0.01, 0.02, 0.025, 0.3])
edges = st.lists(st.tuples(gaps, st.sampled_from(["outer", "inner"]), st.booleans()), max_size=60)


def timed(steps: list[tuple[float, str, bool]]) -> list[Beam]:
    times = itertools.accumulate(gap for gap, _, _ in steps)
    return [Beam(round(t, 3), sensor, active) for t, (_, sensor, active) in zip(times, steps, strict=True)]


def reference(raw: list[Beam], sensor: str) -> list[Beam]:
    """Of one line: the edges after which it held still, less those that lead where it already was."""
    changes, state = [], False
    for edge in raw:
        if edge.sensor == sensor and edge.active is not state:
            changes.append(edge)
            state = edge.active
    following = [*(edge.t for edge in changes[1:]), float("inf")]
    stable, state = [], False
    for edge, until in zip(changes, following, strict=False):
        if until >= edge.t + HOLD and edge.active is not state:
            stable.append(edge)
            state = edge.active
    return stable


@given(edges)
def test_exactly_the_edges_that_hold_come_out_in_order(steps: list[tuple[float, str, bool]]) -> None:
    raw = timed(steps)
    out = debounced(raw)
    assert [edge.t for edge in out] == sorted(edge.t for edge in out)
    for sensor in ("outer", "inner"):
        assert [edge for edge in out if edge.sensor == sensor] == reference(raw, sensor)


@given(edges, st.lists(st.floats(0, 0.02), min_size=60, max_size=60))
def test_how_often_time_is_advanced_does_not_matter(steps: list[tuple[float, str, bool]], more: list[float]) -> None:
    raw, debouncer, out = timed(steps), Debouncer[Beam](HOLD), []
    for edge, following, extra in zip(raw, [*raw[1:], None], more, strict=False):
        out += debouncer.feed(edge)
        out += debouncer.advance(min(edge.t + extra, following.t if following else float("inf")))
    assert out + debouncer.advance(float("inf")) == debounced(raw)

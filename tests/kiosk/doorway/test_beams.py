from kiosk.doorway.beams import STUCK, BeamLine, Pulse


def pulses(*edges: tuple[float, bool]) -> list[Pulse]:
    line = BeamLine("outer")
    found = [line.edge(t, active) for t, active in edges]
    found.append(line.free_at(edges[-1][0] + 1))
    return [pulse for pulse in found if pulse is not None]


def test_one_body_is_one_pulse() -> None:
    assert pulses((1.0, True), (1.3, False)) == [Pulse("outer", 1.0, 1.3)]


def test_bounce_on_either_edge_is_taken_out() -> None:
    edges = (1.0, True), (1.004, False), (1.007, True), (1.3, False), (1.303, True), (1.31, False)

    assert pulses(*edges) == [Pulse("outer", 1.0, 1.31)]


def test_a_gap_longer_than_bounce_parts_two_bodies() -> None:
    assert len(pulses((1.0, True), (1.3, False), (1.35, True), (1.6, False))) == 2


def test_an_insect_is_nobody() -> None:
    assert pulses((1.0, True), (1.04, False)) == []


def test_a_repeated_level_changes_nothing() -> None:
    assert pulses((1.0, True), (1.1, True), (1.3, False), (1.305, False)) == [Pulse("outer", 1.0, 1.3)]


def test_somebody_who_stops_is_not_a_stuck_beam_but_a_blocked_one_is() -> None:
    line = BeamLine("outer")
    line.edge(5.0, True)

    assert not line.stuck_at(5.0 + STUCK - 1)
    assert line.stuck_at(5.0 + STUCK + 1)

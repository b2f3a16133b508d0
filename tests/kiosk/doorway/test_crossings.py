from hardware.events import Beam
from kiosk.decisions import Direction
from kiosk.doorway.bodies import Body
from kiosk.doorway.crossings import Announced, Crossings
from kiosk.doorway.layout import Layout


def play(crossings: Crossings, *edges: tuple[float, str, bool]) -> tuple[list[Announced], list[Body]]:
    announced, bodies = [], []
    for t, sensor, active in edges:
        crossings.edge(Beam(t, sensor, active))
        for later in (0.0, 0.1):
            first, some = crossings.at(t + later)
            announced += [first] if first else []
            bodies += some
    first, some = crossings.at(edges[-1][0] + 2)
    return announced, bodies + some


def pulse(t: float, sensor: str, seconds: float = 0.3) -> tuple[tuple[float, str, bool], tuple[float, str, bool]]:
    return (t, sensor, True), (t + seconds, sensor, False)


def test_a_passage_is_announced_before_the_body_is_through() -> None:
    announced, bodies = play(
        Crossings(Layout()),
        (1.0, "outer", True),
        (1.3, "inner", True),
        (1.31, "outer", False),
        (1.6, "inner", False),
    )

    assert [one.direction for one in announced] == [Direction.IN]
    assert announced[0].t < 1.3
    assert [body.direction for body in bodies] == [Direction.IN]


def test_one_beam_counts_everybody_in() -> None:
    _, bodies = play(Crossings(Layout(("beam",))), *pulse(1.0, "beam"), *pulse(2.0, "beam"))

    assert [body.direction for body in bodies] == [Direction.IN, Direction.IN]


def test_a_motion_sensor_counts_one_however_long_it_is_active() -> None:
    _, bodies = play(Crossings(Layout(("motion",))), *pulse(1.0, "motion", 4.0))

    assert len(bodies) == 1


def test_a_beam_that_is_stuck_leaves_the_other_to_count() -> None:
    crossings = Crossings(Layout())
    crossings.edge(Beam(0.0, "outer", True))
    crossings.at(30.0)

    _, bodies = play(crossings, *pulse(31.0, "inner"), *pulse(35.0, "inner"))

    assert crossings.stuck == {"outer"}
    assert len(bodies) == 2


def test_somebody_who_turns_back_is_no_passage_but_a_dead_beam_loses_none() -> None:
    crossings = Crossings(Layout())

    _, turned_back = play(crossings, *pulse(1.0, "outer"))
    _, none_yet = play(crossings, *pulse(10.0, "outer"))
    _, found = play(crossings, *pulse(20.0, "outer"))
    _, later = play(crossings, *pulse(30.0, "outer"))

    assert (turned_back, none_yet) == ([], [])
    assert [len(found), len(later)] == [3, 1]


def test_a_sensor_nobody_knows_is_ignored() -> None:
    assert play(Crossings(Layout()), *pulse(1.0, "back door")) == ([], [])

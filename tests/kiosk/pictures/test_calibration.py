"""The picture of a walk shows when the door was passed, and what is wrong with the place."""

from dataclasses import replace

import pytest

from hardware.simulation import DoorParameters
from kiosk.calibration.sessions import EARLY, walk_simulated_door
from kiosk.calibration.suitability import Unsuited
from kiosk.pictures.calibration import BELOW, FAULT, HEIGHT, HIGH, PASSAGE, RADIOS, TOP, WIDTH, draw_calibration
from kiosk.settings import Settings


@pytest.fixture(scope="module")
def walked():
    door = DoorParameters(radios=("inside", "outside"), crowd=EARLY)
    return walk_simulated_door(Settings(), lambda _: None, 1, door)


def colours(surface, left, top, right, bottom):
    return {tuple(surface.get_at((x, y)))[:3] for x in range(left, right) for y in range(top, bottom)}


def test_each_passage_is_a_line_at_its_time(walked):
    layout, findings = walked
    surface = draw_calibration(findings, layout, "a door").surface()

    row = [tuple(surface.get_at((x, TOP + 3)))[:3] for x in range(WIDTH)]
    marked = [x for x, colour in enumerate(row) if colour == PASSAGE]

    assert surface.get_size() == (WIDTH, HEIGHT)
    assert len([x for x in marked if x - 1 not in marked]) == len(findings.estimate.crossings)


def test_both_radios_are_drawn(walked):
    layout, findings = walked
    seen = colours(draw_calibration(findings, layout, "a door").surface(), 70, TOP, WIDTH - 30, TOP + HIGH)

    assert set(RADIOS) <= seen


def test_what_is_wrong_is_written_in_another_colour(walked, tmp_path):
    layout, findings = walked
    bad = replace(findings, unsuited=[Unsuited("desks", "staff sit beside the kiosk: move one of them " * 4)])

    def words(of):
        return colours(draw_calibration(of, layout, "a door").surface(), 660, BELOW + 100, WIDTH - 24, HEIGHT)

    assert FAULT in words(bad)
    assert FAULT not in words(findings)


def test_the_same_walk_gives_the_same_file(walked, tmp_path):
    layout, findings = walked
    for name in ("one.png", "two.png"):
        draw_calibration(findings, layout, "a door").save(tmp_path / name)

    assert (tmp_path / "one.png").read_bytes() == (tmp_path / "two.png").read_bytes()

"""The picture of a recording has a row for each minute with passages, and marks each of them."""

import pygame
import pytest

from hardware.beacons import Recogniser, load_profiles
from hardware.simulation import DoorParameters, simulate
from hardware.simulation.doors import two_radios
from kiosk.decisions import App, Direction, Entry, Source
from kiosk.pictures import strengths
from kiosk.pictures.strengths import GUTTER, MARGIN, ROW, ROW_SECONDS, STRIP, WIDTH, draw_strengths

PITCH = ROW + STRIP + GUTTER


@pytest.fixture(scope="module")
def simulated():
    return simulate(two_radios(DoorParameters()), 180, seed=2)


def entry(t, app=App.DETECTED):
    return Entry(1, t, Direction.IN, app, 0.9, Source.DOOR)


def draw(simulated, *entries):
    return draw_strengths(simulated.header, simulated.events, entries, Recogniser(load_profiles())).surface()


def test_minutes_in_which_nobody_passed_are_left_out(simulated):
    one, two = draw(simulated, entry(70.0)), draw(simulated, entry(10.0), entry(130.0))

    assert one.get_width() == WIDTH
    assert two.get_height() - one.get_height() == PITCH


def test_an_entry_is_marked_at_its_time_in_the_colour_of_what_was_said(simulated):
    x = round(MARGIN + 30 / ROW_SECONDS * (WIDTH - MARGIN - 24))

    def colours(app):
        picture = draw(simulated, entry(90.0, app))
        column = [picture.get_at((x + aside, y))[:3] for y in range(76 + GUTTER, 76 + PITCH) for aside in (-1, 0)]
        return [max(abs(a - b) for a, b in zip(one, strengths.VERDICTS[app], strict=True)) for one in column]

    assert sum(distance < 60 for distance in colours(App.DETECTED)) > 20
    assert sum(distance < 60 for distance in colours(App.UNKNOWN)) > 20


def test_a_whole_day_is_cut_to_an_hour_of_passages(simulated):
    many = [entry(60.0 * minute) for minute in range(90)]

    assert draw(simulated, *many).get_height() < 62 * PITCH


def test_nothing_at_all_is_a_picture_too(simulated):
    assert isinstance(draw(simulated), pygame.Surface)

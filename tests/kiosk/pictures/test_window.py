"""The second window draws when it is time to, where there is a display, and can be saved without one."""

import pygame
import pytest

from hardware.clock import SimulatedClock
from hardware.simulation import DoorParameters
from hardware.simulation.source import SimulatedHardware
from kiosk.lookout import Lookout
from kiosk.pictures.overhead import HEIGHT, WIDTH
from kiosk.pictures.window import EVERY, OverheadWindow

DOOR = DoorParameters()


class CountingLookout(Lookout):
    asked = 0

    def moment(self, t):
        self.asked += 1
        return super().moment(t)


@pytest.fixture
def clock():
    return SimulatedClock(monotonic=100.0)


@pytest.fixture
def lookout(clock):
    return CountingLookout(SimulatedHardware(DOOR, clock, seed=1), clock=str)


@pytest.fixture
def display(monkeypatch):
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    pygame.display.init()
    yield
    pygame.display.quit()


@pytest.mark.usefixtures("display")
def test_it_draws_a_few_times_a_second_however_often_it_is_asked(clock, lookout):
    window = OverheadWindow(DOOR, lookout, clock.monotonic)

    for _ in range(10):
        window.turn()
    clock.advance(EVERY)
    window.turn()

    assert lookout.asked == 2


def test_without_a_display_nothing_happens(clock, lookout):
    OverheadWindow(DOOR, lookout, clock.monotonic).turn()

    assert lookout.asked == 0


def test_it_can_be_saved_without_a_display(clock, lookout, tmp_path):
    OverheadWindow(DOOR, lookout, clock.monotonic).save(tmp_path / "above.png")

    assert pygame.image.load(tmp_path / "above.png").get_size() == (WIDTH, HEIGHT)

"""A second window beside the visitor's screen, with the doorway from above."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

import pygame
import pygame.display

from hardware.simulation import DoorParameters
from kiosk.lookout import Lookout
from kiosk.pictures.canvas import Canvas
from kiosk.pictures.overhead import HEIGHT, WIDTH, draw_overhead

EVERY: Final = 0.15
"""Seconds between two pictures: walkers move by a sixth of a metre, and drawing takes a tenth of one core."""


class OverheadWindow:
    """Call `turn` often, on the main thread; it draws when it is time to and a display is there.

    `monotonic` is the clock of the simulation (seconds). `save` writes the last moment as a PNG, display or not.
    """

    def __init__(self, door: DoorParameters, lookout: Lookout, monotonic: Callable[[], float]) -> None:
        self._door = door
        self._lookout = lookout
        self._monotonic = monotonic
        self._window: pygame.Window | None = None
        self._canvas: Canvas | None = None
        self._next = float("-inf")

    def turn(self) -> None:
        """Draw the present moment, if it is time to."""
        now = self._monotonic()
        if now < self._next or not pygame.display.get_init():
            return
        self._next = now + EVERY
        picture = self._draw(now).surface()
        try:
            if self._window is None:
                self._window = pygame.Window("The doorway from above", (WIDTH, HEIGHT))
            self._window.get_surface().blit(picture, (0, 0))
            self._window.flip()
        except pygame.error:  # the display has gone, and the window with it; the next turn looks for a new one
            self._window = None

    def save(self, path: Path) -> None:
        """Write the present moment as a PNG. Raises KioskError when that cannot be done."""
        self._draw(self._monotonic()).save(path)

    def _draw(self, t: float) -> Canvas:
        self._canvas = draw_overhead(self._door, self._lookout.moment(t), self._canvas)
        return self._canvas

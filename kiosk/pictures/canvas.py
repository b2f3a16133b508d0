"""A sheet to draw on with soft edges: everything is drawn twice as large and scaled down at the end."""

from collections.abc import Sequence
from enum import Enum
from functools import lru_cache
from pathlib import Path
from typing import Final

import pygame
import pygame.font

from kiosk.errors import KioskError
from kiosk.screen.palette import Colour
from kiosk.screen.typeface import shipped_folder

FINER: Final = 2

Point = tuple[float, float]


class Anchor(Enum):
    """Which point of a text its place names: the share of its width that lies to the left."""

    LEFT = 0.0
    MIDDLE = 0.5
    RIGHT = 1.0


class Canvas:
    """Drawing in pixels of the finished picture, from the top left corner."""

    def __init__(self, width: int, height: int, paper: Colour) -> None:
        pygame.font.init()
        self.width, self.height = width, height
        self._fine = pygame.Surface((width * FINER, height * FINER))
        self._fine.fill(paper)
        self._paper = paper

    def clear(self) -> None:
        """Begin anew."""
        self._fine.fill(self._paper)

    def line(self, points: Sequence[Point], colour: Colour, width: float = 1.0) -> None:
        """A line through all points."""
        if len(points) > 1:
            pygame.draw.lines(self._fine, colour, False, [_fine(p) for p in points], max(1, round(width * FINER)))

    def dashes(self, start: Point, end: Point, colour: Colour, *, dash: float = 4.0, width: float = 1.0) -> None:
        """A dashed line; each dash and each gap is `dash` pixels long."""
        length = max(1e-6, ((end[0] - start[0]) ** 2 + (end[1] - start[1]) ** 2) ** 0.5)
        for step in range(0, int(length / dash) + 1, 2):
            shares = step * dash / length, min(1.0, (step + 1) * dash / length)
            a, b = ((start[0] + s * (end[0] - start[0]), start[1] + s * (end[1] - start[1])) for s in shares)
            self.line([a, b], colour, width)

    def dot(self, place: Point, radius: float, colour: Colour) -> None:
        """A filled circle."""
        pygame.draw.circle(self._fine, colour, _fine(place), radius * FINER)

    def ring(self, place: Point, radius: float, colour: Colour, width: float = 1.0) -> None:
        """A circle."""
        pygame.draw.circle(self._fine, colour, _fine(place), radius * FINER, max(1, round(width * FINER)))

    def box(self, corner: Point, size: Point, colour: Colour, *, rounded: float = 0.0) -> None:
        """A filled rectangle from its top left corner."""
        rectangle = pygame.Rect(*_fine(corner), round(size[0] * FINER), round(size[1] * FINER))
        pygame.draw.rect(self._fine, colour, rectangle, border_radius=round(rounded * FINER))

    def shape(self, points: Sequence[Point], colour: Colour) -> None:
        """A filled polygon."""
        pygame.draw.polygon(self._fine, colour, [_fine(point) for point in points])

    def text(
        self,
        place: Point,
        words: str,
        colour: Colour,
        *,
        size: int = 13,
        bold: bool = False,
        anchor: Anchor = Anchor.LEFT,
    ) -> float:
        """Words, vertically centred on `place`; returns how wide they are. `size` is in pixels."""
        picture = _font(size * FINER, bold).render(words, True, colour)
        width, height = picture.get_size()
        x, y = _fine(place)
        self._fine.blit(picture, (x - round(width * anchor.value), y - height // 2))
        return width / FINER

    def surface(self) -> pygame.Surface:
        """The finished picture."""
        return pygame.transform.smoothscale(self._fine, (self.width, self.height))

    def save(self, path: Path) -> None:
        """Write the finished picture as PNG. Raises KioskError when it cannot be written."""
        try:
            with path.open("wb") as file:
                pygame.image.save(self.surface(), file, "picture.png")
        except OSError as error:
            raise KioskError(f"{path}: cannot be written ({error.strerror}); name another file") from error


def text_width(words: str, size: int = 13, bold: bool = False) -> float:
    """How wide words will be, in pixels."""
    return _font(size * FINER, bold).size(words)[0] / FINER


@lru_cache(maxsize=32)
def _font(pixels: int, bold: bool) -> pygame.font.Font:
    pygame.font.init()
    name = "BeVietnamPro-SemiBold.ttf" if bold else "BeVietnamPro-Regular.ttf"
    return pygame.font.Font(shipped_folder() / name, pixels)


def _fine(point: Point) -> tuple[int, int]:
    return round(point[0] * FINER), round(point[1] * FINER)

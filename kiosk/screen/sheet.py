"""All scenes on one picture, to look at side by side."""

from collections.abc import Sequence
from typing import Final

import pygame
import pygame.transform

from kiosk.screen.painter import Painter
from kiosk.screen.samples import sample

GROUND: Final = (128, 128, 128)
GAP: Final = 8
"""Pixels between two pictures."""


def cells(names: Sequence[str], size: tuple[int, int], width: int, columns: int) -> dict[str, pygame.Rect]:
    """Where each scene's picture of a panel of `size` lies, when it is scaled to `width` pixels."""
    height = round(width * size[1] / size[0])
    return {
        name: pygame.Rect(GAP + i % columns * (width + GAP), GAP + i // columns * (height + GAP), width, height)
        for i, name in enumerate(names)
    }


def sheet(painter: Painter, names: Sequence[str], width: int, columns: int) -> pygame.Surface:
    """Draw the named scenes, each scaled to `width` pixels, in so many columns."""
    boxes = cells(names, painter.size, width, columns)
    around = pygame.Rect(0, 0, 0, 0).unionall(list(boxes.values()))
    result = pygame.Surface((around.width + GAP, around.height + GAP))
    result.fill(GROUND)
    panel = pygame.Surface(painter.size)
    for name, box in boxes.items():
        painter.forget()
        painter.paint(panel, sample(name))
        result.blit(pygame.transform.smoothscale(panel, box.size), box)
    painter.forget()
    return result

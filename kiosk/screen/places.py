"""Where everything stands: the doorway, the column that speaks and the floor, in pixels of one panel."""

from dataclasses import dataclass
from typing import Final

import pygame

from kiosk.screen.ruler import LONG_SIDE, SHORT_SIDE, Ruler

MARGIN: Final = 20.0
FRAME: Final = 6.0
RISE: Final = 46.0
TILE: Final = 198.0
"""Millimetres the code's white tile may take: 29 modules and the quiet zone make a symbol of at least 145 mm of it."""

GROWTH: Final = 4.0
"""Millimetres the doorway grows on each side when it opens: seen from afar, and clear of the text beside it."""


@dataclass(frozen=True, slots=True)
class Places:
    """Pixels.

    `module` is the width of one module of the code, `steps` are the middles of the three discs, and a touch on
    `officer` brings the officer's keys.
    """

    panel: pygame.Rect
    door: pygame.Rect
    tile: pygame.Rect
    module: int
    column: pygame.Rect
    floor: pygame.Rect
    organisation: int
    headline: int
    steps: tuple[int, int, int]
    body: int
    beside_lines: int
    help: int
    notice: int
    corner: int
    notice_lines: int
    card: pygame.Rect
    officer: pygame.Rect


def places(ruler: Ruler, modules: int) -> Places:
    """Lay out a panel for a code of so many modules, quiet zone included."""
    module = max(1, int(TILE * ruler.unit / modules))
    return _upright(ruler, module, modules * module) if ruler.portrait else _wide(ruler, module, modules * module)


def _wide(ruler: Ruler, module: int, tile: int) -> Places:
    px = ruler.pixels
    width, height = ruler.size
    extra = ruler.height_in_layout() - SHORT_SIDE
    sill = height - px(31 + 0.35 * extra)
    door_width = tile + 2 * px(13)
    top = sill - px(35) - tile - px(23)
    door = pygame.Rect(width - px(MARGIN) - door_width, top, door_width, sill - top)
    column = pygame.Rect(px(MARGIN), 0, door.left - px(MARGIN) - px(12), height)
    steps = [px(141 + 0.35 * extra + 26 * i) for i in range(3)]
    return Places(
        panel=pygame.Rect(0, 0, width, height),
        door=door,
        tile=pygame.Rect(door.left + px(13), top + px(35), tile, tile),
        module=module,
        column=column,
        floor=pygame.Rect(0, sill, width, height - sill),
        organisation=px(24.5),
        headline=px(66.3 + 0.1 * extra),
        steps=(steps[0], steps[1], steps[2]),
        body=steps[0] + px(6),
        beside_lines=2,
        help=px(227 + 0.55 * extra),
        notice=height - px(11),
        corner=height - px(7),
        notice_lines=3,
        card=pygame.Rect(px(12), steps[0] - px(16), column.right - px(12), steps[2] - steps[0] + px(32)),
        officer=pygame.Rect(door.left, sill, width - door.left, height - sill),
    )


def _upright(ruler: Ruler, module: int, tile: int) -> Places:
    px = ruler.pixels
    width, height = ruler.size
    extra = ruler.height_in_layout() - LONG_SIDE
    door_width = tile + 2 * px(13)
    top = px(120 + 0.2 * extra)
    sill = top + px(31) + tile + px(19)
    door = pygame.Rect((width - door_width) // 2, top, door_width, sill - top)
    column = pygame.Rect(px(MARGIN), 0, width - 2 * px(MARGIN), height)
    steps = [px(396 + 0.4 * extra + 23 * i) for i in range(3)]
    return Places(
        panel=pygame.Rect(0, 0, width, height),
        door=door,
        tile=pygame.Rect(door.left + px(13), top + px(31), tile, tile),
        module=module,
        column=column,
        floor=pygame.Rect(0, sill, width, px(19)),
        organisation=px(22),
        headline=px(63 + 0.1 * extra),
        steps=(steps[0], steps[1], steps[2]),
        body=steps[0] + px(11),
        beside_lines=1,
        help=px(470 + 0.6 * extra),
        notice=height - px(20),
        corner=height - px(8),
        notice_lines=2,
        card=pygame.Rect(px(12), steps[0] - px(11), width - 2 * px(12), steps[2] - steps[0] + px(22)),
        officer=pygame.Rect(width // 2, height - px(42), width // 2, px(42)),
    )

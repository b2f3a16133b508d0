"""The code visitors scan: error level Q, quiet zone of four modules, whole pixels, black on white."""

from typing import Final

import pygame
import segno

from kiosk.screen.palette import Colour

QUIET_ZONE: Final = 4
"""Modules of white around the symbol, as ISO/IEC 18004 asks."""

READING_RATIO: Final = 10.0
"""A phone reads a symbol from ten times its side."""


class QrCode:
    """The symbol for one address."""

    def __init__(self, address: str) -> None:
        symbol = segno.make(address, error="q", boost_error=False, micro=False)
        self._rows = [bytes(row) for row in symbol.matrix]

    @property
    def modules(self) -> int:
        """Modules along one side, without the quiet zone."""
        return len(self._rows)

    @property
    def modules_with_quiet_zone(self) -> int:
        """Modules along one side of the white tile."""
        return self.modules + 2 * QUIET_ZONE

    def draw(self, surface: pygame.Surface, corner: tuple[int, int], module: int, colour: Colour) -> None:
        """Draw the symbol, its tile's corner at `corner`, each module `module` pixels wide."""
        left, top = (value + QUIET_ZONE * module for value in corner)
        for y, row in enumerate(self._rows):
            for x, dark in enumerate(row):
                if dark:
                    surface.fill(colour, (left + x * module, top + y * module, module, module))

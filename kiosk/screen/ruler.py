"""Millimetres to pixels: everything is laid out on a 24-inch panel and scales with the real one."""

from dataclasses import dataclass
from typing import Final

LONG_SIDE: Final = 531.0
SHORT_SIDE: Final = 299.0
"""Millimetres: the sides of a 24-inch panel of 16:9, on which the layout is drawn."""

LEGIBLE_PIXELS: Final = 10.0
"""Pixels of cap height that a Vietnamese letter with two marks needs to keep them apart."""

LEGIBLE_MILLIMETRES: Final = 1.6
"""Cap height in real millimetres: 14 minutes of arc at 0.4 m, the nearest anybody reads a small panel from."""


@dataclass(frozen=True, slots=True)
class Ruler:
    """A panel of `size` pixels and `inches` of visible diagonal."""

    size: tuple[int, int]
    inches: float

    @property
    def portrait(self) -> bool:
        """Whether the panel stands upright."""
        return self.size[1] > self.size[0]

    @property
    def pixels_per_millimetre(self) -> float:
        """Real pixels on a real millimetre."""
        return float((self.size[0] ** 2 + self.size[1] ** 2) ** 0.5 / (self.inches * 25.4))

    @property
    def unit(self) -> float:
        """Pixels for one millimetre of the 24-inch layout."""
        width, height = self.size
        across, down = (SHORT_SIDE, LONG_SIDE) if self.portrait else (LONG_SIDE, SHORT_SIDE)
        return min(width / across, height / down)

    def pixels(self, millimetres: float) -> int:
        """Whole pixels for so many millimetres of the layout."""
        return round(millimetres * self.unit)

    def cap_height(self, millimetres: float) -> float:
        """Pixels of cap height for a text drawn so high on the layout; never less than legible."""
        return max(millimetres * self.unit, LEGIBLE_PIXELS, LEGIBLE_MILLIMETRES * self.pixels_per_millimetre)

    def height_in_layout(self) -> float:
        """The panel's height in millimetres of the layout: more than the layout's own on a squarer panel."""
        return self.size[1] / self.unit

    def width_in_layout(self) -> float:
        """The panel's width in millimetres of the layout."""
        return self.size[0] / self.unit

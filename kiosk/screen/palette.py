"""The colours of day and night, by what they are for."""

from dataclasses import dataclass
from typing import Final

Colour = tuple[int, int, int]


def _colour(code: str) -> Colour:
    return int(code[1:3], 16), int(code[3:5], 16), int(code[5:7], 16)


def code(colour: Colour) -> str:
    """The colour as `#RRGGBB`."""
    return "#{:02X}{:02X}{:02X}".format(*colour)


def mixed(first: Colour, second: Colour, share: float) -> Colour:
    """The colour that is `share` (0 to 1) of the way from the first to the second."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(first, second, strict=True))
    return red, green, blue


def contrast(first: Colour, second: Colour) -> float:
    """The contrast ratio of two colours, 1 to 21, as WCAG 2 defines it."""
    brighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def _luminance(colour: Colour) -> float:
    channels = [part / 255 for part in colour]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@dataclass(frozen=True, slots=True)
class Palette:
    """Every colour of the screen at one time of day."""

    paper: Colour
    ink: Colour
    quiet: Colour
    blue: Colour
    on_blue: Colour
    deep: Colour
    on_deep: Colour
    floor: Colour
    glow: Colour
    thanks: Colour
    on_thanks: Colour
    card: Colour
    on_card: Colour
    pill: Colour = (0xFF, 0xC9, 0x4D)
    on_pill: Colour = (0x2B, 0x1D, 0x00)
    code: Colour = (0, 0, 0)
    tile: Colour = (255, 255, 255)


DAY: Final = Palette(
    paper=_colour("#F5F2EB"),
    ink=_colour("#0A2540"),
    quiet=_colour("#33465A"),
    blue=_colour("#0B4AA2"),
    on_blue=(255, 255, 255),
    deep=_colour("#08306B"),
    on_deep=(255, 255, 255),
    floor=_colour("#E4DED1"),
    glow=(255, 255, 255),
    thanks=_colour("#07603F"),
    on_thanks=(255, 255, 255),
    card=_colour("#0A2540"),
    on_card=(255, 255, 255),
)

NIGHT: Final = Palette(
    paper=_colour("#071A30"),
    ink=_colour("#E9EEF5"),
    quiet=_colour("#A9B9CC"),
    blue=_colour("#7FB2F2"),
    on_blue=_colour("#071A30"),
    deep=_colour("#0B3B86"),
    on_deep=(255, 255, 255),
    floor=_colour("#0C2746"),
    glow=_colour("#0E2C4E"),
    thanks=_colour("#07603F"),
    on_thanks=(255, 255, 255),
    card=_colour("#E9EEF5"),
    on_card=_colour("#0A2540"),
)

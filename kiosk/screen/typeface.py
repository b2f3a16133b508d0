"""Real type: sizes by cap height in pixels and fractions of them, even spacing, soft edges."""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import pygame
import pygame.font

from kiosk.screen.palette import Colour
from kiosk.screen.roles import Role
from kiosk.screen.ruler import Ruler

FAMILY: Final = "BeVietnamPro"

_FINE: Final = 4
_COARSE: Final = 2
_FINE_BELOW: Final = 64
"""Pixels of em: letters below it are drawn at four times their size and scaled down, larger ones at twice.

SDL rounds every advance to whole pixels, which shows in small text as uneven gaps; scaling down spreads the error.
"""

_PICTURES: Final = 160
"""Pictures of lines kept: a scene has about 20, and the clock makes a new one every minute."""

ELLIPSIS: Final = "…"


@dataclass(frozen=True, slots=True)
class Picture:
    """A line of text as pixels; `origin` is where the start of its baseline lies in the surface."""

    surface: pygame.Surface
    origin: tuple[int, int]
    ink: pygame.Rect


class Typeface:
    """The fonts of one panel.

    Where a weight's file is missing from the folder, SDL's own letters stand in, and `remarks` say so.
    """

    def __init__(self, ruler: Ruler, folder: Path | None = None) -> None:
        pygame.font.init()
        self.ruler = ruler
        self.remarks: list[str] = []
        self._folder = folder or shipped_folder()
        self._fonts: dict[tuple[str, int], pygame.font.Font] = {}
        self._per_cap: dict[str, float] = {}
        self.picture = lru_cache(maxsize=_PICTURES)(self._picture)
        self.width = lru_cache(maxsize=4 * _PICTURES)(self._width)
        self.drawable = lru_cache(maxsize=2 * _PICTURES)(self._drawable)

    def cap_height(self, role: Role) -> float:
        """Pixels from the baseline to the top of an H in this role."""
        return self.ruler.cap_height(role.cap)

    def pitch(self, role: Role) -> float:
        """Pixels from one baseline to the next."""
        return self.cap_height(role) * role.pitch

    def missing(self, text: str, weight: str = "Regular") -> str:
        """The characters of `text` that the font cannot draw."""
        font = self._font(weight, 100)
        # A font's stand-in for what it lacks has an empty box or draws a frame: either way, the box of U+FFFF.
        stand_in = font.metrics("\uffff")[0]
        return "".join(
            character
            for character in dict.fromkeys(text)
            if not character.isspace() and font.metrics(character)[0] in (None, stand_in)
        )

    def _drawable(self, text: str, weight: str = "Regular") -> str:
        """`text` without what the font lacks; a letter it lacks with marks is drawn without them."""
        lacking = self.missing(text, weight)
        if not lacking:
            return text
        plain = {character: unicodedata.normalize("NFD", character)[0] for character in lacking}
        still_lacking = self.missing("".join(plain.values()), weight)
        table = {ord(c): "" if bare in still_lacking else bare for c, bare in plain.items()}
        return "\n".join(" ".join(line.split()) for line in text.translate(table).split("\n")).strip()

    def ink(self, text: str, role: Role, colour: Colour) -> pygame.Rect:
        """The box of the drawn pixels, relative to the start of the baseline."""
        picture = self.picture(text, role, colour)
        return picture.ink.move(-picture.origin[0], -picture.origin[1])

    def _width(self, text: str, role: Role) -> float:
        font, fine = self._sized(role)
        width = font.size(text)[0] / fine
        return width + max(0, len(text) - 1) * role.tracking * self._em(role)

    def _em(self, role: Role) -> float:
        if role.weight not in self._per_cap:
            metrics = self._font(role.weight, 1000).metrics("H")[0]
            self._per_cap[role.weight] = 1000 / metrics[3] if metrics and metrics[3] else 1.4
        return self.cap_height(role) * self._per_cap[role.weight]

    def _sized(self, role: Role) -> tuple[pygame.font.Font, int]:
        em = self._em(role)
        fine = _FINE if em < _FINE_BELOW else _COARSE
        return self._font(role.weight, round(em * fine)), fine

    def _font(self, weight: str, size: int) -> pygame.font.Font:
        if (weight, size) not in self._fonts:
            path = self._folder / f"{FAMILY}-{weight}.ttf"
            if not path.is_file() and not any(path.name in remark for remark in self.remarks):
                self.remarks.append(f"{path} is missing")
            self._fonts[weight, size] = pygame.font.Font(path if path.is_file() else None, size)
        return self._fonts[weight, size]

    def _picture(self, text: str, role: Role, colour: Colour) -> Picture:
        font, fine = self._sized(role)
        margin = 2
        ascent = -(-font.get_ascent() // fine) + margin
        descent = -(font.get_descent() // fine) + margin
        size = (round(self.width(text, role)) + 3 * margin, ascent + descent)
        large = pygame.Surface((size[0] * fine, size[1] * fine), pygame.SRCALPHA)
        large.fill((*colour, 0))
        top = ascent * fine - font.get_ascent()
        for part, x in self._parts(text, role, font, fine):
            large.blit(font.render(part, True, colour), (margin * fine + x, top))
        surface = pygame.transform.smoothscale(large, size)
        return Picture(surface, (margin, ascent), surface.get_bounding_rect(min_alpha=1))

    def _parts(self, text: str, role: Role, font: pygame.font.Font, fine: int) -> list[tuple[str, int]]:
        if not role.tracking:
            return [(text, 0)]
        step = role.tracking * self._em(role) * fine
        return [(letter, round(font.size(text[:i])[0] + i * step)) for i, letter in enumerate(text)]


def shipped_folder() -> Path:
    """Where the font that ships with the kiosk lies."""
    try:
        import fontpkg_be_vietnam_pro  # noqa: PLC0415 (it reads its metadata when imported)
    except ImportError:
        return Path("fontpkg_be_vietnam_pro")  # not there: its letters are missing, which is told file by file
    return Path(fontpkg_be_vietnam_pro.ROOT) / "files"

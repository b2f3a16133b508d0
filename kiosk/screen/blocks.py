"""The pieces a picture is made of. Two blocks that compare equal have the same pixels."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field

import pygame

from kiosk.screen import shapes
from kiosk.screen.palette import Colour
from kiosk.screen.roles import Role
from kiosk.screen.typeface import Typeface

Draw = Callable[[pygame.Surface, tuple[int, int]], None]


@dataclass(frozen=True, slots=True)
class Text:
    """What a block says, for those who check it: lines, role, and its colour on its ground."""

    lines: tuple[str, ...]
    role: Role
    colour: Colour
    ground: Colour


@dataclass(frozen=True, slots=True)
class Block:
    """One piece: the box of its pixels, what decides how it looks, and how to draw it moved by so many pixels."""

    name: str
    rect: tuple[int, int, int, int]
    look: Hashable
    draw: Draw = field(compare=False, repr=False)
    text: Text | None = None


def text_block(
    typeface: Typeface,
    name: str,
    text: Text,
    at: tuple[int, int],
    align: str = "left",
) -> Block:
    """Lines of text whose first baseline begins (or ends, or has its middle) at the point `at`."""
    x, baseline = at
    if align == "left" and text.lines:
        # A letter's side bearing grows with its size: pulled back, so that the left edges of all sizes line up.
        x -= min(typeface.ink(line, text.role, text.colour).x for line in text.lines)
    placed: list[tuple[str, int, int]] = []
    ink: pygame.Rect | None = None
    for i, line in enumerate(text.lines):
        width = round(typeface.width(line, text.role))
        left = x - {"left": 0, "middle": width // 2, "right": width}[align]
        y = baseline + round(i * typeface.pitch(text.role))
        placed.append((line, left, y))
        box = typeface.ink(line, text.role, text.colour).move(left, y)
        ink = box if ink is None else ink.union(box)

    def draw(surface: pygame.Surface, shift: tuple[int, int]) -> None:
        for line, left, y in placed:
            picture = typeface.picture(line, text.role, text.colour)
            surface.blit(picture.surface, (left - picture.origin[0] + shift[0], y - picture.origin[1] + shift[1]))

    rect = ink or pygame.Rect(x, baseline, 0, 0)
    return Block(name, (rect.x, rect.y, rect.width, rect.height), (text, tuple(placed)), draw, text)


def picture_block(
    name: str, body: str, corner: tuple[int, int], size: tuple[int, int], alike_from: int | None = None
) -> Block:
    """A vector picture of `size` pixels with its corner at `corner`; from row `alike_from` on all rows are alike."""

    def draw(surface: pygame.Surface, shift: tuple[int, int]) -> None:
        surface.blit(shapes.picture(body, size, alike_from), (corner[0] + shift[0], corner[1] + shift[1]))

    return Block(name, (*corner, *size), body, draw)


def union(rects: Sequence[tuple[int, int, int, int]]) -> pygame.Rect:
    """The box around all of them."""
    return pygame.Rect(rects[0]).unionall([pygame.Rect(rect) for rect in rects[1:]])

"""The officer's buttons on the glass: a touch on the corner lays them over the steps, for whoever has no others."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import pygame

from hardware.events import Action
from kiosk.languages import Words
from kiosk.screen import roles, shapes
from kiosk.screen.blocks import Block, Text, picture_block, text_block
from kiosk.screen.fitting import fitted
from kiosk.screen.pens import Pens
from kiosk.screen.scene import Scene
from kiosk.screen.touch import Touch, Wish

_ACTIONS: Final[tuple[tuple[Touch, str], ...]] = (
    (Action.SHOWN, "action.shown"),
    (Action.INSTALLED_HERE, "action.installed_here"),
    (Action.NO_SMARTPHONE, "action.no_smartphone"),
    (Action.DECLINED, "action.declined"),
    (Action.EXIT, "action.exit"),
    (Action.UNDO, "pad.undo"),
    (Wish.LISTEN, "pad.listen"),
    (Wish.HAND_OVER, "pad.hand_over"),
    (Action.STICK, "pad.stick"),
)

_ROWS: Final = (_ACTIONS[:4], _ACTIONS[4:])
_ROW_SHARES: Final = (0.34, 0.34, 0.32)
"""Heights of two rows of actions and one of digits: on a 7-inch panel no key is less than 7 mm high, for a finger."""


@dataclass(frozen=True, slots=True)
class Key:
    """One key of the pad: its box in pixels, what it means, and its text."""

    box: pygame.Rect
    touch: Touch
    words: Words | None
    label: str = ""


def keys(pens: Pens) -> Iterator[Key]:
    """Every key: what is said of somebody who comes in, then what else there is to do, ten digits in the last row."""
    box = pad_box(pens)
    gap = pens.px(2)
    inner = box.inflate(-2 * pens.px(3), -2 * pens.px(3))
    top = inner.top
    heights = [round((inner.height - 2 * gap) * share) for share in _ROW_SHARES]
    for row, height in zip(_ROWS, heights, strict=False):
        for column, (touch, key) in enumerate(row):
            yield Key(_cell(inner, (column, len(row)), (top, height), gap), touch, Words(key))
        top += height + gap
    for column in range(10):
        digit = (column + 1) % 10
        yield Key(_cell(inner, (column, 10), (top, heights[2]), gap), digit, None, str(digit))


def pad_box(pens: Pens) -> pygame.Rect:
    """Where the pad lies: over the steps and the help, never over the code."""
    card, places = pens.places.card, pens.places
    bottom = places.help + round(pens.typeface.pitch(roles.HELP)) + pens.px(4)
    return pygame.Rect(card.left, card.top, card.width, bottom - card.top)


def pad_blocks(scene: Scene, pens: Pens) -> list[Block]:
    """The pad drawn, the key under a finger in reverse."""
    palette = pens.palette(scene)
    box = pad_box(pens)
    blocks = [picture_block("pad", shapes.panel(box.size, pens.px(4), palette.card), box.topleft, box.size)]
    for key in keys(pens):
        pressed = key.touch == scene.pressed
        ground, ink = (palette.card, palette.on_card) if pressed else (palette.on_card, palette.card)
        drawing = shapes.panel(key.box.size, pens.px(2.5), ground)
        blocks.append(picture_block(f"key {key.touch}", drawing, key.box.topleft, key.box.size))
        role = roles.PAD if key.words else roles.PAD_DIGIT
        variants = pens.officers_phrases().variants(key.words) if key.words else (key.label,)
        lines = fitted(
            pens.typeface,
            [text[:1].upper() + text[1:] for text in variants],
            role,
            key.box.width - pens.px(3),
            2 if key.words else 1,
        )
        pitch = pens.typeface.pitch(role)
        first = key.box.centery + (pens.typeface.cap_height(role) - (len(lines) - 1) * pitch) / 2
        text = Text(lines, role, ink, ground)
        blocks.append(
            text_block(pens.typeface, f"key text {key.touch}", text, (key.box.centerx, round(first)), "middle")
        )
    return blocks


def _cell(inner: pygame.Rect, column: tuple[int, int], row: tuple[int, int], gap: int) -> pygame.Rect:
    index, count = column
    left = inner.left + round(index * (inner.width + gap) / count)
    right = inner.left + round((index + 1) * (inner.width + gap) / count) - gap
    return pygame.Rect(left, row[0], right - left, row[1])

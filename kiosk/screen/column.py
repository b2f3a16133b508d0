"""The column that speaks: who, the headline, the steps or what stands in their place, help, notice."""

from typing import Final

import pygame

from kiosk.languages import Words
from kiosk.screen import roles, shapes
from kiosk.screen.blocks import Block, Text, picture_block, text_block
from kiosk.screen.fitting import fitted, fitting
from kiosk.screen.pad import pad_blocks
from kiosk.screen.pens import Pens
from kiosk.screen.roles import Role
from kiosk.screen.scene import Card, Scene, Tone

BESIDE_BELOW: Final = 20.0
"""Millimetres from the body's last baseline to the second language's first: nearer to it than to the help below."""


def column_blocks(scene: Scene, pens: Pens, organisation: str) -> list[Block]:
    """Everything beside (or above and below) the door, except the officer's corner."""
    places, palette = pens.places, pens.palette(scene)
    left, width = places.column.left, places.column.width
    say = _Speaker(scene, pens)
    blocks = []
    if organisation:
        lines = fitted(pens.typeface, [organisation], roles.ORGANISATION, width, 1)
        text = Text(lines, roles.ORGANISATION, palette.blue, palette.paper)
        blocks.append(text_block(pens.typeface, "organisation", text, (left, places.organisation)))
    blocks.append(say.block("headline", scene.headline, roles.HEADLINE, places.headline, 2))
    blocks.append(_notice(scene, pens))
    if scene.pad:
        return blocks + pad_blocks(scene, pens)
    if scene.card is not None:
        blocks += _card(scene.card, scene, pens)
    elif scene.body is not None:
        body = say.block("body", scene.body, roles.BODY, places.body, 2)
        blocks += [body, *_beside(scene, scene.body, body, pens)]
    else:
        blocks += _steps(scene, pens)
    second = places.help + round(pens.typeface.pitch(roles.HELP))
    blocks.append(say.block("help", Words("help.1"), roles.HELP, places.help, 1))
    blocks.append(say.block("help, strong", Words("help.2"), roles.HELP_STRONG, second, 1))
    return blocks


class _Speaker:
    """Writes texts of one scene at the left edge of the column."""

    def __init__(self, scene: Scene, pens: Pens) -> None:
        self._scene = scene
        self._pens = pens

    def block(self, name: str, words: Words, role: Role, baseline: int, lines: int) -> Block:
        pens = self._pens
        palette = pens.palette(self._scene)
        variants = pens.phrases(self._scene).variants(words)
        fit = fitted(pens.typeface, variants, role, pens.places.column.width, lines)
        text = Text(fit, role, palette.ink, palette.paper)
        return text_block(pens.typeface, name, text, (pens.places.column.left, baseline))


def _beside(scene: Scene, words: Words, body: Block, pens: Pens) -> list[Block]:
    """Headline and body in the second language, smaller, below the body where there is room for it."""
    phrases = pens.phrases_beside(scene)
    if phrases is None or body.text is None:
        return []
    places, palette, typeface = pens.places, pens.palette(scene), pens.typeface
    headline = [text.replace("\n", " ") for text in phrases.variants(scene.headline)]
    further = [text.replace("\n", " ") for text in phrases.variants(words)]
    variants = [f"{headline[0]}\n{further[0]}", f"{headline[-1]}\n{further[-1]}", *headline]
    first = round(places.body + (len(body.text.lines) - 1) * typeface.pitch(roles.BODY)) + pens.px(BESIDE_BELOW)
    lines = fitting(typeface, variants, roles.BESIDE, places.column.width, places.beside_lines)
    if lines is None:
        return []
    text = Text(lines, roles.BESIDE, palette.quiet, palette.paper)
    return [text_block(typeface, "second language", text, (places.column.left, first))]


def _steps(scene: Scene, pens: Pens) -> list[Block]:
    places, palette, typeface = pens.places, pens.palette(scene), pens.typeface
    diameter = max(pens.px(21), round(typeface.cap_height(roles.STEP_NUMBER) * 2.2))
    left = places.column.left
    words_left = left + diameter + pens.px(8.5)
    width = places.column.right - words_left
    blocks = []
    for number, middle in enumerate(places.steps, start=1):
        filled = number == scene.step
        fill, ink = (palette.blue, palette.on_blue) if filled else (_raised(palette.paper, scene.night), palette.blue)
        disc = shapes.disc(diameter, fill, palette.blue, max(1.5, 1.1 * pens.ruler.unit))
        blocks.append(picture_block(f"disc {number}", disc, (left, middle - diameter // 2), (diameter, diameter)))
        below = round(typeface.cap_height(roles.STEP_NUMBER) / 2)
        text = Text((str(number),), roles.STEP_NUMBER, ink, fill)
        blocks.append(text_block(typeface, f"number {number}", text, (left + diameter // 2, middle + below), "middle"))
        variants = pens.phrases(scene).variants(Words(f"steps.{number}"))
        lines = fitted(typeface, variants, roles.STEP, width, 1)
        baseline = middle + round(typeface.cap_height(roles.STEP) / 2)
        step = Text(lines, roles.STEP, palette.ink, palette.paper)
        blocks.append(text_block(typeface, f"step {number}", step, (words_left, baseline)))
    return blocks


def _raised(paper: tuple[int, int, int], night: bool) -> tuple[int, int, int]:
    return paper if night else (255, 255, 255)


def _notice(scene: Scene, pens: Pens) -> Block:
    places, palette, typeface = pens.places, pens.palette(scene), pens.typeface
    role = roles.NOTICE_UPRIGHT if pens.ruler.portrait else roles.NOTICE
    variants = pens.phrases(scene).variants(scene.notice)
    width = places.column.width - (0 if pens.ruler.portrait else pens.px(16))  # the light on the floor begins there
    lines = fitted(typeface, variants, role, width, places.notice_lines)
    baseline = places.notice - round((len(lines) - 1) * typeface.pitch(role))
    text = Text(lines, role, palette.quiet, palette.paper)
    return text_block(typeface, "notice", text, (places.column.left, baseline))


def _card(card: Card, scene: Scene, pens: Pens) -> list[Block]:
    places, palette = pens.places, pens.palette(scene)
    box = places.card
    ground, ink = (palette.pill, palette.on_pill) if card.tone is Tone.BAD else (palette.card, palette.on_card)
    blocks = [picture_block("card", shapes.panel(box.size, pens.px(4), ground), box.topleft, box.size)]
    diameter = pens.px(36)
    corner = (box.left + pens.px(9), box.centery - diameter // 2)
    drawing = {
        Tone.GOOD: shapes.tick(diameter, ink, ground),
        Tone.ASK: shapes.sign(diameter, ink, ground, "?"),
        Tone.WAIT: shapes.dots(diameter, ink, ground),
        Tone.BAD: shapes.sign(diameter, ink, ground, "!"),
    }[card.tone]
    blocks.append(picture_block("card sign", drawing, corner, (diameter, diameter)))
    left = corner[0] + diameter + pens.px(9)
    width = box.right - pens.px(8) - left
    blocks += _card_texts(card, pens, pygame.Rect(left, box.top, width, box.height), (ink, ground))
    return blocks


def _card_texts(
    card: Card, pens: Pens, box: pygame.Rect, colours: tuple[tuple[int, int, int], tuple[int, int, int]]
) -> list[Block]:
    typeface, phrases = pens.typeface, pens.officers_phrases()
    title = fitted(typeface, phrases.variants(card.title), roles.CARD_TITLE, box.width, 2)
    line = fitted(typeface, phrases.variants(card.line), roles.CARD_LINE, box.width, 2)
    title_cap, line_cap = typeface.cap_height(roles.CARD_TITLE), typeface.cap_height(roles.CARD_LINE)
    title_height = title_cap + (len(title) - 1) * typeface.pitch(roles.CARD_TITLE)
    line_height = line_cap + (len(line) - 1) * typeface.pitch(roles.CARD_LINE)
    gap = pens.px(10)
    top = box.centery - (title_height + gap + line_height) / 2
    first = round(top + title_cap)
    second = round(top + title_height + gap + line_cap)
    return [
        text_block(typeface, "card title", Text(title, roles.CARD_TITLE, *colours), (box.left, first)),
        text_block(typeface, "card line", Text(line, roles.CARD_LINE, *colours), (box.left, second)),
    ]

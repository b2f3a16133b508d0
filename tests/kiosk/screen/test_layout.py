"""At every size, in every language, in every scene: all fits, nothing overlaps, all can be read."""

import itertools

import pygame
import pytest

from kiosk.screen.palette import contrast
from kiosk.screen.ruler import LEGIBLE_MILLIMETRES, LEGIBLE_PIXELS
from kiosk.screen.samples import SAMPLES, sample

QUIET = {"notice", "notice, upright", "corner", "pill", "organisation", "step number", "card title", "card line"}
"""Roles that do not count as a visitor's words: who, the small print, the discs' numbers, the officer's."""

GROUNDS = {"floor", "door", "card", "pill", "ring", "code"}
"""What other blocks stand on by design."""


def rect(block):
    return pygame.Rect(block.rect)


@pytest.fixture(params=SAMPLES)
def scene(request):
    return sample(request.param)


def test_every_block_is_inside_the_panel(painter, panel, scene):
    inside = pygame.Rect((0, 0), panel[0])
    assert [block.name for block in painter.blocks(scene) if not inside.contains(rect(block))] == []


def test_no_two_texts_or_signs_overlap(painter, scene):
    blocks = [block for block in painter.blocks(scene) if block.name not in GROUNDS and "disc" not in block.name]
    overlapping = [
        (one.name, other.name) for one, other in itertools.combinations(blocks, 2) if rect(one).colliderect(rect(other))
    ]
    assert overlapping == []


def test_nothing_but_its_own_words_lies_over_the_code_or_the_card(painter, scene):
    blocks = {block.name: block for block in painter.blocks(scene)}
    code = blocks.get("code")
    if code is not None:
        others = [b.name for b in blocks.values() if b.name not in ("code", "door") and rect(b).colliderect(rect(code))]
        assert others == []
    card = blocks.get("card")
    if card is not None:
        over = {b.name for b in blocks.values() if rect(b).colliderect(rect(card))}
        assert over == {"card", "card sign", "card title", "card line"}


def test_texts_stay_clear_of_the_door(painter, scene):
    blocks = {block.name: block for block in painter.blocks(scene)}
    beside = (
        "organisation",
        "headline",
        "body",
        "step 1",
        "step 2",
        "step 3",
        "help",
        "help, strong",
        "notice",
        "corner",
    )
    door = rect(blocks["door"])
    assert [name for name in beside if name in blocks and rect(blocks[name]).colliderect(door)] == []


def test_no_text_is_smaller_than_its_role_or_than_legible(painter, scene):
    pens = painter.pens
    for block in painter.blocks(scene):
        if block.text is not None:
            cap = pens.typeface.cap_height(block.text.role)
            assert cap >= block.text.role.cap * pens.ruler.unit
            assert cap >= LEGIBLE_PIXELS
            assert cap >= LEGIBLE_MILLIMETRES * pens.ruler.pixels_per_millimetre


def test_no_shipped_text_has_to_be_cut(painter, scene):
    texts = [line for block in painter.blocks(scene) if block.text for line in block.text.lines]
    # The listening line and an empty PIN end in an ellipsis of their own.
    cut = [
        text
        for text in texts
        if text.endswith("…") and text not in ("Đang nghe…", "Listening…", "…", "Giữ để hoàn tác…", "Hold to undo…")
    ]
    assert cut == []


def test_every_text_has_a_contrast_of_seven(painter, scene):
    poor = [
        (block.name, round(contrast(block.text.colour, block.text.ground), 2))
        for block in painter.blocks(scene)
        if block.text is not None and contrast(block.text.colour, block.text.ground) < 7
    ]
    assert poor == []


def test_a_glance_is_enough(painter, scene):
    words = 0
    for block in painter.blocks(scene):
        if block.text is None or block.text.role.name in QUIET:
            continue
        count = sum(len(line.split()) for line in block.text.lines)
        words += count
        if block.name == "headline":
            assert count <= 6
    assert words <= 25


def test_the_headline_is_28_millimetres_high_on_a_24_inch_panel(painter, panel):
    if panel[1] < 24:
        pytest.skip("smaller panels are read from nearer")
    headline = next(block for block in painter.blocks(sample("invite")) if block.name == "headline")
    cap = painter.pens.typeface.cap_height(headline.text.role) / painter.pens.ruler.pixels_per_millimetre
    assert cap >= 27.9

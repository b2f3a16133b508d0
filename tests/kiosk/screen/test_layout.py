"""At every size, in every language, in every scene: all fits, nothing overlaps, all can be read."""

import itertools
import tomllib
from pathlib import Path

import pygame
import pytest

from kiosk import languages
from kiosk.screen.pad import keys
from kiosk.screen.palette import contrast
from kiosk.screen.ruler import LEGIBLE_MILLIMETRES, LEGIBLE_PIXELS
from kiosk.screen.samples import SAMPLES, sample

QUIET = {
    "notice",
    "notice, upright",
    "corner",
    "pill",
    "organisation",
    "second language",
    "step number",
    "card title",
    "card line",
    "pad",
    "pad digit",
}
"""Roles that do not count as a visitor's words: who, the small print, the discs' numbers, the officer's, and the same
once more for whoever reads the other language."""

GROUNDS = {"floor", "door", "card", "pill", "ring", "code", "pad"}
"""What other blocks stand on by design."""


UNFINISHED = {"…"} | {
    line
    for file in Path(languages.__file__).parent.glob("*.toml")
    for variants in tomllib.loads(file.read_text())["texts"].values()
    for line in "\n".join(variants).split("\n")
    if line.endswith("…")
}
"""Lines that end in an ellipsis of their own."""

BESIDE = {
    *("organisation", "headline", "body", "second language", "step 1", "step 2", "step 3"),
    *("help", "help, strong", "notice", "corner"),
}


def rect(block):
    return pygame.Rect(block.rect)


def texts(blocks):
    return [block for block in blocks if block.text is not None]


@pytest.fixture(scope="session")
def pictures(painter):
    """The blocks of every scene, by its name."""
    return {name: painter.blocks(sample(name)) for name in SAMPLES}


def test_every_block_is_inside_the_panel(pictures, panel):
    inside = pygame.Rect((0, 0), panel[0])
    wrong = [(name, block.name) for name in pictures for block in pictures[name] if not inside.contains(rect(block))]
    assert wrong == []


def test_no_two_texts_or_signs_overlap(pictures):
    wrong = []
    for name, blocks in pictures.items():
        standing = [b for b in blocks if b.name not in GROUNDS and not b.name.startswith(("disc", "key"))]
        pairs = itertools.combinations(standing, 2)
        wrong += [(name, one.name, other.name) for one, other in pairs if rect(one).colliderect(rect(other))]
    assert wrong == []


def test_nothing_lies_over_the_code(pictures):
    wrong = []
    for name, blocks in pictures.items():
        for code in (block for block in blocks if block.name == "code"):
            others = [block for block in blocks if block.name not in ("code", "door")]
            wrong += [(name, block.name) for block in others if rect(block).colliderect(rect(code))]
    assert wrong == []


def test_a_card_covers_nothing_but_what_it_says(pictures):
    for blocks in pictures.values():
        for card in (block for block in blocks if block.name == "card"):
            over = {block.name for block in blocks if rect(block).colliderect(rect(card))}
            assert over == {"card", "card sign", "card title", "card line"}


def test_texts_stay_clear_of_the_door(pictures):
    wrong = []
    for name, blocks in pictures.items():
        door = next(rect(block) for block in blocks if block.name == "door")
        wrong += [(name, block.name) for block in blocks if block.name in BESIDE and rect(block).colliderect(door)]
    assert wrong == []


def test_no_text_is_smaller_than_its_role_or_than_legible(pictures, painter):
    pens = painter.pens
    least = max(LEGIBLE_PIXELS, LEGIBLE_MILLIMETRES * pens.ruler.pixels_per_millimetre)
    wrong = [
        (name, block.name)
        for name, blocks in pictures.items()
        for block in texts(blocks)
        if pens.typeface.cap_height(block.text.role) < max(least, block.text.role.cap * pens.ruler.unit)
    ]
    assert wrong == []


def test_no_shipped_text_has_to_be_cut(pictures, words):
    if words == "long":
        pytest.skip("a name of 60 letters may be cut")
    lines = [line for blocks in pictures.values() for block in texts(blocks) for line in block.text.lines]
    assert [line for line in lines if line.endswith("…") and line not in UNFINISHED] == []


def test_every_text_has_a_contrast_of_seven(pictures):
    wrong = [
        (name, block.name)
        for name, blocks in pictures.items()
        for block in texts(blocks)
        if contrast(block.text.colour, block.text.ground) < 7
    ]
    assert wrong == []


def test_a_glance_is_enough(pictures, words):
    if words == "long":
        pytest.skip("whoever writes so much has been warned")
    wrong = []
    for name, blocks in pictures.items():
        counts = {b.name: sum(len(line.split()) for line in b.text.lines) for b in texts(blocks)}
        read = [counts[b.name] for b in texts(blocks) if b.text.role.name not in QUIET]
        if counts["headline"] > 6 or sum(read) > 25:
            wrong.append((name, counts["headline"], sum(read)))
    assert wrong == []


def test_the_second_language_stands_beside_the_first_in_every_act(pictures, words):
    acts = {"thanks", "hold", "check", "installed"}
    beside = {name for name, blocks in pictures.items() if any(block.name == "second language" for block in blocks)}
    if words == "long":
        assert beside <= acts  # left out where there is no room
    else:
        assert beside == (acts if words == "both" else set())


def test_the_headline_is_28_millimetres_high_on_a_24_inch_panel(pictures, painter, panel):
    headline = next(block for block in pictures["invite"] if block.name == "headline")
    cap = painter.pens.typeface.cap_height(headline.text.role) / painter.pens.ruler.pixels_per_millimetre
    assert cap == pytest.approx(28 * panel[1] / 24, rel=0.04)


def test_the_officers_keys_fit_a_finger(painter):
    pens = painter.pens
    sides = [side / pens.ruler.pixels_per_millimetre for key in keys(pens) for side in key.box.size]
    assert min(sides) >= 6.5


def test_the_officers_keys_do_not_touch_each_other(painter):
    boxes = [key.box for key in keys(painter.pens)]
    assert all(one.inflate(2, 2).collidelist([b for b in boxes if b is not one]) < 0 for one in boxes)

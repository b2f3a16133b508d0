"""The sheet puts things where they were asked for."""

import pygame
import pytest

from kiosk.errors import KioskError
from kiosk.pictures.canvas import Anchor, Canvas, text_width

WHITE, RED = (255, 255, 255), (200, 0, 0)


def test_a_box_fills_what_it_names_and_nothing_else():
    canvas = Canvas(40, 30, WHITE)
    canvas.box((10, 10), (5, 5), RED)

    picture = canvas.surface()

    assert picture.get_size() == (40, 30)
    assert picture.get_at((12, 12))[:3] == RED
    assert picture.get_at((20, 12))[:3] == WHITE


def test_words_end_where_they_are_anchored():
    canvas = Canvas(200, 30, WHITE)
    width = canvas.text((150, 15), "Chiêm Hóa", RED, anchor=Anchor.RIGHT)

    inked = pygame.mask.from_threshold(canvas.surface(), WHITE, (40, 40, 40, 255))
    inked.invert()
    (box,) = [inked.get_bounding_rects()[0].unionall(inked.get_bounding_rects()[1:])]
    assert width == pytest.approx(text_width("Chiêm Hóa"))
    assert (box.left, box.right) == (pytest.approx(150 - width, abs=3), pytest.approx(150, abs=3))


def test_cleared_it_is_blank_again():
    canvas = Canvas(40, 30, WHITE)
    canvas.dot((20, 15), 10, RED)

    canvas.clear()

    assert canvas.surface().get_at((20, 15))[:3] == WHITE


def test_a_picture_that_cannot_be_written_is_one_line(tmp_path):
    with pytest.raises(KioskError, match=r"a.png: cannot be written \(No such file"):
        Canvas(4, 4, WHITE).save(tmp_path / "none" / "a.png")

"""Redrawing only what changed gives the same picture as drawing everything."""

import datetime

import pygame
import pytest

from hardware.events import Action
from kiosk.decisions import Direction, Greeting, Passage
from kiosk.screen.cues import Saved
from kiosk.screen.samples import NOW, SAMPLES, sample
from kiosk.screen.stage import Stage
from tests.kiosk.screen.conftest import painter_for

SIZE = (1024, 600)


@pytest.fixture
def painter():
    return painter_for(SIZE, 10.1)


def pixels(surface):
    return pygame.image.tobytes(surface, "RGB")


def test_from_any_scene_to_the_next_only_differences_are_drawn_and_nothing_is_left_behind(painter):
    surface = pygame.Surface(SIZE)
    fresh = pygame.Surface(SIZE)
    names = list(SAMPLES)
    for name in names + names[::-2]:
        painter.paint(surface, sample(name))
        changed = pixels(surface)
        painter.forget()
        painter.paint(fresh, sample(name))
        assert pixels(fresh) == changed, name


def test_a_step_at_rest_touches_a_few_small_rectangles(painter):
    surface = pygame.Surface(SIZE)
    stage = Stage()
    painter.paint(surface, stage.at(1000, NOW)[0])
    dirty = painter.paint(surface, stage.at(1003, NOW)[0])
    area = sum(rect.width * rect.height for rect in dirty)
    assert 0 < area < SIZE[0] * SIZE[1] / 100
    assert painter.paint(surface, stage.at(1004, NOW)[0]) == []


def test_the_code_never_moves_while_the_door_opens(painter):
    surface = pygame.Surface(SIZE)
    stage = Stage()
    stage.see(Passage(1, 1000, Direction.IN))
    tile = painter.pens.places.tile
    seen = set()
    for i in range(20):
        painter.paint(surface, stage.at(1000 + i * 0.05, NOW)[0])
        seen.add(pixels(surface.subsurface(tile)))
    assert len(seen) == 1


def test_a_press_is_answered_in_the_next_frame(painter):
    surface = pygame.Surface(SIZE)
    stage = Stage()
    painter.paint(surface, stage.at(1000, NOW)[0])
    stage.cue(Saved(1000.02, Action.SHOWN, 128))
    scene, _ = stage.at(1000.02, NOW)
    dirty = painter.paint(surface, scene)
    assert any(pygame.Rect(painter.pens.places.card).colliderect(rect) for rect in dirty)


def test_the_shifted_picture_is_the_same_picture_moved(painter):
    stage = Stage()
    still, moved = pygame.Surface(SIZE), pygame.Surface(SIZE)
    painter.forget()
    painter.paint(still, sample("invite"))
    stage.total = 127
    scene, _ = stage.at(2 * 240.0, NOW)
    assert scene.shift == (2, 1)
    painter.paint(moved, scene)
    tile = painter.pens.places.tile
    assert pixels(moved.subsurface(tile.move(2, 1))) == pixels(still.subsurface(tile))


def test_thanks_after_a_passage_redraw_the_door_and_not_the_notice(painter):
    surface = pygame.Surface(SIZE)
    stage = Stage()
    stage.see(Passage(1, 1000, Direction.IN))
    painter.paint(surface, stage.at(1000.5, NOW)[0])
    stage.see(Greeting(1000.8, 1))
    dirty = painter.paint(surface, stage.at(1000.8, NOW + datetime.timedelta(seconds=0.8))[0])
    notice = next(block for block in painter.blocks(sample("thanks")) if block.name == "notice")
    assert all(not pygame.Rect(notice.rect).colliderect(rect) for rect in dirty)

"""Every scene on every panel looks as it did when somebody last looked at it."""

import pytest
from PIL import Image, ImageChops, ImageDraw

from tests import golden

NOTICED = 40
"""Levels by which a pixel has to differ to count: more than another version of the letters' smoothing does."""

TOLERATED = 0.002
"""Share of a scene's pixels that may differ: less than one short word."""


def share_that_differs(one, other):
    difference = ImageChops.difference(one.convert("L"), other.convert("L"))
    return sum(difference.histogram()[NOTICED:]) / (one.width * one.height)


@pytest.mark.parametrize("panel", golden.PANELS)
def test_every_scene_looks_as_it_did(panel, tmp_path):
    now = golden.drawn(panel)
    with Image.open(golden.path_of(panel)) as then:
        assert then.size == now.size, "scenes came or went: python -m tests.golden, then look"
        changed = {
            scene: round(share, 4)
            for scene, box in golden.boxes(panel).items()
            if (share := share_that_differs(now.crop(box), then.convert("RGB").crop(box))) > TOLERATED
        }
    now.save(tmp_path / f"{panel}.png")
    assert changed == {}, f"now: {tmp_path / panel}.png; if it is meant: python -m tests.golden, then look"


def test_a_word_more_or_less_would_be_noticed():
    name = "vi-1920x1080-24in"
    now = golden.drawn(name)
    box = golden.boxes(name)["invite"]
    picture = now.crop(box)
    without = picture.copy()
    ImageDraw.Draw(without).rectangle((20, 60, 60, 72), fill=(240, 240, 240))  # the first step
    assert share_that_differs(picture, without) > TOLERATED
    assert share_that_differs(picture, picture) == 0

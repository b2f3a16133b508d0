"""The pictures everything drawn is compared with. `python -m tests.golden` draws them anew: look before committing.

One sheet a panel, all scenes on it, small and with few colours, so that the repository stays light.
"""

from pathlib import Path

import pygame
from PIL import Image

from kiosk.screen.build import build_painter
from kiosk.screen.samples import SAMPLES
from kiosk.screen.sheet import cells, sheet
from kiosk.settings import ScreenSection, Settings

FOLDER = Path(__file__).parent / "pictures"
WIDTH = 240
COLUMNS = 5
PANELS = {
    "vi-800x480-7in": ((800, 480), 7.0),
    "vi-1024x600-7in": ((1024, 600), 7.0),
    "vi-1280x800-10in": ((1280, 800), 10.1),
    "vi-1920x1080-24in": ((1920, 1080), 24.0),
    "en-1920x1080-24in": ((1920, 1080), 24.0),
    "vi-1080x1920-24in": ((1080, 1920), 24.0),
    "vi-3840x2160-24in": ((3840, 2160), 24.0),
}


def width_of(name):
    size = PANELS[name][0]
    return WIDTH if size[0] > size[1] else round(WIDTH * size[0] / size[1])


def drawn(name):
    """The sheet of a panel as it is drawn now."""
    size, inches = PANELS[name]
    settings = Settings(screen=ScreenSection(panel_inches=inches))
    languages = dict.fromkeys((name[:2], "vi", "en"))
    surface = sheet(build_painter(settings, size, tuple(languages))[0], list(SAMPLES), width_of(name), COLUMNS)
    return few_colours(Image.frombytes("RGB", surface.get_size(), pygame.image.tobytes(surface, "RGB")))


def few_colours(image):
    """Only every 16th level of each colour: a third of the file, and a step no eye and no comparison minds."""
    return image.point(lambda level: min(255, (level + 8) // 16 * 16))


def boxes(name):
    """Where each scene lies on the sheet: left, top, right, bottom."""
    found = cells(list(SAMPLES), PANELS[name][0], width_of(name), COLUMNS)
    return {scene: (box.left, box.top, box.right, box.bottom) for scene, box in found.items()}


def path_of(name):
    return FOLDER / f"{name}.png"


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for panel in PANELS:
        drawn(panel).save(path_of(panel), optimize=True)

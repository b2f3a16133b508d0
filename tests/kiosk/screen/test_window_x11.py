"""The window on a real X server: what people see, press and touch."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageGrab
from pyzbar.pyzbar import ZBarSymbol, decode

from kiosk.screen.pad import keys
from tests.kiosk.screen.conftest import painter_for

SIZE = (1024, 600)

pytestmark = pytest.mark.skipif(
    not (shutil.which("Xvfb") and shutil.which("xdotool")), reason="needs Xvfb and xdotool (apt install xvfb xdotool)"
)


class Running:
    def __init__(self, display):
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("SDL_", "WAYLAND"))}
        environment |= {"DISPLAY": display, "PYTHONPATH": str(Path(__file__).parents[3])}
        self.display = display
        self.environment = environment
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.kiosk.screen.window_script"],
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
        )

    def line(self):
        return self.process.stdout.readline().strip()

    def xdotool(self, *arguments):
        subprocess.run(["xdotool", *map(str, arguments)], env=self.environment, check=True, timeout=10)

    def touch(self, point):
        self.xdotool("mousemove", *point, "click", 1)

    def picture(self):
        time.sleep(0.3)
        return ImageGrab.grab(xdisplay=self.display)


@pytest.fixture(scope="module")
def display():
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{SIZE[0]}x{SIZE[1]}x24", "-nolisten", "tcp"],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as number:
        name = f":{number.readline().strip()}"
    yield name
    server.terminate()
    server.wait(10)


@pytest.fixture
def kiosk(display):
    running = Running(display)
    assert running.line() == "x11"
    yield running
    running.process.terminate()
    running.process.wait(5)
    running.process.stdout.close()


def test_the_panel_shows_the_whole_picture_and_its_code_is_read(kiosk):
    picture = kiosk.picture()
    assert picture.size == SIZE
    assert [found.data for found in decode(picture, symbols=[ZBarSymbol.QRCODE])] == [b"https://bluezone.gov.vn"]


def test_a_key_makes_both_edges_of_its_action(kiosk):
    kiosk.xdotool("key", "F2")
    lines = [kiosk.line(), kiosk.line()]
    assert ["INSTALLED_HERE" in line or "installed_here" in line for line in lines] == [True, True]
    assert ["down=True" in lines[0], "down=False" in lines[1]] == [True, True]


def test_escape_leaves_and_lets_go_of_the_display(kiosk):
    kiosk.xdotool("key", "Escape")
    assert kiosk.line() == "leave"
    assert kiosk.process.wait(5) == 0


def test_a_signal_to_stop_stops_it(kiosk):
    kiosk.process.terminate()
    assert kiosk.process.wait(2) == -signal.SIGTERM


def test_digits_and_an_action_make_a_group(kiosk):
    kiosk.xdotool("key", "4", "F1")
    assert "value=4" in kiosk.line()
    assert "shown" in kiosk.line()


def test_a_touch_on_the_door_listens_and_shows_the_ring(kiosk):
    painter = painter_for(SIZE, 10.1)
    kiosk.touch(painter.pens.places.door.center)
    assert kiosk.line() == "listen"
    assert decode(kiosk.picture(), symbols=[ZBarSymbol.QRCODE]) == []
    kiosk.touch(painter.pens.places.door.center)
    assert kiosk.line() == "listen"
    assert len(decode(kiosk.picture(), symbols=[ZBarSymbol.QRCODE])) == 1


def test_the_officer_touches_the_corner_and_then_a_key(kiosk):
    painter = painter_for(SIZE, 10.1)
    kiosk.touch(painter.pens.places.officer.center)
    assert kiosk.line() == "pad"
    before = kiosk.picture()
    shown = next(key for key in keys(painter.pens) if str(key.touch) == "shown")
    assert before.getpixel((shown.box.left + 6, shown.box.centery)) == (255, 255, 255)
    kiosk.touch(shown.box.center)
    assert "down=True" in kiosk.line()
    assert "down=False" in kiosk.line()
    kiosk.touch((10, 10))
    assert kiosk.line() == "pad away"


def test_what_another_window_covered_is_drawn_again(kiosk):
    before = kiosk.picture()
    cover = subprocess.run(
        [sys.executable, "-c", COVER], env=kiosk.environment, check=True, timeout=20, capture_output=True
    )
    assert cover.returncode == 0
    assert difference(kiosk.picture(), before) < 0.02


COVER = """
import os, time
os.environ["SDL_VIDEODRIVER"] = "x11"
import pygame
pygame.display.init()
pygame.display.set_mode((300, 200)).fill((255, 0, 0))
pygame.display.flip()
time.sleep(0.3)
"""


def difference(one: Image.Image, other: Image.Image) -> float:
    """The share of pixels that differ."""
    changed = ImageChops.difference(one.convert("L"), other.convert("L")).point(lambda value: 255 if value > 8 else 0)
    return changed.histogram()[255] / (one.width * one.height)


LATER = """
import sys, time
from kiosk.screen.build import build_painter
from kiosk.screen.samples import sample
from kiosk.screen.window import Window
from kiosk.settings import Settings

window = Window(lambda size: build_painter(Settings(), size)[0])
started = time.monotonic()
while time.monotonic() - started < 30 and not window.is_open:
    window.show(sample("invite"))  # the kiosk goes on deciding what to show
    trouble = window.try_open(60 * (time.monotonic() - started))  # a second of ours is a minute of its patience
    if trouble:
        print(trouble, flush=True)
    time.sleep(0.05)
print("open", flush=True)
time.sleep(20)
"""


def test_a_display_that_comes_later_is_found_and_shows_the_scene_at_once():
    name = f":{200 + os.getpid() % 300}"
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("SDL_", "WAYLAND"))}
    environment |= {"DISPLAY": name, "PYTHONPATH": str(Path(__file__).parents[3])}
    process = subprocess.Popen([sys.executable, "-u", "-c", LATER], env=environment, stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline().startswith("no display: ")
    server = subprocess.Popen(
        ["Xvfb", name, "-screen", "0", "800x480x24", "-nolisten", "tcp"], stderr=subprocess.DEVNULL
    )
    try:
        while (line := process.stdout.readline()) != "open\n":
            assert line.startswith("no display: ")
        time.sleep(0.3)
        assert len(decode(ImageGrab.grab(xdisplay=name), symbols=[ZBarSymbol.QRCODE])) == 1
    finally:
        for one in (process, server):
            one.terminate()
            one.wait(10)
        process.stdout.close()

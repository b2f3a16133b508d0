"""What the tests of the real window run as a process of its own: a stage, a window, and every input as a line."""

import sys
import time

from kiosk.bell import Bell
from kiosk.screen import cues
from kiosk.screen.build import build_painter
from kiosk.screen.samples import NOW
from kiosk.screen.stage import Stage
from kiosk.screen.touch import Wish
from kiosk.screen.window import Window
from kiosk.settings import ScreenSection, Settings

SECONDS = 30
"""It ends by itself, so that a test that fails leaves nothing running."""


def main():
    settings = Settings(screen=ScreenSection(panel_inches=10.1))
    stage = Stage()
    window = Window(lambda size: build_painter(settings, size)[0])
    driver = window.open()
    assert (window.descriptor is not None) == (driver == "x11")
    say(driver)
    bell = Bell()
    started = time.monotonic()
    while time.monotonic() - started < SECONDS:
        t = 1000 + time.monotonic() - started
        for given in window.poll(t):
            say(given)
            if given is Wish.LEAVE:
                window.close()
                return
            if given in (Wish.PAD, Wish.PAD_AWAY):
                stage.cue(cues.Pad(t, given is Wish.PAD))
            if given is Wish.LISTEN:
                stage.cue(cues.Listen(t))
        window.show(stage.at(t, NOW)[0])
        # As the main thread waits: on X11 almost only the connection wakes it.
        longest = 0.06 if window.descriptor is None else 0.5
        bell.wait(0.0 if window.drew else longest, window.descriptor)


def say(what):
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()

"""The whole kiosk but for its glass: a pane that is drawn to and pressed by a test."""

import queue
import threading
import time

import pygame

from hardware.clock import SystemClock
from hardware.events import Button
from kiosk import wiring
from kiosk.glass import Doors, Glass
from kiosk.logbook.reader import Reader
from kiosk.screen.build import build_painter, spoken
from kiosk.settings import KioskSection, LogSection, OfficerSection, ScreenSection, Settings


class Surface:
    """A pane without a display: what is put into `inputs` was pressed, and `shown` notes each picture's moment."""

    finger = None
    is_open = True
    needs_restart = False
    descriptor = None
    drew = False

    def __init__(self, settings, clock):
        self.inputs = queue.SimpleQueue()
        self.shown = []
        self._clock = clock
        self._painter = build_painter(settings, (800, 480))[0]
        self._surface = pygame.Surface((800, 480))

    def try_open(self, t):
        return None

    def poll(self, t):
        given = []
        while not self.inputs.empty():
            given.append(self.inputs.get())
        return given

    def show(self, scene):
        if self._painter.paint(self._surface, scene):
            self.shown.append((self._clock.monotonic(), scene))

    def close(self):
        pass


class Running:
    def __init__(self, folder):
        self.settings = Settings(
            kiosk=KioskSection(language="vi"),
            screen=ScreenSection(headless=True, panel_inches=7),
            log=LogSection(database=folder / "log.db"),
            officer=(OfficerSection(name="Lan"), OfficerSection(name="Hùng", pin="27")),
        )
        self.clock = SystemClock()
        entrance = wiring.build_entrance(self.settings, wiring.build_layout(self.settings), ())
        self.kiosk = wiring.build_kiosk(self.settings, self.clock, wiring.Hardware([]), entrance, spoken(self.settings))
        self.pane = Surface(self.settings, self.clock)
        doors = Doors(self.kiosk.core.put, self.kiosk.stop)
        self.kiosk.show_on(Glass(self.pane, self.clock, self.kiosk.front.stage, self.kiosk.front.duty, doors))
        self.thread = threading.Thread(target=self.kiosk.run)
        self.thread.start()
        self.wait_for(lambda scene: True)

    def press(self, action, hold=0.02):
        """Press and let go of a button; return the moment it was let go."""
        self.pane.inputs.put(Button(self.clock.monotonic(), action, True, bounces=False))
        time.sleep(hold)
        t = self.clock.monotonic()
        self.pane.inputs.put(Button(t, action, False, bounces=False))
        return t

    def give(self, given):
        self.pane.inputs.put(given)

    def wait_for(self, wanted, since=0.0):
        """Wait for a picture drawn after `since` whose scene is wanted; return when it was drawn and the scene."""
        end = time.monotonic() + 5
        while time.monotonic() < end:
            for t, scene in list(self.pane.shown):
                if t >= since and wanted(scene):
                    return t, scene
            time.sleep(0.002)
        raise AssertionError([scene.card or scene.name for _, scene in self.pane.shown[-5:]])

    def wait_for_card(self, key, since=0.0):
        return self.wait_for(lambda scene: scene.card is not None and scene.card.title.key == key, since)

    def entries(self):
        with Reader.open(self.settings.log.database, self.settings.kiosk.timezone) as reader:
            return list(reader.entries())

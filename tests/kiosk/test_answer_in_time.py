"""Every press is answered within 100 ms, whenever it comes: simulated time, from the event to the drawn frame.

Everything but two costs is real: the core and its look-out, the desk, the logbook, the front, the glass and the main
loop, with the times they wait. The costs are what a slow card takes to save and a slow processor to draw.
"""

import heapq
import itertools
import tempfile
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware.clock import SimulatedClock
from hardware.events import Action, Beam, Button
from kiosk import wiring
from kiosk.glass import Doors, Glass
from kiosk.screen.build import spoken
from kiosk.settings import KioskSection, LogSection, ScreenSection, Settings

ANSWERED_WITHIN = 0.1
SAVING = 0.012
DRAWING = 0.012
"""Seconds of a commit to a slow card and of a card drawn over the steps: what a small Pi may take."""


class World:
    """The bell the main thread sleeps on, and what goes on elsewhere while time passes."""

    def __init__(self, clock):
        self.clock = clock
        self.core = None
        self.pane = None
        self._rung = False
        self._core_at = clock.monotonic()
        self._coming = []
        self._order = itertools.count()

    def at(self, t, happens):
        heapq.heappush(self._coming, (t, next(self._order), happens))

    def ring(self):
        self._rung = True

    def still(self):
        self._rung = False

    def wait(self, seconds, descriptor=None):
        end = self.clock.monotonic() + seconds
        while not self._rung and not (descriptor is not None and self.pane.given):
            if not self._step(end):
                return

    def pass_time(self, seconds):
        """The main thread is busy; the others go on."""
        end = self.clock.monotonic() + seconds
        while self._step(end):
            pass

    def wake_core(self):
        self._core_at = self.clock.monotonic()

    def _step(self, end):
        """Let the next thing happen that comes before `end`; False when it is `end`."""
        coming = self._coming[0][0] if self._coming else float("inf")
        t = min(coming, self._core_at, end)
        self.clock.advance(max(0.0, t - self.clock.monotonic()))
        if t == coming:
            heapq.heappop(self._coming)[2]()
        elif t == self._core_at:
            self.core.turn(0)
            self._core_at = self.clock.monotonic() + self.core.longest_wait()
        else:
            return False
        return True


class Pane:
    """A panel on which drawing takes its time. `descriptor` is there where the display says when a key was pressed."""

    finger = None
    is_open = True
    needs_restart = False

    def __init__(self, world, descriptor):
        self.descriptor = descriptor
        self.given = []
        self.drew = False
        self.shown = []
        self._world = world
        self._scene = None

    def try_open(self, t):
        return None

    def poll(self, t):
        self.drew = False
        given, self.given = self.given, []
        return given

    def show(self, scene):
        if scene != self._scene:
            self._scene = scene
            self._world.pass_time(DRAWING)
            self.drew = True
            self.shown.append((self._world.clock.monotonic(), scene))

    def close(self):
        pass


class Door:
    """A whole kiosk in simulated time."""

    def __init__(self, folder, descriptor):
        config = Settings(
            kiosk=KioskSection(second_language=""),
            screen=ScreenSection(headless=True),
            log=LogSection(database=folder / "log.db"),
        )
        self.clock = SimulatedClock(monotonic=1000.0)
        self.world = World(self.clock)
        entrance = wiring.build_entrance(config, wiring.build_layout(config), ())
        self.kiosk = wiring.build_kiosk(config, self.clock, wiring.Hardware([]), entrance, spoken(config))
        self.pane = self.world.pane = Pane(self.world, descriptor)
        core = self.world.core = self.kiosk.core
        front, doors = self.kiosk.front, Doors(self.put, self.kiosk.stop)
        self.kiosk.show_on(Glass(self.pane, self.clock, front.stage, front.duty, doors))
        front.woken = self.world
        # No threads: their turns are part of the world's.
        core.start = self.kiosk.writer.start = self.kiosk.keeper.start = lambda: None
        self.kiosk.writer.put = self.write

    def put(self, event):
        self.kiosk.core.put(event)
        self.world.wake_core()

    def write(self, decisions, officer=None):
        saved = self.kiosk.writer._logbook.write(decisions, officer)
        self.world.at(self.clock.monotonic() + SAVING, lambda: self.kiosk.front.saved(saved))

    def give(self, given):
        self.pane.given.append(given)

    def run_until(self, t):
        self.world.at(t, self.kiosk.stop)
        self.kiosk.run()


def seconds_to_the_answer(way, offset, held, passes):
    """From a button that is let go at an arbitrary moment to the frame with its tick."""
    with tempfile.TemporaryDirectory() as folder:
        door = Door(Path(folder), 7 if way == "key on X11" else None)
        pressed = 1001.0 + offset
        let_go = pressed + held
        for t, down in ((pressed, True), (let_go, False)):
            edge = Button(t, Action.SHOWN, down, bounces=way == "GPIO")
            door.world.at(t, partial(door.put if way == "GPIO" else door.give, edge))
        if passes is not None:  # the door on the screen opens meanwhile
            for sensor, later in (("outer", 0.0), ("inner", 0.25)):
                for active, delay in ((True, 0.0), (False, 0.3)):
                    t = let_go - passes + later + delay
                    door.world.at(t, partial(door.put, Beam(t, sensor, active)))
        door.run_until(let_go + 1.0)
        drawn = [t for t, scene in door.pane.shown if scene.card and scene.card.title.key == "saved.title"]
        assert drawn, [scene.name for _, scene in door.pane.shown]
        return drawn[0] - let_go


@settings(max_examples=60, deadline=None)
@given(
    way=st.sampled_from(["GPIO", "key on X11", "key or touch elsewhere"]),
    offset=st.floats(0, 0.5),
    held=st.floats(0.03, 0.4),
    passes=st.none() | st.floats(0.3, 1.2),
)
def test_a_press_is_answered_in_time_whenever_it_comes(way, offset, held, passes):
    assert seconds_to_the_answer(way, offset, held, passes) <= ANSWERED_WITHIN


@pytest.mark.parametrize(
    ("constant", "way"), [("kiosk.core.TICK", "GPIO"), ("kiosk.glass.LONGEST_WAIT", "key or touch elsewhere")]
)
def test_the_simulation_would_notice_who_looks_too_seldom(monkeypatch, constant, way):
    monkeypatch.setattr(constant, 0.2)
    monkeypatch.setattr("kiosk.entrance.Entrance.due", lambda self: None)
    waits = [seconds_to_the_answer(way, 0.02 * step, 0.1, None) for step in range(10)]
    assert max(waits) > ANSWERED_WITHIN

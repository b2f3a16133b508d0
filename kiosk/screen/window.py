"""A real window on a real panel: opened, verified, drawn to, and found again when the display comes and goes.

SDL quietly falls back to a driver that nobody can see; here that is an error unless headless was asked for.
"""

import atexit
import os
from collections.abc import Callable, Mapping
from typing import Final

import pygame
import pygame.display
import pygame.event
import pygame.mouse

from kiosk.errors import DisplayError
from kiosk.screen.connection import Connection, x_server_answers
from kiosk.screen.inputs import key_input
from kiosk.screen.painter import Painter
from kiosk.screen.scene import Scene
from kiosk.screen.touch import Input, Touch, Wish, touch_input

INVISIBLE: Final = frozenset({"offscreen", "dummy", "evdev", "disk"})
"""SDL's video drivers that show nothing to anybody."""

RETRY_EVERY: Final = 5.0
"""Seconds between two attempts to find a display: soon after the cable is in, and no load meanwhile."""

GONE: Final = "the X server has gone; the kiosk starts anew once there is one again"

MakePainter = Callable[[tuple[int, int]], Painter]


def prepare(environment: Mapping[str, str] = os.environ, *, headless: bool = False) -> dict[str, str]:
    """The environment variables SDL needs before its first call, as found in `environment`.

    A console without a desktop gets KMSDRM, a Wayland session Wayland, an X session X11. A driver that is already
    chosen stays. On X11 the picture is pushed without a GPU texture, 10 to 15 times cheaper where there is no GPU;
    Wayland and KMSDRM know no other way than a texture.
    """
    wanted = {
        "SDL_VIDEO_ALLOW_SCREENSAVER": "0",
        # SDL would turn SIGTERM into an event of its own, and the kiosk would not stop when told to.
        "SDL_NO_SIGNAL_HANDLERS": "1",
    }
    if headless:
        wanted["SDL_VIDEODRIVER"] = "dummy"
    elif "SDL_VIDEODRIVER" not in environment:
        if environment.get("WAYLAND_DISPLAY"):
            wanted["SDL_VIDEODRIVER"] = "wayland,x11"
        elif environment.get("DISPLAY"):
            wanted["SDL_VIDEODRIVER"] = "x11"
        else:
            wanted["SDL_VIDEODRIVER"] = "kmsdrm"
            # SDL would try OpenGL first, and without its library flip pages that stay black.
            wanted["SDL_RENDER_DRIVER"] = "opengles2"
    if environment.get("SDL_VIDEODRIVER", wanted.get("SDL_VIDEODRIVER")) == "x11":
        wanted["SDL_FRAMEBUFFER_ACCELERATION"] = "0"
    return {name: value for name, value in wanted.items() if name not in environment or name == "SDL_VIDEODRIVER"}


class Window:
    """The visitors' panel.

    `make_painter` is called with the panel's size once it is known. Everything is called on one thread, the main one.
    """

    def __init__(
        self, make_painter: MakePainter, size: tuple[int, int] | None = None, *, headless: bool = False
    ) -> None:
        self._make_painter = make_painter
        self._wanted_size = size
        self._headless = headless
        self._surface: pygame.Surface | None = None
        self._painter: Painter | None = None
        self._next_try = float("-inf")
        self._scene: Scene | None = None
        self._finger: Touch | None = None
        self._connection: Connection | None = None
        self.drew = False
        """Whether anything was drawn since the last poll."""
        self._quit = False
        self.needs_restart = False
        """Whether there is a display again that this process cannot open: its X server had gone meanwhile."""

    @property
    def is_open(self) -> bool:
        """Whether there is a panel to draw on."""
        return self._surface is not None

    def open(self) -> str:
        """Open the window and return SDL's name of the driver. Raises DisplayError when nobody could see it."""
        os.environ.update(prepare(headless=self._headless))
        try:
            pygame.display.init()
            driver = pygame.display.get_driver()
            if driver in INVISIBLE and not self._headless:
                raise DisplayError(
                    f"SDL chose the driver {driver!r}, which shows nothing: plug in a display, start from a console "
                    "or a desktop session, or set screen.headless = true"
                )
            windowed = self._headless or (self._wanted_size is not None and driver in ("x11", "wayland"))
            surface = pygame.display.set_mode(self._wanted_size or (0, 0), 0 if windowed else pygame.FULLSCREEN)
            pygame.display.set_caption("Kiosk")
            pygame.mouse.set_visible(False)
        except pygame.error as error:
            pygame.display.quit()
            raise DisplayError(f"no display: {error}; plug it in, or set screen.headless = true") from None
        except DisplayError:
            pygame.display.quit()
            raise
        if self._painter is None or self._painter.size != surface.get_size():
            self._painter = self._make_painter(surface.get_size())
        self._painter.forget()
        self._surface = surface
        self._quit = False
        self._connection = Connection.of_display()
        if self._scene is not None:
            self.show(self._scene)
        return driver

    def try_open(self, t: float) -> str | None:
        """Open the window when it is time to try again at monotonic time `t`; return what is wrong, if anything."""
        if self.is_open or t < self._next_try:
            return None
        self._next_try = t + RETRY_EVERY
        if self._is_lost:
            self.needs_restart = x_server_answers()
            return GONE
        try:
            self.open()
        except DisplayError as error:
            return str(error)
        return None

    def show(self, scene: Scene) -> list[pygame.Rect]:
        """Put the scene on the panel; return the rectangles that changed. Without a panel nothing happens.

        Raises DisplayError when the display has gone; the window is closed then and `try_open` looks for it.
        """
        self._scene = scene
        if self._surface is None or self._painter is None:
            return []
        try:
            dirty = self._painter.paint(self._surface, scene)
            if dirty:
                pygame.display.update(dirty)
                self.drew = True
        except pygame.error as error:
            self.close()
            raise DisplayError(f"the display has gone: {error}") from None
        if self._is_lost:
            self.close()
            raise DisplayError(GONE)
        return dirty

    def poll(self, t: float) -> list[Input]:
        """What keys and touches did since the last call, as of monotonic time `t`."""
        if self._surface is None:
            return []
        self.drew = False
        inputs = []
        for event in pygame.event.get():
            found = self._input(event, t)
            if found is not None:
                inputs.append(found)
        if self._is_lost or self._quit:
            self.close()
        return inputs

    def close(self) -> None:
        """Let go of the display. May be called twice."""
        self._surface = None
        if self._is_lost:
            atexit.unregister(pygame.quit)  # it would close the lost display, and Xlib end the process for it
            return
        self._connection = None
        pygame.display.quit()

    @property
    def _is_lost(self) -> bool:
        return self._connection is not None and self._connection.lost

    def _input(self, event: pygame.event.Event, t: float) -> Input | None:
        if event.type in (pygame.KEYDOWN, pygame.KEYUP):
            return key_input(event.key, event.type == pygame.KEYDOWN, t)
        if event.type in (pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP) and event.button == 1:
            return self._touch(event.pos, event.type == pygame.MOUSEBUTTONDOWN, t)
        if event.type == pygame.WINDOWCLOSE:
            return Wish.LEAVE
        if event.type == pygame.QUIT:
            self._quit = True  # nobody closed the window: the Wayland compositor has gone
        if event.type in (pygame.WINDOWEXPOSED, pygame.WINDOWRESTORED) and self._painter is not None:
            # Another window lay over ours: what is on the panel is no longer what was painted.
            self._painter.forget()
            if self._scene is not None:
                self.show(self._scene)
        return None

    def _touch(self, point: tuple[int, int], down: bool, t: float) -> Input | None:
        """SDL reports a finger as the left mouse button too, so one path serves both."""
        if down and self._painter is not None and self._scene is not None:
            self._finger = self._painter.touched(self._scene, point)
        finger = self._finger
        if not down:
            self._finger = None
        return touch_input(finger, down, t) if finger is not None else None

    @property
    def descriptor(self) -> int | None:
        """Readable when there may be keys or touches; None where they have to be asked for."""
        return self._connection.descriptor if self._connection is not None and self.is_open else None

    @property
    def finger(self) -> Touch | None:
        """What the finger that is down means."""
        return self._finger

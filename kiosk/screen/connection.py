"""The X server's connection: readable when somebody pressed or touched something, and survived when it breaks.

SDL 2 cannot wait for a key without looking several hundred times a second; with the connection's descriptor the main
thread sleeps until there is something to look at. Wayland and KMSDRM offer none through pygame: there SDL is asked now
and then.

When the server goes away, Xlib ends the whole process, with whatever was not yet decided, unless it is told not to. It
can be told so for the connection SDL draws by, but not for a second one that SDL opens and tells nobody about. So a
display whose server has gone is neither used nor closed any more; the kiosk counts on, and starts itself anew once
there is a server again.
"""

import ctypes
from typing import Any, Final, Self

import pygame
import pygame.display

_HANDLER: Final = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p)
_EXIT_HANDLER: Final = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_void_p)


class Connection:
    """The open display's connection to its X server.

    `descriptor` can be waited for. `lost` becomes True when the server has gone: from then on no call may reach SDL's
    display, closing it included.
    """

    def __init__(self, library: Any, display: int) -> None:
        library.XConnectionNumber.argtypes = [ctypes.c_void_p]
        self.descriptor = int(library.XConnectionNumber(display))
        self.lost = False
        # Xlib calls them for as long as the process lives, so they must not be collected.
        self._on_error, self._on_exit = _HANDLER(self._broke), _EXIT_HANDLER(_go_on)
        library.XSetIOErrorHandler.argtypes = [_HANDLER]
        library.XSetIOErrorHandler(self._on_error)
        library.XSetIOErrorExitHandler.argtypes = [ctypes.c_void_p, _EXIT_HANDLER, ctypes.c_void_p]
        library.XSetIOErrorExitHandler(display, self._on_exit, None)

    @classmethod
    def of_display(cls) -> Self | None:
        """The connection of the display that is open; None for a driver that offers none, or libX11 before 1.7."""
        if pygame.display.get_driver() != "x11":
            return None
        try:
            capsule = pygame.display.get_wm_info()["display"]
            pointer_of = ctypes.pythonapi.PyCapsule_GetPointer
            pointer_of.restype, pointer_of.argtypes = ctypes.c_void_p, [ctypes.py_object, ctypes.c_char_p]
            return cls(_library(), pointer_of(capsule, b"display"))
        except (KeyError, OSError, AttributeError, pygame.error):
            return None

    def _broke(self, _display: int) -> int:
        self.lost = True
        return 0


def x_server_answers() -> bool:
    """Whether the X server of this session lets somebody in, asked without SDL."""
    library = _library()
    library.XOpenDisplay.restype, library.XOpenDisplay.argtypes = ctypes.c_void_p, [ctypes.c_char_p]
    library.XCloseDisplay.argtypes = [ctypes.c_void_p]
    display = library.XOpenDisplay(None)
    if display:
        library.XCloseDisplay(display)
    return bool(display)


def _library() -> Any:
    return ctypes.CDLL("libX11.so.6")


def _go_on(_display: int, _data: int) -> None:
    """What Xlib does in place of ending the process: nothing; what is still asked of the display fails quietly."""

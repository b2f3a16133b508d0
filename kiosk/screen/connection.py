"""The X server's connection as a file descriptor: readable when somebody pressed or touched something.

SDL 2 cannot wait for that without looking several hundred times a second; with the descriptor the main thread sleeps
until there is something to look at. Wayland and KMSDRM offer none through pygame: there SDL is asked now and then.
"""

import ctypes

import pygame
import pygame.display


def connection() -> int | None:
    """The descriptor of the open display's connection; None for a driver that offers none."""
    if pygame.display.get_driver() != "x11":
        return None
    try:
        capsule = pygame.display.get_wm_info()["display"]
        number_of = ctypes.CDLL("libX11.so.6").XConnectionNumber
    except (KeyError, OSError, AttributeError, pygame.error):
        return None
    pointer_of = ctypes.pythonapi.PyCapsule_GetPointer
    pointer_of.restype, pointer_of.argtypes = ctypes.c_void_p, [ctypes.py_object, ctypes.c_char_p]
    number_of.restype, number_of.argtypes = ctypes.c_int, [ctypes.c_void_p]
    return int(number_of(pointer_of(capsule, b"display")))

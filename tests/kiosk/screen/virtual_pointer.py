"""A pointer for a Wayland session without devices: python -m tests.kiosk.screen.virtual_pointer X,Y ... (per cent).

It speaks wlr-virtual-pointer-unstable-v1 over the session's socket, and of the wire protocol only what that takes.
"""

import os
import socket
import struct
import sys
import time
from pathlib import Path

MANAGER = b"zwlr_virtual_pointer_manager_v1\0"  # 32 bytes with its end: a whole number of words
LEFT = 0x110  # BTN_LEFT of linux/input-event-codes.h
DISPLAY, REGISTRY, FACTORY, POINTER = range(1, 5)
GET_REGISTRY, BIND, CREATE, MOVE_TO, BUTTON, FRAME = 1, 0, 0, 1, 2, 4


def connect():
    session = socket.socket(socket.AF_UNIX)
    session.connect(str(Path(os.environ["XDG_RUNTIME_DIR"]) / os.environ["WAYLAND_DISPLAY"]))
    return session


def ask(session, target, request, *values):
    body = b"".join(value if isinstance(value, bytes) else struct.pack("<I", value) for value in values)
    session.sendall(struct.pack("<II", target, (8 + len(body)) << 16 | request) + body)


def name_of_manager(session):
    ask(session, DISPLAY, GET_REGISTRY, REGISTRY)
    with session.makefile("rb") as answers:
        while True:
            _, head = struct.unpack("<II", answers.read(8))
            body = answers.read((head >> 16) - 8)
            if MANAGER in body:
                return struct.unpack_from("<I", body)[0]


def click(session, x, y):
    ask(session, POINTER, MOVE_TO, 0, x, y, 100, 100)
    ask(session, POINTER, FRAME)
    for down in (1, 0):
        time.sleep(0.2)
        ask(session, POINTER, BUTTON, 0, LEFT, down)
        ask(session, POINTER, FRAME)
    time.sleep(0.4)


def main():
    session = connect()
    ask(session, REGISTRY, BIND, name_of_manager(session), len(MANAGER), MANAGER, 1, FACTORY)
    ask(session, FACTORY, CREATE, 0, POINTER)
    time.sleep(0.5)  # until the kiosk has heard that there is a pointer now
    for point in sys.argv[1:]:
        click(session, *map(int, point.split(",")))


if __name__ == "__main__":
    main()

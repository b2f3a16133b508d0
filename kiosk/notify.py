"""Tells systemd that the kiosk is up and alive (sd_notify); silent where systemd did not start it.

The protocol is one datagram to the socket named in NOTIFY_SOCKET: sd_notify(3).
"""

import os
import socket


def notify(message: str) -> bool:
    """Send `message` ("READY=1", "WATCHDOG=1", "STATUS=..."); return whether anybody was there to hear it."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address:
        return False
    if address.startswith("@"):  # an abstract socket, written with a leading @
        address = "\0" + address[1:]
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as sender:
            sender.sendto(message.encode(), address)
    except OSError:
        return False  # counting goes on, whoever does not listen
    return True

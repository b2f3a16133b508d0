"""Running the web application until it is told to stop."""

import signal
import socket
from collections.abc import Callable
from types import FrameType
from typing import Final

import uvicorn
from fastapi import FastAPI

from sync.errors import DistrictError

BACKLOG: Final = 2048
"""Connections that may wait: kiosks that were cut off together come back together."""

GRACE_SECONDS: Final = 2
"""Time for requests under way when it is told to stop; each takes milliseconds."""


def serve(app: FastAPI, host: str, port: int, ready: Callable[[str], None]) -> None:
    """Serve until SIGTERM or SIGINT. `ready` gets the address, with the real port where `port` was 0.

    Raises DistrictError when the address cannot be had.
    """
    listener = _listen(host, port)
    real_port = listener.getsockname()[1]
    # uvicorn raises the signal again once it has shut down; without these the process would end as if killed.
    signal.signal(signal.SIGTERM, _already_handled)
    signal.signal(signal.SIGINT, _already_handled)
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
        timeout_keep_alive=5,
    )
    ready(f"http://{f'[{host}]' if ':' in host else host}:{real_port}/")
    with listener:
        uvicorn.Server(config).run(sockets=[listener])


def _listen(host: str, port: int) -> socket.socket:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind, protocol)
    except OSError as error:
        raise DistrictError(f"--host {host}: {error.strerror}") from error
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(BACKLOG)
    except OSError as error:
        listener.close()
        raise DistrictError(f"{host} port {port}: {error.strerror}; --port 0 takes any free one") from error
    return listener


def _already_handled(_number: int, _frame: FrameType | None) -> None:
    """By uvicorn."""

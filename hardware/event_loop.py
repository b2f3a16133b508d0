"""An event loop in a thread of its own, shared by all who need one, for as long as anybody does.

bleak opens one connection to the bus for each loop, and on each it reads the adverts of every adapter. Two radios
with a loop each would read everything twice; sharing one saves a fifth of their processor time.
"""

import asyncio
import logging
import threading
from collections.abc import Callable, Coroutine
from typing import Any

_log = logging.getLogger(__name__)

Stop = Callable[[float], None]
"""Cancel what was spawned and wait, for at most so many seconds, until it has cleaned up after itself."""


class SharedEventLoop:
    """Runs coroutines in one thread, which begins with the first of them and ends with the last."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._lock = threading.Lock()
        self._users = 0
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None

    def spawn(self, work: Callable[[], Coroutine[Any, Any, None]]) -> Stop:
        """Run `work()`; return what stops it, to be called once. Safe from any thread but the loop's own.

        Raises OSError when there is no descriptor left for a loop.
        """
        with self._lock:
            loop = self._loop if self._loop is not None else self._begin()
            self._users += 1
        ended = threading.Event()
        task: list[asyncio.Task[None]] = []

        def begin() -> None:
            task.append(loop.create_task(work()))
            task[0].add_done_callback(_log_failure)
            task[0].add_done_callback(lambda _: ended.set())

        def cancel() -> None:  # comes after begin(), for calls keep their order
            task[0].cancel()

        def stop(seconds: float) -> None:
            loop.call_soon_threadsafe(cancel)
            ended.wait(seconds)
            with self._lock:
                self._users -= 1
                if not self._users:
                    self._end(seconds)

        loop.call_soon_threadsafe(begin)
        return stop

    def _begin(self) -> asyncio.AbstractEventLoop:
        loop = self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=_serve, args=(loop,), name=self._name, daemon=True)
        self._thread.start()
        return loop

    def _end(self, seconds: float) -> None:
        loop, self._loop = self._loop, None
        thread, self._thread = self._thread, None
        if loop is not None and thread is not None:
            loop.call_soon_threadsafe(loop.stop)
            thread.join(seconds)


def _serve(loop: asyncio.AbstractEventLoop) -> None:
    """Run the loop until it is stopped, then end whatever a library has left running in it."""
    with asyncio.Runner(loop_factory=lambda: loop):
        loop.run_forever()


def _log_failure(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (error := task.exception()) is not None:
        _log.error("%s ended: %s", task.get_name(), error, exc_info=error)

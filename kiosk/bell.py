"""What the main thread sleeps on: another thread rings, or something at the display's connection becomes readable."""

import contextlib
import os
import select


class Bell:
    """Like `threading.Event`, but `wait` also wakes for a file descriptor. `ring` may be called from any thread."""

    def __init__(self) -> None:
        self._read, self._write = os.pipe()
        os.set_blocking(self._read, False)
        os.set_blocking(self._write, False)

    def ring(self) -> None:
        """Wake whoever waits, or will. Also safe in a signal handler."""
        with contextlib.suppress(BlockingIOError):  # a full pipe has rung often enough
            os.write(self._write, b"!")

    def still(self) -> None:
        """Forget that it rang."""
        with contextlib.suppress(BlockingIOError):
            while os.read(self._read, 4096):
                pass

    def wait(self, seconds: float, descriptor: int | None = None) -> bool:
        """Wait until it rings, the descriptor can be read, or `seconds` are over; return whether there is news."""
        watched = [self._read] if descriptor is None else [self._read, descriptor]
        readable, _, _ = select.select(watched, [], [], max(0.0, seconds))
        return bool(readable)

    def __del__(self) -> None:
        os.close(self._read)
        os.close(self._write)

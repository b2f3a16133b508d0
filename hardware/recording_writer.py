"""Writing a recording of a door. `conceal` decides what of an advert reaches the disk (hardware.concealment).

The file appears under its name only when it is complete: until then the events lie beside it in `NAME.part`.
"""

import contextlib
import gzip
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from hardware.errors import RecordingError
from hardware.events import Advert, Event
from hardware.recording_lines import Header, write_event, write_header

Conceal = Callable[[Advert], Advert]


class RecordingWriter:
    """A recording being written: `write` each event in turn, then `close` with the length it came to.

    `start` is the monotonic time, in seconds, that becomes zero. An event that arrives a little late from another
    thread is written with the time of the one before it: a recording's time never runs backwards.
    Used as a context manager it is closed at the end, or thrown away when an error leaves the block.
    Raises RecordingError when the file cannot be written.
    """

    def __init__(self, path: Path | str, header: Header, conceal: Conceal, start: float = 0.0) -> None:
        self._path = Path(path)
        self._part = self._path.with_name(self._path.name + ".part")
        self._header = header
        self._conceal = conceal
        self._start = start
        self._latest = 0.0
        try:
            self._file = gzip.open(self._part, "wt", encoding="utf-8")  # noqa: SIM115 (closed by close or discard)
        except OSError as error:
            raise self._unwritable(error) from error

    def write(self, event: Event) -> None:
        """Add one event. Raises ValueError for a raw Button: record the press that the desk made of it."""
        self._latest = max(self._latest, event.t - self._start)
        if isinstance(event, Advert):
            event = self._conceal(event)
        line = write_event(replace(event, t=self._latest), several_radios=len(self._header.radios) > 1)
        try:
            self._file.write(line + "\n")
        except OSError as error:
            raise self._unwritable(error) from error

    def close(self, seconds: float | None = None) -> None:
        """Finish the file: `seconds` is how long was recorded, left out: as long as the header said."""
        if self._file.closed:
            return
        header = self._header if seconds is None else self._header.model_copy(update={"seconds": round(seconds, 3)})
        # A gzip file may be several joined together: the header, known only now, goes in front of the events.
        whole = self._part.with_suffix(".whole")
        try:
            self._file.close()
            with whole.open("wb") as file, self._part.open("rb") as events:
                file.write(gzip.compress((write_header(header) + "\n").encode()))
                shutil.copyfileobj(events, file)
            whole.replace(self._path)
            self._part.unlink()
        except OSError as error:
            self._part.unlink(missing_ok=True)
            whole.unlink(missing_ok=True)
            raise self._unwritable(error) from error

    def discard(self) -> None:
        """Throw away what was written. May be called twice."""
        with contextlib.suppress(OSError):  # closing writes out what is left, and the disk may be full
            self._file.close()
        self._part.unlink(missing_ok=True)

    def _unwritable(self, error: OSError) -> RecordingError:
        return RecordingError(f"{self._path}: cannot be written ({error.strerror}); name another file")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.close()
        else:
            self.discard()

"""Reading a recording of a door: gzipped JSON lines, a header and then one event a line, in order of time.

Whatever is wrong with a file is told in one line, `file:line: what, and what to do`, as a RecordingError.
`Recording.load()` reads to the end before it hands over anything, so that nothing half-read is used;
`Recording.events` streams, and raises when it comes to the line.
"""

import gzip
import zlib
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from hardware.errors import RecordingError
from hardware.events import Advert, Beam, Event, Scanner
from hardware.recording_lines import Header, Line

__all__ = ["Header", "Recording", "read_recording"]

LONGEST_LINE = 65_536
"""Bytes. The fullest advert Bluetooth allows is 1,650 bytes, some 4,000 in JSON; a longer line is no recording,
and reading it whole would let a small hostile file fill the memory."""


@dataclass(frozen=True)
class Recording:
    """One recording, opened: its header, and its events as they are read."""

    header: Header
    events: Iterator[Event]

    def load(self) -> list[Event]:
        """Every event, or RecordingError and none at all. May be called once."""
        return list(self.events)


def read_recording(path: Path | str) -> Recording:
    """Open a recording; the header is read now, the events as they are asked for.

    Raises RecordingError, here for the file and its header and from the iterator for the line that is wrong.
    """
    path = Path(path)
    lines = _lines(path)
    first = next(lines, None)
    lines.close()
    if first is None:
        raise RecordingError(f"{path}:1: the recording is empty; record it again")
    with _naming(path, 1):
        header = Header.model_validate_json(first)
    return Recording(header, _events(path, header))


def _events(path: Path, header: Header) -> Iterator[Event]:
    latest = 0.0
    lines = enumerate(_lines(path), start=1)
    next(lines)
    for number, text in lines:
        with _naming(path, number):
            event = _event(text, header, latest)
        latest = event.t
        yield event


def _event(text: bytes, header: Header, latest: float) -> Event:
    event = Line.model_validate_json(text).event()
    if event.t < latest:
        raise ValueError(f"time runs backwards, from {latest:.3f} to {event.t:.3f}; sort the lines by t")
    match event:
        case Advert(radio=radio) | Scanner(radio=radio) if radio not in header.radios:
            raise ValueError(f'the radio "{radio}" is not in the header; name it there under radios')
        case Beam(sensor=sensor) if sensor not in header.door:
            raise ValueError(f'the sensor "{sensor}" is not in the header; name it there under door')
    return event


def _lines(path: Path) -> Generator[bytes, None, None]:
    number = 1
    try:
        with gzip.open(path) as file:
            while text := file.readline(LONGEST_LINE):
                if len(text) == LONGEST_LINE:
                    raise RecordingError(f"{path}:{number}: the line is longer than any event; is this a recording?")
                yield text
                number += 1
    except gzip.BadGzipFile as error:
        remedy = "compress it with gzip" if number == 1 else "copy it again from where it was recorded"
        raise RecordingError(f"{path}:{number}: not gzip ({error}); {remedy}") from error
    except (EOFError, zlib.error) as error:
        raise RecordingError(
            f"{path}:{number}: the compressed data is cut short or damaged ({error}); "
            "copy it again from where it was recorded"
        ) from error
    except OSError as error:
        raise RecordingError(f"{path}:{number}: cannot be read ({error.strerror}); name a recording's file") from error


@contextmanager
def _naming(path: Path, number: int) -> Iterator[None]:
    """Whatever is wrong with a line is said of this file and line, with nothing in it that could upset a terminal."""
    try:
        yield
    except ValueError as error:
        fault = _first_fault(error) if isinstance(error, ValidationError) else str(error)
        printable = "".join(letter if letter.isprintable() else "?" for letter in fault)
        raise RecordingError(f"{path}:{number}: {printable}") from error


def _first_fault(error: ValidationError) -> str:
    fault = error.errors(include_url=False, include_input=False)[0]
    where = ".".join(map(str, fault["loc"]))
    match fault["type"], fault["loc"]:
        case "json_invalid", _:
            return f"not a line of JSON ({fault['msg']}); cut the recording before it, or record it again"
        case "extra_forbidden", (_,):
            return f'unknown event "{where}"; expected advert, door, press or scanner'
        case "extra_forbidden", _:
            return f"{where} is not known; leave it out"
        case "missing", _:
            return f"{where} is missing; add it"
        case "literal_error", ("format",):
            return f"not a recording of this format ({fault['msg']}); convert it, or use the version that recorded it"
        case _:
            return f"{where or 'the line'} is wrong ({fault['msg']}); correct it"

"""A second copy of what was written since the oldest backup, for the day on which the database is damaged.

Each line is one row with its hash, as it stands in the chain; a backup and the lines that follow its newest link give
the whole log again. Lines are not synced one by one: the database is, and a power cut that damages the database *and*
loses the last seconds of the trail is the one case that costs entries. The cost is some microseconds an entry.
"""

import json
import os
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, Final, NamedTuple

TABLES: Final = ("entries", "corrections")


class Link(NamedTuple):
    """One row of the chain: its table, its values without the hash, their encoding, and the hash."""

    table: str
    values: Sequence[Any]
    encoded: bytes
    hash: bytes

    @property
    def number(self) -> int:
        """Its place in the chain."""
        number: int = self.values[-1]
        return number


class Trail:
    """A folder of files named after the first link they may hold."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._file = -1
        newest = self._files()[-1:]
        self.last = int(newest[0].stem) - 1 if newest else 0
        """The newest link that the trail holds or begins after; 0: it is empty."""
        for link in self.read(self.last):
            self.last = max(self.last, link.number)

    def append(self, links: Sequence[Link]) -> None:
        """Add links. Raises OSError when the disk does not take them; `last` then tells what is still missing."""
        if self._file < 0:
            self._begin(self.last + 1)
        lines = b"".join([_line(link) for link in links])
        written = os.write(self._file, lines)
        if written < len(lines):
            raise OSError(f"{self.folder}: only {written} of {len(lines)} bytes written")
        self.last = links[-1].number

    def read(self, after: int) -> Iterator[Link]:
        """The links beyond number `after`, in the order in which they were written; broken lines are passed over."""
        superseded = {file for file, following in pairwise(self._files()) if int(following.stem) <= after + 1}
        for file in self._files():
            if file in superseded:
                continue
            for line in file.read_bytes().splitlines():
                link = _parse(line)
                if link is not None and link.number > after:
                    yield link

    def begin_anew(self, link: int) -> None:
        """Go on in a new file that begins with this link: the state before it is in a backup."""
        self.close()
        self._begin(link)
        self.last = max(self.last, link - 1)

    def prune(self, after: int) -> None:
        """Delete the files that hold nothing beyond link `after`, which the oldest backup holds."""
        for file, following in pairwise(self._files()):
            if int(following.stem) <= after + 1:
                file.unlink(missing_ok=True)

    def close(self) -> None:
        """Let go of the file. May be called twice."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1

    def _files(self) -> list[Path]:
        return sorted(self.folder.glob("*.jsonl"))

    def _begin(self, link: int) -> None:
        self.folder.mkdir(mode=0o750, parents=True, exist_ok=True)
        path = self.folder / f"{link:012}.jsonl"
        self._file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640)
        if os.lseek(self._file, 0, os.SEEK_END) > 0:
            os.write(self._file, b"\n")  # ends a line that a kill may have cut


def begins_after(folder: Path) -> int:
    """The link before the first that a trail may hold: what a backup must hold for the two to fit together."""
    first = min(folder.glob("*.jsonl"), default=None)
    return int(first.stem) - 1 if first else 0


def _line(link: Link) -> bytes:
    return b'["%s",%s,"%s"]\n' % (link.table.encode(), link.encoded, link.hash.hex().encode())


def _parse(line: bytes) -> Link | None:
    try:
        table, values, digest = json.loads(line)
        if table not in TABLES or not isinstance(values[-1], int):
            return None
        start = line.index(b",") + 1
        return Link(table, values, line[start : line.rindex(b",")], bytes.fromhex(digest))
    except (ValueError, TypeError, IndexError, KeyError):
        return None

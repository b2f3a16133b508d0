"""Walks the chain, whole or piece by piece, and says where it breaks."""

import heapq
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, Final

from kiosk.logbook.chain import START, encode, link_hash
from kiosk.logbook.database import explained, open_for_reading
from kiosk.logbook.rows import CORRECTION_COLUMNS, ENTRY_COLUMNS, End

EVERY: Final = 10_000
"""Links between two words about the progress: some ten a second."""

_ENTRIES: Final = f"SELECT 'entry', {', '.join(ENTRY_COLUMNS)} FROM entries WHERE id > ? ORDER BY id"
_CORRECTIONS: Final = f"SELECT 'correction', {', '.join(CORRECTION_COLUMNS)} FROM corrections WHERE id > ? ORDER BY id"
_START: Final = "SELECT last_link, last_hash FROM removals ORDER BY id DESC LIMIT 1"
_NEAR_THE_END: Final = "SELECT id, link, hash FROM entries WHERE id = (SELECT max(id) FROM entries) - ?"
_CORRECTION_BEFORE: Final = "SELECT id FROM corrections WHERE link < ? ORDER BY id DESC LIMIT 1"
_HOLDS: Final = """
SELECT 1 FROM entries WHERE id = :entry_id AND link = :link AND hash = :hash
UNION ALL SELECT 1 FROM corrections WHERE id = :correction_id AND link = :link AND hash = :hash
"""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a walk found: how many links, the newest hash, and in words where the chain breaks."""

    links: int
    newest: str
    breaks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """What was found between two places of the chain: where it ends, how many links, and where it breaks."""

    end: End
    links: int
    breaks: tuple[str, ...]


def verify(path: Path, progress: Callable[[int, int], None] = lambda _done, _all: None) -> Verdict:
    """Read every entry and correction and check that each is the link it should be.

    `progress` hears now and then how many links of how many are done. Raises LogbookError when it cannot be read.
    """
    connection = open_for_walking(path)
    with explained(path):
        try:
            connection.execute("BEGIN")  # all of it as it stands now, whatever is written meanwhile
            tables = ("entries", "corrections")
            everything = sum(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables)
            end, links = beginning(connection), 0
            breaks: list[str] = []
            while (piece := walk(connection, end, EVERY)).links:
                end, links = piece.end, links + piece.links
                breaks += piece.breaks
                progress(links, everything)
            return Verdict(links, end.hash.hex(), tuple(breaks))
        finally:
            connection.close()


def open_for_walking(path: Path) -> sqlite3.Connection:
    """A read-only connection that also reads what a damaged row holds. Raises LogbookError."""
    connection: sqlite3.Connection = open_for_reading(path).conn
    connection.text_factory = partial(str, encoding="utf-8", errors="replace")
    return connection


def beginning(connection: sqlite3.Connection) -> End:
    """Where the chain begins: at nothing, or at what retention has taken out."""
    link, before = connection.execute(_START).fetchone() or (0, START)
    return End(0, 0, link, before)


def near_the_end(connection: sqlite3.Connection, entries: int) -> End:
    """So many entries before the newest; the beginning of a shorter chain."""
    found = connection.execute(_NEAR_THE_END, (entries,)).fetchone()
    if found is None:
        return beginning(connection)
    entry_id, link, before = found
    [correction_id] = connection.execute(_CORRECTION_BEFORE, (link,)).fetchone() or (0,)
    return End(entry_id, correction_id, link, before)


def holds(connection: sqlite3.Connection, place: End) -> bool:
    """Whether that place is still in the file: retention or a restored backup may have taken it away."""
    return connection.execute(_HOLDS, place._asdict()).fetchone() is not None


def walk(connection: sqlite3.Connection, start: End, most: int) -> Piece:
    """Check at most so many links beyond `start`."""
    entry_id, correction_id, number, before = start
    breaks: list[str] = []
    links = 0
    for kind, values, digest in islice(_rows(connection, start), most):
        links += 1
        number += 1
        if kind == "entry":
            entry_id = values[0]
        else:
            correction_id = values[0]
        link, name = values[-1], f"{kind} {values[0]}"
        if isinstance(link, int) and link > number:
            breaks.append(f"{name}: links {number} to {link - 1} are missing before it")
            number = link
        elif link != number or link_hash(before, encode(values)) != digest:
            breaks.append(f"{name}: the row is not as it was written")
        before = digest if isinstance(digest, bytes) else START
    return Piece(End(entry_id, correction_id, number, before), links, tuple(breaks))


def _rows(connection: sqlite3.Connection, start: End) -> Iterator[tuple[str, list[Any], Any]]:
    """Entries and corrections together, in the chain's order."""
    streams = [
        connection.execute(_ENTRIES, (start.entry_id,)),
        connection.execute(_CORRECTIONS, (start.correction_id,)),
    ]
    for kind, *values, digest in heapq.merge(*streams, key=_link):
        yield kind, values, digest


def _link(row: tuple[Any, ...]) -> int:
    return row[-2] if isinstance(row[-2], int) else 0

"""Walks the whole chain and says where it breaks."""

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sqlite_utils import Database

from kiosk.logbook.chain import START, encode, link_hash
from kiosk.logbook.database import explained, open_for_reading
from kiosk.logbook.rows import CORRECTION_COLUMNS, ENTRY_COLUMNS

EVERY: Final = 10_000
"""Links between two words about the progress: some ten a second."""

_ENTRIES: Final = f"SELECT 'entry', {', '.join(ENTRY_COLUMNS)} FROM entries ORDER BY id"
_CORRECTIONS: Final = f"SELECT 'correction', {', '.join(CORRECTION_COLUMNS)} FROM corrections ORDER BY id"
_START: Final = "SELECT last_link, last_hash FROM removals ORDER BY id DESC LIMIT 1"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the walk found: how many links, the newest hash, and in words where the chain breaks (at most a few)."""

    links: int
    newest: str
    breaks: tuple[str, ...]


def verify(path: Path, progress: Callable[[int, int], None] = lambda _done, _all: None) -> Verdict:
    """Read every entry and correction and check that each is the link it should be.

    `progress` hears now and then how many links of how many are done. Raises LogbookError when it cannot be read.
    """
    database = open_for_reading(path)
    with explained(path):
        try:
            return _walk(database, progress)
        finally:
            database.conn.close()


def _walk(database: Database, progress: Callable[[int, int], None]) -> Verdict:
    connection = database.conn
    number, before = connection.execute(_START).fetchone() or (0, START)
    everything = database["entries"].count + database["corrections"].count
    breaks: list[str] = []
    links = 0
    for kind, values, digest in _rows(database):
        links += 1
        number += 1
        name = f"{kind} {values[0]}"
        if values[-1] != number:
            breaks.append(f"{name}: links {number} to {values[-1] - 1} are missing before it")
            number = values[-1]
        elif link_hash(before, encode(values)) != digest:
            breaks.append(f"{name}: the row is not as it was written")
        before = digest
        if links % EVERY == 0:
            progress(links, everything)
    return Verdict(links, before.hex(), tuple(breaks))


def _rows(database: Database) -> Iterator[tuple[str, list[Any], bytes]]:
    """Entries and corrections together, in the chain's order."""
    streams = [database.conn.execute(statement) for statement in (_ENTRIES, _CORRECTIONS)]
    for kind, *values, digest in heapq.merge(*streams, key=lambda row: row[-2]):
        yield kind, values, digest

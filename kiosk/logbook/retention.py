"""Takes out what is older than the settings allow, from the beginning of the chain, and never what was not sent."""

import sqlite3
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from kiosk.logbook.database import connect_for_writing, explained

BATCH: Final = 2000
"""Entries that go in one transaction: some 50 ms, so that an officer's press does not wait."""

# Entries are numbered in the order of the chain, so this stops at the first one that stays.
_FIRST_KEPT: Final = """
SELECT id, link FROM entries WHERE id >= (SELECT min(id) FROM entries) + :most OR day >= :day
OR EXISTS (SELECT 1 FROM corrections WHERE entry_id = entries.id AND new_day >= :day)
OR :sent_only AND (
    EXISTS (SELECT 1 FROM tallies WHERE tallies.hour = entries.hour AND revision > acknowledged)
    OR EXISTS (
        SELECT 1 FROM corrections JOIN tallies ON tallies.hour = corrections.new_hour
        WHERE entry_id = entries.id AND revision > acknowledged
    )
)
ORDER BY id LIMIT 1
"""
_NEWEST: Final = "SELECT id, link FROM entries ORDER BY id DESC LIMIT 1"
_CORRECTED_LATER: Final = """
SELECT id, link FROM entries WHERE id = (SELECT min(entry_id) FROM corrections WHERE entry_id < ? AND link >= ?)
"""
_LAST_TO_GO: Final = """
SELECT link, hash FROM entries WHERE id = :id - 1
UNION ALL SELECT * FROM (SELECT link, hash FROM corrections WHERE entry_id < :id ORDER BY link DESC LIMIT 1)
ORDER BY link DESC LIMIT 1
"""
_NOTE: Final = """
INSERT INTO removals (utc_ms, before_day, last_link, last_hash, entries, corrections)
SELECT :now, :day, :last, :hash, (SELECT count(*) FROM entries WHERE id < :id),
(SELECT count(*) FROM corrections WHERE entry_id < :id) RETURNING entries, corrections
"""


@dataclass(frozen=True, slots=True)
class Removal:
    """What one run of retention took out."""

    entries: int
    corrections: int


def remove_before(path: Path, day: date, now_ms: int, *, sent_only: bool) -> Removal:
    """Take out entries of days before `day` with their corrections; tallies stay.

    The beginning of the chain goes, up to the first row that must stay: an entry of `day` or later, with `sent_only`
    one whose hour the district has not confirmed, or one with a correction that stays. The newest row always stays.
    Raises LogbookTroubleError, LOCKED among others, after which nothing is gone.
    """
    entries = corrections = 0
    with explained(path):
        connection = connect_for_writing(path)
        try:
            connection.execute("PRAGMA secure_delete = ON")
            while True:
                connection.execute("BEGIN IMMEDIATE")
                gone = _remove_some(connection, day.isoformat(), now_ms, sent_only=sent_only)
                connection.execute("COMMIT")
                if not gone.entries:
                    return Removal(entries, corrections)
                entries, corrections = entries + gone.entries, corrections + gone.corrections
        finally:
            connection.close()


def _remove_some(connection: sqlite3.Connection, day: str, now_ms: int, *, sent_only: bool) -> Removal:
    first_kept = _first_to_stay(connection, day, sent_only=sent_only)
    last = connection.execute(_LAST_TO_GO, {"id": first_kept}).fetchone()
    if last is None:
        return Removal(0, 0)
    values = {"id": first_kept, "now": now_ms, "day": day, "last": last[0], "hash": last[1]}
    removal = Removal(*connection.execute(_NOTE, values).fetchone())
    connection.execute("DELETE FROM corrections WHERE entry_id < ?", (first_kept,))
    connection.execute("DELETE FROM entries WHERE id < ?", (first_kept,))
    return removal


def _first_to_stay(connection: sqlite3.Connection, day: str, *, sent_only: bool) -> int:
    """The id of the first entry that stays: no earlier one has a correction beyond it in the chain."""
    wanted = {"day": day, "sent_only": sent_only, "most": BATCH}
    row = connection.execute(_FIRST_KEPT, wanted).fetchone() or connection.execute(_NEWEST).fetchone()
    first = row
    while row is not None:
        first = row
        row = connection.execute(_CORRECTED_LATER, first).fetchone()
    return int(first[0]) if first else 0

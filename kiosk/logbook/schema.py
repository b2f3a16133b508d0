"""The tables of the logbook, as migrations that sqlite-utils applies; each in one transaction with its record.

The comments are part of the SQL on purpose: `sqlite3 logbook.db .schema` shows them to whoever opens the file.
A migration is never changed once released; a new one is added below it.
"""

from typing import Final

from sqlite_utils import Database, Migrations

APPLICATION_ID: Final = 0x4B494F53
"""SQLite's application_id of a logbook ("KIOS"): tells our file from another program's."""

migrations = Migrations("entrance-kiosk")

_ENTRIES = """
CREATE TABLE entries (
    -- One person went through the door. Rows are only ever added; see corrections and current_entries.
    id INTEGER PRIMARY KEY,           -- number of the entry in this logbook
    utc_ms INTEGER NOT NULL,          -- when, by the kiosk's clock at the time: milliseconds since 1970, UTC
    day TEXT NOT NULL,                -- that moment's date in the kiosk's zone, YYYY-MM-DD
    hour INTEGER NOT NULL,            -- start of that moment's hour in the kiosk's zone: seconds since 1970, UTC
    direction TEXT NOT NULL           -- in or out
        CHECK (direction IN ('in', 'out')),
    app TEXT NOT NULL                 -- what is known of the visitor's app; unknown: no radio was listening
        CHECK (app IN ('detected', 'not_detected', 'shown', 'installed_here', 'no_smartphone', 'declined', 'unknown')),
    confidence REAL NOT NULL          -- 0 to 1: that what is said about the app is right
        CHECK (confidence BETWEEN 0 AND 1),
    source TEXT NOT NULL              -- who says so
        CHECK (source IN ('door', 'officer', 'radio')),
    officer TEXT,                     -- who was on duty, where the officer said it
    boot_id TEXT NOT NULL,            -- the run of the machine within which monotonic counts
    monotonic REAL NOT NULL,          -- when, in seconds of a clock that never steps and starts anew with each boot
    clock_trusted INTEGER NOT NULL    -- 0: the clock was not set yet, utc_ms may be weeks off
        CHECK (clock_trusted IN (0, 1)),
    link INTEGER NOT NULL,            -- place in the chain of entries and corrections together
    hash BLOB NOT NULL                -- SHA-256 over the link before and this row
) STRICT
"""

_CORRECTIONS = """
CREATE TABLE corrections (
    -- What replaces something an entry says, or cancels it. Rows are only ever added; the latest wins.
    id INTEGER PRIMARY KEY,           -- number of the correction in this logbook
    entry_id INTEGER NOT NULL         -- the entry that it corrects
        REFERENCES entries (id),
    utc_ms INTEGER NOT NULL,          -- when the correction was made: milliseconds since 1970, UTC
    direction TEXT                    -- the right one; NULL: as it was
        CHECK (direction IN ('in', 'out')),
    app TEXT                          -- the right one; NULL: as it was
        CHECK (app IN ('detected', 'not_detected', 'shown', 'installed_here', 'no_smartphone', 'declined', 'unknown')),
    cancelled INTEGER NOT NULL        -- 1: nobody went through after all; stays so whatever comes later
        CHECK (cancelled IN (0, 1)),
    new_utc_ms INTEGER,               -- the entry's right moment, found once the clock was set; NULL: as it was
    new_day TEXT,                     -- the date of new_utc_ms in the kiosk's zone
    new_hour INTEGER,                 -- the start of the hour of new_utc_ms
    source TEXT NOT NULL              -- who says so
        CHECK (source IN ('door', 'officer', 'radio', 'clock')),
    confidence REAL NOT NULL          -- 0 to 1: that the correction is right
        CHECK (confidence BETWEEN 0 AND 1),
    boot_id TEXT NOT NULL,            -- the run of the machine within which monotonic counts
    monotonic REAL NOT NULL,          -- when the correction was made, in seconds of the clock that never steps
    clock_trusted INTEGER NOT NULL    -- 0: utc_ms (and new_utc_ms, if any) are by a clock that was not set
        CHECK (clock_trusted IN (0, 1)),
    link INTEGER NOT NULL,            -- place in the chain of entries and corrections together
    hash BLOB NOT NULL                -- SHA-256 over the link before and this row
) STRICT
"""

_CURRENT_ENTRIES = """
CREATE VIEW current_entries AS
-- What is held to be true now: each entry with its corrections applied; cancelled ones are left out.
SELECT
    entries.id,
    coalesce(moment.new_utc_ms, entries.utc_ms) AS utc_ms,
    coalesce(moment.new_day, entries.day) AS day,
    coalesce(moment.new_hour, entries.hour) AS hour,
    coalesce(turn.direction, entries.direction) AS direction,
    coalesce(status.app, entries.app) AS app,
    coalesce(status.confidence, entries.confidence) AS confidence,
    coalesce(status.source, entries.source) AS source,
    entries.officer,
    coalesce(moment.clock_trusted, entries.clock_trusted) AS clock_trusted,
    coalesce(turn.id, status.id, moment.id) IS NOT NULL AS corrected -- 1: differs from the row in entries
FROM entries
LEFT JOIN corrections AS turn ON turn.id =
    (SELECT max(id) FROM corrections WHERE entry_id = entries.id AND direction IS NOT NULL)
LEFT JOIN corrections AS status ON status.id =
    (SELECT max(id) FROM corrections WHERE entry_id = entries.id AND app IS NOT NULL)
LEFT JOIN corrections AS moment ON moment.id =
    (SELECT max(id) FROM corrections WHERE entry_id = entries.id AND new_utc_ms IS NOT NULL)
WHERE NOT EXISTS (SELECT 1 FROM corrections WHERE entry_id = entries.id AND cancelled)
"""

_TALLIES = """
CREATE TABLE tallies (
    -- How many current_entries each hour holds; kept in the same transaction as they are. The district gets these.
    hour INTEGER NOT NULL,            -- start of the hour: seconds since 1970, UTC
    direction TEXT NOT NULL,          -- in or out
    app TEXT NOT NULL,                -- status of the app, as in entries
    count INTEGER NOT NULL            -- people, the absolute number
        CHECK (count >= 0),
    revision INTEGER NOT NULL,        -- grows with each change
    acknowledged INTEGER NOT NULL DEFAULT 0, -- the revision the district has confirmed; 0: none
    PRIMARY KEY (hour, direction, app)
) STRICT, WITHOUT ROWID
"""

_PARTS = """
CREATE TABLE parts (
    -- What works and what does not, as the running kiosk last said.
    part TEXT PRIMARY KEY,            -- radio:inside, door, panel, screen, sync, clock, disk, ...
    state TEXT NOT NULL               -- off: not wanted by the settings
        CHECK (state IN ('ok', 'degraded', 'down', 'off')),
    since_ms INTEGER NOT NULL,        -- since when it is so: milliseconds since 1970, UTC
    detail TEXT NOT NULL,             -- why, in one line
    seen_ms INTEGER NOT NULL          -- when the kiosk last said so
) STRICT
"""

_HEARTBEAT = """
CREATE TABLE heartbeat (
    -- One row: the kiosk that writes this file, and when it last did so.
    id INTEGER PRIMARY KEY            -- always 1
        CHECK (id = 1),
    utc_ms INTEGER NOT NULL,          -- when: milliseconds since 1970, UTC
    boot_id TEXT NOT NULL,            -- the run of the machine
    monotonic REAL NOT NULL,          -- for telling its age when the clock was set in between
    clock_trusted INTEGER NOT NULL,   -- whether the clock was set
    process INTEGER NOT NULL,         -- process number
    started_ms INTEGER NOT NULL,      -- when that process began: milliseconds since 1970, UTC
    version TEXT NOT NULL,            -- of the kiosk
    stopped INTEGER NOT NULL          -- 1: it ended in order
) STRICT
"""

_BOOTS = """
CREATE TABLE boots (
    -- Each run of the machine, and by how much its clock was wrong until it was set.
    boot_id TEXT PRIMARY KEY,         -- the machine's own name for it
    utc_ms INTEGER NOT NULL,          -- what the clock said when the kiosk first opened the log in this boot
    monotonic REAL NOT NULL,          -- the same moment in seconds of the clock that never steps
    clock_trusted INTEGER NOT NULL,   -- whether the clock was set then
    last_monotonic REAL NOT NULL,     -- the last sign of life in this boot, by the same clock
    behind_ms INTEGER                 -- how far the clock was behind at first (negative: ahead), once that was known
) STRICT
"""

_REMOVALS = """
CREATE TABLE removals (
    -- What retention took out: the oldest part of the chain, up to a link.
    id INTEGER PRIMARY KEY,           -- number of the removal
    utc_ms INTEGER NOT NULL,          -- when: milliseconds since 1970, UTC
    before_day TEXT NOT NULL,         -- entries of earlier days were to go
    last_link INTEGER NOT NULL,       -- the newest link that was taken out
    last_hash BLOB NOT NULL,          -- its hash, on which the rest of the chain is built
    entries INTEGER NOT NULL,         -- how many entries went
    corrections INTEGER NOT NULL      -- how many corrections went
) STRICT
"""

_EXPORTS = """
CREATE TABLE exports (
    -- Who took entries out of this logbook, when, and which.
    id INTEGER PRIMARY KEY,           -- number of the export
    utc_ms INTEGER NOT NULL,          -- when: milliseconds since 1970, UTC
    who TEXT NOT NULL,                -- the user of the machine who gave the command
    format TEXT NOT NULL,             -- csv, json, xlsx or backup
    rows INTEGER NOT NULL,            -- how many entries
    since_ms INTEGER,                 -- from this moment on; NULL: from the beginning
    until_ms INTEGER                  -- up to this moment; NULL: to the end
) STRICT
"""

_SHIFTS = """
CREATE TABLE shifts (
    -- Who took over the duty, when, and what the shift before had counted. Rows are only ever added.
    id INTEGER PRIMARY KEY,           -- number of the shift
    utc_ms INTEGER NOT NULL,          -- when it began: milliseconds since 1970, UTC
    officer TEXT NOT NULL,            -- who took over, as the configuration names them
    previous TEXT,                    -- who handed over; NULL: nobody was on duty before
    previous_in INTEGER NOT NULL,     -- how many came in during the shift before
    previous_with_app INTEGER NOT NULL, -- how many of them had the app
    boot_id TEXT NOT NULL,            -- the run of the machine
    monotonic REAL NOT NULL,          -- when, in seconds of the clock that never steps
    clock_trusted INTEGER NOT NULL    -- whether the clock was set
        CHECK (clock_trusted IN (0, 1))
) STRICT
"""

_FAULTS = """
CREATE TABLE faults (
    -- Each time in which a part did not work as it should, once it is over; what still lasts stands in parts.
    id INTEGER PRIMARY KEY,           -- number of the fault
    part TEXT NOT NULL,               -- as in parts
    state TEXT NOT NULL,              -- degraded or down
    since_ms INTEGER NOT NULL,        -- from then on: milliseconds since 1970, UTC
    until_ms INTEGER NOT NULL,        -- until then
    detail TEXT NOT NULL              -- why, as it was last said
) STRICT
"""

_FAULTS_RULES = (
    "CREATE INDEX faults_by_end ON faults (until_ms)",
    # Three years, so that a part that flickers for ever does not fill the card. 94608000000 ms are 1095 days.
    """
    CREATE TRIGGER faults_are_noted_when_they_end AFTER UPDATE ON parts
    WHEN OLD.state IN ('degraded', 'down') AND NEW.state <> OLD.state
    BEGIN
        INSERT INTO faults (part, state, since_ms, until_ms, detail)
        VALUES (OLD.part, OLD.state, OLD.since_ms, NEW.since_ms, OLD.detail);
        DELETE FROM faults WHERE until_ms < NEW.since_ms - 94608000000;
    END
    """,
)

_RULES = (
    # By time: a day of ten years is found without reading the rest.
    "CREATE INDEX entries_by_time ON entries (utc_ms)",
    "CREATE INDEX corrections_by_entry ON corrections (entry_id)",
    "CREATE INDEX corrections_by_time ON corrections (new_utc_ms) WHERE new_utc_ms IS NOT NULL",
    # Partial, so that an entry made under a set clock costs nothing here.
    "CREATE INDEX entries_without_clock ON entries (boot_id) WHERE clock_trusted = 0",
    "CREATE INDEX tallies_unsent ON tallies (hour) WHERE revision > acknowledged",
    """
    CREATE TRIGGER entries_stay_as_they_are BEFORE UPDATE ON entries
    BEGIN SELECT raise(ABORT, 'entries are only ever added; add a correction'); END
    """,
    """
    CREATE TRIGGER corrections_stay_as_they_are BEFORE UPDATE ON corrections
    BEGIN SELECT raise(ABORT, 'corrections are only ever added; add another one'); END
    """,
    """
    CREATE TRIGGER entries_go_by_retention_alone BEFORE DELETE ON entries
    WHEN OLD.link > (SELECT coalesce(max(last_link), 0) FROM removals)
    BEGIN SELECT raise(ABORT, 'entries are only ever added; retention alone removes them'); END
    """,
    """
    CREATE TRIGGER corrections_go_by_retention_alone BEFORE DELETE ON corrections
    WHEN OLD.link > (SELECT coalesce(max(last_link), 0) FROM removals)
    BEGIN SELECT raise(ABORT, 'corrections are only ever added; retention alone removes them'); END
    """,
)


@migrations()
def first_tables(database: Database) -> None:
    """Entries, corrections, tallies, and how the kiosk is."""
    tables = (_ENTRIES, _CORRECTIONS, _CURRENT_ENTRIES, _TALLIES, _PARTS, _HEARTBEAT, _BOOTS, _REMOVALS, _EXPORTS)
    for statement in (*tables, *_RULES, f"PRAGMA application_id = {APPLICATION_ID}"):
        database.execute(statement.strip())


@migrations()
def shifts(database: Database) -> None:
    """Who was on duty."""
    database.execute(_SHIFTS.strip())


@migrations()
def faults(database: Database) -> None:
    """When a part did not work: the counts of that time are read with care."""
    for statement in (_FAULTS, *_FAULTS_RULES):
        database.execute(statement.strip())

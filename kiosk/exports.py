"""Entries as files for other programs: CSV that a spreadsheet opens as it should, JSON lines, XLSX.

A file gets its final name only when it is complete, on the disk, and noted in the logbook with who took it and when.
"""

import csv
import getpass
import io
import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

from kiosk.errors import KioskError
from kiosk.logbook.database import connect_for_writing, explained
from kiosk.logbook.reader import LoggedEntry, Wanted

if TYPE_CHECKING:
    from kiosk.logbook.calendar import Calendar

COLUMNS: Final = ("id", "time", "direction", "app", "confidence", "source", "officer", "clock_trusted", "corrected")

FORMULA_STARTS: Final = "=+-@\t\r\n＝＋－＠"
"""What makes a spreadsheet compute a cell instead of showing it, also in its full-width forms."""

XLSX_ROWS: Final = 1_048_576 - 1
"""What a sheet holds below its heading."""

NOTE_PATIENCE: Final = 10.0
"""Seconds to wait for another program's lock before the export is refused."""

Rows = Iterable[dict[str, Any]]


def facts(entry: LoggedEntry, calendar: "Calendar") -> dict[str, Any]:
    """One entry for programs; docs/json.md says what the keys mean."""
    return {
        "id": entry.id,
        "time": calendar.iso(entry.utc_ms),
        "direction": entry.direction.value,
        "app": entry.app.value,
        "confidence": entry.confidence,
        "source": entry.source.value,
        "officer": entry.officer,
        "clock_trusted": entry.clock_trusted,
        "corrected": entry.corrected,
    }


def neutral(value: Any) -> Any:
    """The value; text that a spreadsheet would compute, blanks before it or not, gets an apostrophe first."""
    if not isinstance(value, str):
        return value
    shown = value.lstrip(" \u00a0\u3000")
    return "'" + value if shown and shown[0] in FORMULA_STARTS else value


def write_csv(file: IO[str], rows: Rows) -> int:
    """Write rows as CSV with a heading; returns how many."""
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    count = 0
    for row in rows:
        writer.writerow([neutral(row[column]) for column in COLUMNS])
        count += 1
    return count


def write_json(file: IO[str], rows: Rows) -> int:
    """Write one JSON object a line; returns how many."""
    count = 0
    for row in rows:
        file.write(json.dumps(row, ensure_ascii=False) + "\n")
        count += 1
    return count


def _csv_file(path: Path, rows: Rows) -> int:
    with path.open("w", encoding="utf-8-sig", newline="") as file:  # Excel takes UTF-8 for what it is by its BOM
        return write_csv(file, rows)


def _json_file(path: Path, rows: Rows) -> int:
    with path.open("w", encoding="utf-8") as file:
        return write_json(file, rows)


def _xlsx_file(path: Path, rows: Rows) -> int:
    try:
        import xlsxwriter  # noqa: PLC0415 (an optional extra)
        from xlsxwriter.exceptions import FileCreateError  # noqa: PLC0415
    except ImportError as error:
        raise KioskError("XLSX needs XlsxWriter: pip install 'entrance-kiosk[reports]', or export CSV") from error
    # Texts stay texts, and rows go to the disk as they come: a year does not fit a Pi's memory twice. The zipped file
    # does (40 MB at most), and memory does not run full half-way through as the target's disk may.
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    zipped = io.BytesIO()
    count = 0
    try:
        with xlsxwriter.Workbook(zipped, options) as workbook:
            sheet = workbook.add_worksheet("entries")
            sheet.freeze_panes(1, 0)
            sheet.write_row(0, 0, COLUMNS, workbook.add_format({"bold": True}))
            for row in rows:
                count += 1
                if count > XLSX_ROWS:
                    raise KioskError(f"a sheet holds {XLSX_ROWS} entries; choose a shorter period, or CSV")
                sheet.write_row(count, 0, [neutral(row[column]) for column in COLUMNS])
    except FileCreateError as error:
        raise KioskError(f"{path}: not written: {error}") from error
    path.write_bytes(zipped.getbuffer())
    return count


FORMATS: Final[dict[str, Callable[[Path, Rows], int]]] = {"csv": _csv_file, "json": _json_file, "xlsx": _xlsx_file}


@contextmanager
def whole_or_nothing(path: Path, *, overwrite: bool) -> Iterator[Path]:
    """A temporary name beside `path` to write to; on success it is synced and takes the name, else it is deleted."""
    if path.is_dir():
        raise KioskError(f"{path} is a folder; name a file in it")
    if path.exists() and not overwrite:
        raise KioskError(f"{path} exists; name another file, or say --overwrite")
    if not path.parent.is_dir():
        raise KioskError(f"{path.parent}: no such folder")
    partial = path.with_name(f".{path.name}.partial")
    try:
        os.close(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o640))
        yield partial
        with partial.open("rb") as file:
            os.fsync(file.fileno())
        partial.replace(path)
    except OSError as error:
        raise KioskError(f"{path}: not written: {error.strerror or error}") from error
    finally:
        partial.unlink(missing_ok=True)


def note_export(database: Path, form: str, rows: int, wanted: Wanted, now_ms: int) -> None:
    """Note in the logbook who takes entries out. Raises LogbookError when it cannot be noted: then nothing is taken."""
    taken = (now_ms, _user(), form, rows, wanted.since_ms, wanted.until_ms)
    with _noting(database) as connection:
        connection.execute(f"INSERT INTO exports ({_NOTED}) VALUES (?, ?, ?, ?, ?, ?)", taken)


def note_copy(database: Path, now_ms: int, who: str | None = None) -> None:
    """Note who takes a copy of the whole logbook away: `who`, else the user of the machine.

    Raises LogbookError when it cannot be noted; a copy may be what saves a logbook that takes no more, so it is made.
    """
    with _noting(database) as connection:
        connection.execute(
            f"INSERT INTO exports ({_NOTED}) SELECT ?, ?, 'backup', count(*), NULL, NULL FROM entries",
            (now_ms, who or _user()),
        )


_NOTED = "utc_ms, who, format, rows, since_ms, until_ms"


@contextmanager
def _noting(database: Path) -> Iterator[sqlite3.Connection]:
    with explained(database):
        connection = connect_for_writing(database)
        try:
            connection.execute(f"PRAGMA busy_timeout = {round(NOTE_PATIENCE * 1000)}")
            yield connection
        finally:
            connection.close()


def _user() -> str:
    return os.environ.get("SUDO_USER") or getpass.getuser()

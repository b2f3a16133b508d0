"""The log: entries and corrections in an SQLite file that survives whatever happens to the machine."""

from kiosk.logbook.book import Logbook
from kiosk.logbook.calendar import Calendar
from kiosk.logbook.reader import Reader
from kiosk.logbook.trouble import LogbookTroubleError, Trouble
from kiosk.logbook.values import Counts, NotSaved, Saved
from kiosk.logbook.writer import Writer

__all__ = [
    "Calendar",
    "Counts",
    "Logbook",
    "LogbookTroubleError",
    "NotSaved",
    "Reader",
    "Saved",
    "Trouble",
    "Writer",
]

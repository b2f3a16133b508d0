"""Copies a logbook to whatever stick is mounted, while entries are being written; tells in JSON what came of it.

Run as a program in a mount namespace of its own: python -m tests.kiosk.stick_script FOLDER (sticks: FOLDER/media/*)
"""

import json
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

from hardware.clock import SystemClock
from kiosk.decisions import App, Direction, Entry, Source
from kiosk.logbook import Logbook
from kiosk.logbook.stick import find_stick
from kiosk.screen import cues
from kiosk.stick_copy import StickCopier

BEFORE = 300
"""Entries in the logbook when the copy begins: more than the smallest stick of the tests holds."""


def main() -> None:
    clock = SystemClock()
    logbook = Logbook.open(Path(sys.argv[1]) / "log.db", clock)
    entries = [Entry(n, clock.monotonic(), Direction.IN, App.SHOWN, 1.0, Source.OFFICER) for n in range(BEFORE + 50)]
    logbook.write(entries[:BEFORE])
    told: list[cues.Cue] = []
    media = Path(sys.argv[1]) / "media"
    copier = StickCopier(logbook.places, clock, told.append, lambda: find_stick(roots=[media]))
    copier.begin()
    for entry in entries[BEFORE:]:
        logbook.write([entry])
    copier.close()
    with closing(sqlite3.connect(logbook.places.database)) as connection:
        noted = connection.execute("SELECT who, format FROM exports").fetchall()
    sticks = sorted(media.glob("*/*"))
    found = {
        "told": [type(cue).__name__ for cue in told],
        "trouble": getattr(told[-1], "trouble", None),
        "noted": noted,
        "on the stick": [file.suffix for file in sticks],
        "entries": logbook.today().going(Direction.IN),
    }
    sys.stdout.write(json.dumps(found))
    logbook.close()


if __name__ == "__main__":
    main()

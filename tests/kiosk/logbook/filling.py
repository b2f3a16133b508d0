"""Fills a small disk under a writing logbook, makes room again, and looks whether it kept its word.

    python tests/kiosk/logbook/filling.py FOLDER ROOM

FOLDER is a disk of its own (a tmpfs); all but ROOM bytes of what is free there are taken by another file before the
writing begins. Prints what was found as JSON.
"""

import json
import shutil
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3]))

from hardware.clock import SystemClock
from kiosk.decisions import App, Direction, Entry, Source
from kiosk.logbook import Logbook, Reader, Writer
from kiosk.logbook.verifying import verify


def main(folder: Path, room: int) -> None:
    """Write until the writer says that it cannot, make room, and wait until all is saved."""
    path, clock = folder / "logbook.db", SystemClock()
    saved, late, health = [], [], []
    logbook = Logbook.open(path, clock)
    writer = Writer(
        logbook,
        lambda one: saved.extend(decision.number for decision in one.decisions),
        late.append,
        lambda state, detail: health.append(f"{state} {detail.split()[0] if detail else ''}"),
        beat_every=0.05,
    )
    writer.start()
    time.sleep(0.3)  # the first heartbeat holds room back, where there is enough
    ballast_before = logbook.places.ballast.exists()
    other = folder / "other"
    with other.open("wb") as file:
        file.truncate(0)
        file.write(b"\1" * max(0, shutil.disk_usage(folder).free - room))
    number, deadline = 0, time.monotonic() + 30
    while not late and time.monotonic() < deadline:
        number += 1
        writer.put([Entry(number, clock.monotonic(), Direction.IN, App.UNKNOWN, 0.5, Source.DOOR)])
        time.sleep(0.0005)
    confirmed_while_full = len(saved)
    ballast_after = logbook.places.ballast.exists()
    other.unlink()
    all_saved = writer.stop(20.0)
    with Reader.open(path) as reader:
        kept = len(list(reader.entries()))
    found = {
        "put": number,
        "confirmed_while_full": confirmed_while_full,
        "said_late": bool(late) and not any(one.given_up for one in late),
        "trouble": sorted({one.trouble for one in late}),
        "kept": kept,
        "confirmed": len(saved),
        "twice": len(saved) - len(set(saved)),
        "all_saved": all_saved,
        "whole": not verify(path).breaks,
        "ballast": [ballast_before, ballast_after],
        "health": sorted(set(health)),
    }
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))

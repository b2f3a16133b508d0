"""What the door has learned, kept in one small file beside the logbook: a few plain numbers, of nobody in particular.

A file of its own and not a table: losing it costs an hour of learning, and no damage to it may ever touch the log.
"""

import json
import logging
import math
import os
import threading
from collections.abc import Mapping
from dataclasses import asdict, fields
from pathlib import Path
from typing import Final

from kiosk.doorway import DoorMemory

LARGEST: Final = 4096
"""Bytes beyond which the file is none of ours; a dozen numbers take a tenth of it."""

log = logging.getLogger(__name__)


class MemoryFile:
    """The file at `path`, of a door that counts `app`: what was learned of another app says nothing of this one.

    Never raises: what cannot be read is a fresh start, what cannot be written is tried again, one line in the log each.
    """

    def __init__(self, path: Path, app: str) -> None:
        self.path = path
        self._app = app
        self._kept: DoorMemory | None = None
        self._failing = False
        self._keeping = threading.Lock()

    def read(self) -> DoorMemory | None:
        """What was kept; None where nothing was, or it cannot be read, or it is of another app."""
        try:
            with self.path.open("rb") as file:
                kept = json.loads(file.read(LARGEST))
            return memory_of(dict(kept["learned"])) if kept["app"] == self._app else None
        except FileNotFoundError:
            return None
        except (OSError, ValueError, TypeError, KeyError, RecursionError) as error:
            # The message could quote the file; its kind is enough, for there is one remedy.
            log.warning("%s: cannot be read (%s); the door learns anew", self.path, type(error).__name__)
            return None

    def keep(self, memory: DoorMemory) -> None:
        """Put `memory` on the disk, whole or not at all, when it is news; from any thread."""
        with self._keeping:
            if memory == self._kept:
                return
            try:
                self._replace(json.dumps({"app": self._app, "learned": asdict(memory)}) + "\n")
            except OSError as error:
                if not self._failing:
                    log.warning("%s: cannot be written (%s); tried again", self.path, error.strerror)
                self._failing = True
            else:
                self._kept, self._failing = memory, False

    def _replace(self, text: str) -> None:
        """A kill or a power cut leaves the former file or the new one: the new one is synced before it has the name."""
        partial = self.path.with_name(self.path.name + ".partial")
        partial.unlink(missing_ok=True)
        with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o640), "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(self.path)


def memory_of(learned: Mapping[str, object]) -> DoorMemory:
    """The numbers of a file of this version or another: unknown ones are let go, missing ones are as usual.

    Raises TypeError or ValueError when what every version has is missing or is no number.
    """
    known = {field.name for field in fields(DoorMemory)} & learned.keys()
    return DoorMemory(**{name: _number(learned[name]) for name in known})


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError("no number")
    return float(value)

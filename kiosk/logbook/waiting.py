"""The decisions that wait to be saved, in order: pure, time is a parameter."""

import collections
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, takewhile
from typing import Final

from kiosk.logbook.values import Writable

CAPACITY: Final = 10_000
"""Decisions that wait at most: a very busy door's whole day. Beyond it the newest are given up, and said to be."""

BATCH: Final = 200
"""Decisions in one transaction: one sync to the disk for a crowd, and still within a few milliseconds."""

LATE_AFTER: Final = 1.0
"""Seconds after which an officer is told that the press is not saved yet: as long as a confirmation is shown."""


@dataclass(slots=True)
class _Item:
    decision: Writable
    officer: str | None
    since: float
    told_late: bool = False


class Waiting:
    """A bounded queue whose head is looked at, written, and only then removed."""

    def __init__(self, capacity: int = CAPACITY) -> None:
        self._capacity = capacity
        self._items: collections.deque[_Item] = collections.deque()

    def __len__(self) -> int:
        return len(self._items)

    def add(self, decisions: Sequence[Writable], officer: str | None, t: float) -> bool:
        """Take all of them in at monotonic time `t` (seconds), or none: False when there is no room."""
        if len(self._items) + len(decisions) > self._capacity:
            return False
        self._items.extend(_Item(decision, officer, t) for decision in decisions)
        return True

    def head(self, most: int = BATCH) -> tuple[list[Writable], str | None]:
        """The next decisions to write together, and the officer on duty when they were made."""
        officer = self._items[0].officer
        same = takewhile(lambda item: item.officer == officer, islice(self._items, most))
        return [item.decision for item in same], officer

    def remove(self, count: int) -> None:
        """Forget the first `count`: they are written or given up."""
        for _ in range(count):
            self._items.popleft()

    def newly_late(self, t: float) -> list[Writable]:
        """Those that have waited too long at monotonic time `t` and were not named here before."""
        late = [item for item in self._items if not item.told_late and t - item.since >= LATE_AFTER]
        for item in late:
            item.told_late = True
        return [item.decision for item in late]

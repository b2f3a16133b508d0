"""What the logbook hands back: plain values for the screen and the commands."""

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.decisions import App, Correction, Direction, Entry
from kiosk.logbook.trouble import Trouble

Writable = Entry | Correction


@dataclass(frozen=True, slots=True)
class Counts:
    """How many went through in one period; `day` is its local date (the first one of several)."""

    day: str
    cells: Mapping[tuple[Direction, App], int]

    def going(self, direction: Direction) -> int:
        """Everybody who went that way."""
        return sum(count for (way, _), count in self.cells.items() if way is direction)

    def with_app(self, app: App, direction: Direction = Direction.IN) -> int:
        """Those of one status who went that way."""
        return self.cells.get((direction, app), 0)


@dataclass(frozen=True, slots=True)
class Saved:
    """These decisions are in the database, synced to the disk; `today` counts them in."""

    decisions: tuple[Writable, ...]
    today: Counts


@dataclass(frozen=True, slots=True)
class NotSaved:
    """These decisions are not in the database: yet (`given_up` False: the writer goes on trying) or for good."""

    decisions: tuple[Writable, ...]
    trouble: Trouble
    message: str
    given_up: bool

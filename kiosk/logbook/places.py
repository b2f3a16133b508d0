"""The files that belong to one logbook, all beside it and named after it."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Places:
    """Where the parts of the logbook at `database` are; none of them need exist."""

    database: Path

    @property
    def trail(self) -> Path:
        """The folder of the second copy of what was written since the oldest backup."""
        return self.database.with_suffix(".trail")

    @property
    def backups(self) -> Path:
        """The folder of the backups."""
        return self.database.with_suffix(".backups")

    @property
    def damaged(self) -> Path:
        """The folder into which damaged files are moved; whoever has looked at them deletes it."""
        return self.database.with_suffix(".damaged")

    @property
    def ballast(self) -> Path:
        """The file that is given up to make room when the disk is full."""
        return self.database.with_suffix(".ballast")

    @property
    def presence(self) -> Path:
        """The empty file that a running kiosk holds a lock on."""
        return self.database.with_suffix(".lock")

    def of_sqlite(self) -> list[Path]:
        """The database with SQLite's own files beside it."""
        return [self.database, *(self.database.with_name(self.database.name + end) for end in ("-wal", "-shm"))]

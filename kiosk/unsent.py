"""For how long the counts have been waiting to be sent: what the officer's corner says in days."""

from pathlib import Path
from typing import Final

from hardware.clock import Clock
from kiosk.errors import KioskError
from kiosk.health import Part, State
from kiosk.logbook.reader import Reader

LOOK_EVERY: Final = 60.0
"""Seconds between two looks: the answer is in days, and a look opens the database."""

DAY: Final = 86_400


class Unsent:
    """How sending goes, seen from the kiosk; the sending itself is another process."""

    def __init__(self, database: Path, timezone: str, clock: Clock, token: Path) -> None:
        self._database = database
        self._timezone = timezone
        self._clock = clock
        self._token = token
        self._look_at = float("-inf")
        self.days = 0
        """Whole days since the oldest hour that the district has not confirmed."""

    @property
    def enrolled(self) -> bool:
        """Whether this kiosk has been made known to a district."""
        return self._token.exists()

    def faults(self, t: float) -> list[Part]:
        """The part `sync` where something has waited for a day or more, as of monotonic time `t`."""
        if t >= self._look_at:
            self._look_at = t + LOOK_EVERY
            self.days = self._days()
        if self.days < 1 or not self.enrolled:
            return []
        return [Part("sync", State.DEGRADED, t - self.days * DAY, f"not sent for {self.days} days")]

    def _days(self) -> int:
        try:
            with Reader.open(self._database, self._timezone) as reader:
                oldest = reader.unsent().oldest
        except KioskError:
            return self.days  # the logbook itself says what is wrong with it
        if oldest is None or not self._clock.trusted():
            return 0
        return max(0, int((self._clock.utc() - oldest) // DAY))

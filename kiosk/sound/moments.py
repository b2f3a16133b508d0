"""When the kiosk may speak: at most so often, never in quiet hours, only when somebody comes in. Pure."""

import datetime
from dataclasses import dataclass, field

from kiosk.screen.idle import is_night


@dataclass(slots=True)
class Moments:
    """`every` is the least time in seconds between two invitations; `quiet` are spans of local "HH:MM" without any."""

    every: float
    quiet: tuple[tuple[str, str], ...]
    _last: float = field(default=float("-inf"))

    def may_invite(self, t: float, local: datetime.datetime) -> bool:
        """Whether to speak now, at monotonic time `t` and local time `local`; a yes counts as spoken."""
        if t - self._last < self.every or any(is_night(local.time(), span) for span in self.quiet):
            return False
        self._last = t
        return True

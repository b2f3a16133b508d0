"""When the screen may say thanks at once, before the entry is settled: only when it is as good as certain."""

from collections.abc import Iterable

from kiosk.decisions import Closeby, Direction, Greeting
from kiosk.doorway.passing import Passing, Verdict
from kiosk.doorway.tracks import Track

LOOKS = (2.0, 5.0)
"""Seconds after a passage at which the evidence so far is looked at: while the visitor still faces the screen.
Each look costs as much as settling the passage, so there are few."""

LOUD = -80.0
"""dBm that a phone must reach around a passage to be worth a look: what is fainter never makes anybody sure so soon."""

LOUD_AROUND = 3.0
"""Seconds around a passage in which a visitor's phone is loudest: within four metres of the door."""

SURE = 0.85
"""Probability from which thanks are said: one in ten thanked without the app is a kindness, many are noise."""

AFTER_INSTALL = 120.0
"""Seconds after an installation in which the new phone is expected: opening the app and its first adverts."""


class Greeter:
    """Decides when to greet; keeps only times."""

    def __init__(self) -> None:
        self._installed_at: float | None = None

    def installed(self, t: float) -> None:
        """The officer helped somebody to install the app at `t` (seconds)."""
        self._installed_at = t

    def close_by(self, closeby: Closeby, first_heard: float) -> list[Greeting]:
        """Greet the first phone held to the kiosk after an installation that was not heard before it."""
        installed = self._installed_at
        if installed is None or not installed <= closeby.t <= installed + AFTER_INSTALL or first_heard < installed:
            return []
        self._installed_at = None
        return [Greeting(closeby.t, first_after_install=True)]

    def due(self, passing: Passing, t: float) -> bool:
        """Whether it is time to look at a passage again."""
        if passing.greeted or passing.entered or passing.direction is not Direction.IN or passing.looks >= len(LOOKS):
            return False
        return t - passing.t >= LOOKS[passing.looks]

    def worth_a_look(self, passing: Passing, tracks: Iterable[Track]) -> bool:
        """Whether any phone was loud enough around a passage; if not, this look is let go."""
        start, end = passing.t - LOUD_AROUND, passing.t + LOUD_AROUND
        if any(track.last >= start and track.loudest(start, end) >= LOUD for track in tracks):
            return True
        passing.looks += 1
        return False

    def look(self, passing: Passing, verdict: Verdict, t: float) -> list[Greeting]:
        """Greet when the verdict so far is as good as certain."""
        while passing.looks < len(LOOKS) and t - passing.t >= LOOKS[passing.looks]:
            passing.looks += 1
        if verdict.probability is None or verdict.probability < SURE:
            return []
        passing.greeted = True
        return [Greeting(t, passing.number)]

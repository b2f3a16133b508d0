"""What the counts of a period say: totals, shares with their numerator and denominator, by day and by hour. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import Final

from kiosk.decisions import App

WITH_APP: Final = frozenset({App.DETECTED, App.SHOWN, App.INSTALLED_HERE})
"""The statuses that mean: this visitor has the app."""

Hour = tuple[int, Mapping[App, int], int]
"""Its start (seconds since 1970, UTC), who came in by status, how many went out."""


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many, and what the `unknown` make uncertain about it.

    `of` leaves out those of whom nothing is known; `low` and `high` put them all on the one or the other side.
    Reports that disagree mostly disagree in the denominator, so it always stands beside the percentage.
    """

    part: int
    of: int
    unknown: int

    @property
    def percent(self) -> float | None:
        """The share in percent; None when nobody came."""
        return 100 * self.part / self.of if self.of else None

    @property
    def low(self) -> float | None:
        """The share if nobody of the unknown had the app."""
        everybody = self.of + self.unknown
        return 100 * self.part / everybody if everybody else None

    @property
    def high(self) -> float | None:
        """The share if all of the unknown had the app."""
        everybody = self.of + self.unknown
        return 100 * (self.part + self.unknown) / everybody if everybody else None


@dataclass(slots=True)
class Line:
    """The counts of a day, an hour of the day, or a whole period."""

    coming: Counter[App] = field(default_factory=Counter)
    going: int = 0

    def add(self, coming: Mapping[App, int], going: int) -> None:
        """Count some people in."""
        for app, count in coming.items():
            self.coming[app] += count
        self.going += going

    @property
    def came(self) -> int:
        """Everybody who came in."""
        return self.coming.total()

    def share(self) -> Share:
        """Those with the app among those who came in."""
        part = sum(self.coming[app] for app in WITH_APP)
        return Share(part, self.came - self.coming[App.UNKNOWN], self.coming[App.UNKNOWN])

    def share_of_smartphones(self) -> Share:
        """The same among those not known to have no smartphone."""
        share = self.share()
        return Share(share.part, share.of - self.coming[App.NO_SMARTPHONE], share.unknown)


@dataclass(frozen=True, slots=True)
class Report:
    """One period; `days` by ISO date and `hours` by 0 to 23, in the kiosk's zone."""

    total: Line
    days: dict[str, Line]
    hours: dict[int, Line]


def make_report(tallied: Iterable[Hour], zone: tzinfo) -> Report:
    """Add up the hours of a period."""
    total, days = Line(), dict[str, Line]()
    hours = {hour: Line() for hour in range(24)}
    for start, coming, going in tallied:
        local = datetime.fromtimestamp(start, zone)
        for line in (total, days.setdefault(local.date().isoformat(), Line()), hours[local.hour]):
            line.add(coming, going)
    return Report(total, days, hours)

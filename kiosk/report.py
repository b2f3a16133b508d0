"""What the counts of a period say: totals, shares with their numerator and denominator, by day and by hour. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import Final

from kiosk.decisions import App
from kiosk.share_band import Band, Beliefs, share_band

WITH_APP: Final = frozenset({App.DETECTED, App.SHOWN, App.INSTALLED_HERE})
"""The statuses that mean: this visitor has the app."""

NO_BELIEFS: Final[Mapping[int, Beliefs]] = {}

Hour = tuple[int, Mapping[App, int], int]
"""Its start (seconds since 1970, UTC), who came in by status, how many went out."""


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many, and what the `unknown` make uncertain about it.

    `of` leaves out those of whom nothing is known; `low` and `high` put them all on the one or the other side.
    Reports that disagree mostly disagree in the denominator, so it always stands beside the percentage. `band` is what
    the confidences of those counted say; None where not all of them are at hand.
    """

    part: int
    of: int
    unknown: int
    band: Band | None = None

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
    beliefs: Beliefs = field(default_factory=Beliefs)

    def add(self, coming: Mapping[App, int], going: int, beliefs: Beliefs) -> None:
        """Count some people in."""
        for app, count in coming.items():
            self.coming[app] += count
        self.going += going
        self.beliefs += beliefs

    @property
    def came(self) -> int:
        """Everybody who came in."""
        return self.coming.total()

    def share(self) -> Share:
        """Those with the app among those who came in."""
        return self._share(self.came - self.coming[App.UNKNOWN])

    def share_of_smartphones(self) -> Share:
        """The same among those not known to have no smartphone."""
        return self._share(self.came - self.coming[App.UNKNOWN] - self.coming[App.NO_SMARTPHONE])

    def _share(self, of: int) -> Share:
        part = sum(self.coming[app] for app in WITH_APP)
        judged = self.coming[App.DETECTED] + self.coming[App.NOT_DETECTED]
        band = None
        # Tallies stay when retention takes the entries; a band from some of them would be one of others.
        if self.beliefs.judged == judged:
            sure = part - self.coming[App.DETECTED]
            band = share_band(self.beliefs, sure, of - judged - sure)
        return Share(part, of, self.coming[App.UNKNOWN], band)


@dataclass(frozen=True, slots=True)
class Report:
    """One period; `days` by ISO date and `hours` by 0 to 23, in the kiosk's zone."""

    total: Line
    days: dict[str, Line]
    hours: dict[int, Line]


def make_report(tallied: Iterable[Hour], zone: tzinfo, beliefs: Mapping[int, Beliefs] = NO_BELIEFS) -> Report:
    """Add up the hours of a period; `beliefs` are what the radios made of the arrivals, by the start of their hour."""
    total, days = Line(), dict[str, Line]()
    hours = {hour: Line() for hour in range(24)}
    for start, coming, going in tallied:
        local = datetime.fromtimestamp(start, zone)
        for line in (total, days.setdefault(local.date().isoformat(), Line()), hours[local.hour]):
            line.add(coming, going, beliefs.get(start, Beliefs()))
    return Report(total, days, hours)

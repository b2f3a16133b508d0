"""Days and hours in the kiosk's zone: 17:30 UTC is already tomorrow in Viet Nam."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple, Self
from zoneinfo import ZoneInfo

HOUR = 3600
_QUARTER_MS = 900_000


class Moment(NamedTuple):
    """A moment with the day and hour it falls in.

    `utc_ms` is milliseconds since 1970, UTC; `day` the local date; `hour` the start of the local hour in seconds since
    1970, UTC.
    """

    utc_ms: int
    day: str
    hour: int


@dataclass(frozen=True, slots=True)
class Calendar:
    """The zone in which the kiosk counts."""

    zone: ZoneInfo

    @classmethod
    def of(cls, name: str) -> Self:
        """The calendar of a zone such as "Asia/Ho_Chi_Minh". Raises ZoneInfoNotFoundError (a KeyError)."""
        return cls(ZoneInfo(name))

    def moment(self, utc_ms: int) -> Moment:
        """The day and hour of a moment."""
        return Moment(utc_ms, *_day_and_hour(self.zone, utc_ms // _QUARTER_MS))

    def local(self, utc_ms: int) -> datetime:
        """The moment as the wall clock in the zone shows it, to the second."""
        return datetime.fromtimestamp(utc_ms // 1000, self.zone)

    def iso(self, utc_ms: int) -> str:
        """The moment for programs: ISO 8601 with the zone's offset."""
        return datetime.fromtimestamp(utc_ms / 1000, self.zone).isoformat(timespec="milliseconds")

    def bounds(self, first: date, last: date | None = None) -> tuple[int, int]:
        """From the start of the first day to the end of the last (the same if left out): seconds since 1970, UTC."""
        end = (last or first) + timedelta(days=1)
        return self._midnight(first), self._midnight(end)

    def today(self, utc_ms: int) -> date:
        """The local date of a moment."""
        return self.local(utc_ms).date()

    def _midnight(self, day: date) -> int:
        return int(datetime.combine(day, time.min, self.zone).timestamp())


@lru_cache(maxsize=16)
def _day_and_hour(zone: ZoneInfo, quarter: int) -> tuple[str, int]:
    """The same for all of a quarter of an hour, numbered since 1970, UTC: every zone is whole quarters from it."""
    start = quarter * _QUARTER_MS // 1000
    local = datetime.fromtimestamp(start, zone)
    return local.date().isoformat(), start - local.minute * 60

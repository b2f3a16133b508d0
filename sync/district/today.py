"""One day at the district: counts per kiosk and hour, and the app share with what it is a share of."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict
from sqlalchemy import Engine, select

from kiosk.decisions import App, Direction
from sync.district.tables import kiosks, tallies

WITH_APP = frozenset({App.DETECTED, App.SHOWN, App.INSTALLED_HERE})
"""What counts as having the app: heard by the radio, seen by the officer, or installed at the kiosk."""


class Counted(NamedTuple):
    """One tally of the day: hour in epoch seconds, direction, app status, people."""

    hour: int
    direction: Direction
    app: App
    people: int


class ReportModel(BaseModel):
    """Values for the page and for JSON alike."""

    model_config = ConfigDict(frozen=True)


class Share(ReportModel):
    """Arrivals with the app (`numerator`) of all arrivals whose status is known (`denominator`)."""

    numerator: int
    denominator: int

    @property
    def percent(self) -> float | None:
        """The share in percent; None where there is nothing to divide by."""
        return 100 * self.numerator / self.denominator if self.denominator else None


class HourCount(ReportModel):
    """Arrivals and departures in the hour that starts at `hour`."""

    hour: datetime
    arrivals: int
    departures: int


class KioskDay(ReportModel):
    """One kiosk's day. `arrivals_by_app` holds every status, zero too; times are None for never."""

    kiosk: str
    arrivals: int
    departures: int
    arrivals_by_app: dict[App, int]
    share: Share
    hours: tuple[HourCount, ...]
    heard: datetime | None
    enrolled: bool
    revoked: bool
    other_board_refused: datetime | None


class DayReport(ReportModel):
    """The whole district's day, as of `as_of`."""

    day: date
    as_of: datetime
    arrivals: int
    departures: int
    share: Share
    kiosks: tuple[KioskDay, ...]


def hours_of(day: date, zone: ZoneInfo) -> tuple[int, int]:
    """Epoch seconds of the day's first moment in `zone` and of the next day's."""
    start = datetime.combine(day, time.min, zone)
    return int(start.timestamp()), int(datetime.combine(day + timedelta(days=1), time.min, zone).timestamp())


def report_day(engine: Engine, zone: ZoneInfo, now_ms: int, day: date | None = None) -> DayReport:
    """Read one day (today in `zone` by default) from the database."""
    as_of = _time(now_ms, zone)
    day = day or as_of.date()
    first, end = hours_of(day, zone)
    with engine.connect() as connection:
        known = connection.execute(select(kiosks).order_by(kiosks.c.name)).all()
        found = connection.execute(
            select(tallies.c.kiosk_id, tallies.c.hour, tallies.c.direction, tallies.c.app, tallies.c.count).where(
                tallies.c.hour >= first, tallies.c.hour < end, tallies.c.count > 0
            )
        ).all()
    by_kiosk: dict[int, list[Counted]] = {}
    for kiosk_id, hour, direction, app, count in found:
        by_kiosk.setdefault(kiosk_id, []).append(Counted(hour, Direction(direction), App(app), count))
    days = tuple(
        KioskDay(
            kiosk=kiosk.name,
            **_count(by_kiosk.get(kiosk.id, []), zone),
            heard=_time_or_never(kiosk.heard_ms, zone),
            enrolled=kiosk.token_hash is not None,
            revoked=kiosk.revoked_ms is not None,
            other_board_refused=_time_or_never(kiosk.refused_ms, zone),
        )
        for kiosk in known
    )
    return DayReport(
        day=day,
        as_of=as_of,
        arrivals=sum(one.arrivals for one in days),
        departures=sum(one.departures for one in days),
        share=Share(
            numerator=sum(one.share.numerator for one in days), denominator=sum(one.share.denominator for one in days)
        ),
        kiosks=days,
    )


def _count(counted: Sequence[Counted], zone: ZoneInfo) -> dict[str, Any]:
    arrivals: Counter[App] = Counter()
    by_hour: Counter[tuple[int, Direction]] = Counter()
    for hour, direction, app, people in counted:
        by_hour[hour, direction] += people
        if direction is Direction.IN:
            arrivals[app] += people
    return {
        "arrivals": arrivals.total(),
        "departures": sum(one.people for one in counted if one.direction is Direction.OUT),
        "arrivals_by_app": {app: arrivals[app] for app in App},
        "share": Share(
            numerator=sum(arrivals[app] for app in WITH_APP), denominator=arrivals.total() - arrivals[App.UNKNOWN]
        ),
        "hours": tuple(
            HourCount(
                hour=_time(hour * 1000, zone),
                arrivals=by_hour[hour, Direction.IN],
                departures=by_hour[hour, Direction.OUT],
            )
            for hour in sorted({one.hour for one in counted})
        ),
    }


def _time(epoch_ms: int, zone: ZoneInfo) -> datetime:
    return datetime.fromtimestamp(epoch_ms // 1000, zone)


def _time_or_never(epoch_ms: int | None, zone: ZoneInfo) -> datetime | None:
    return None if epoch_ms is None else _time(epoch_ms, zone)

"""Times as an admin types them: `today`, `yesterday`, `17:30`, `2026-03-02`, `2026-03-02 17:30`, `90min`, `3d`."""

import re
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import click

FORMS: Final = "today, yesterday, now, 17:30, 2026-03-02, '2026-03-02 17:30', 90min, 12h or 3d (ago)"

_AGO: Final = re.compile(r"(\d{1,6}) ?(min|h|d)")
_UNITS: Final = {"min": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}


def period(since: str | None, until: str | None, zone: ZoneInfo, now: datetime) -> tuple[int | None, int | None]:
    """The period from `since` to `until` in milliseconds since 1970, UTC, its end not included.

    A whole day as `until` is part of the period. Raises click.BadParameter naming the option.
    """
    begin = _moment(since, zone, now, "--since", end=False) if since else None
    end = _moment(until, zone, now, "--until", end=True) if until else None
    if begin is not None and end is not None and begin >= end:
        raise click.BadParameter(f"--until {until} is not after --since {since}; swap them")
    return begin, end


def _moment(text: str, zone: ZoneInfo, now: datetime, option: str, *, end: bool) -> int:
    try:
        found = _parse(text.strip(), now.astimezone(zone))
        if isinstance(found, datetime):
            moment = found if found.tzinfo else found.replace(tzinfo=zone)
        else:
            moment = datetime.combine(found + timedelta(days=end), time.min, zone)
        return round(moment.timestamp() * 1000)
    except (ValueError, OverflowError) as error:
        reason = f" ({error})" if re.match(r"\d{4}-", text) else ""
        raise click.BadParameter(f"{option} {text!r} is no time{reason}; write {FORMS}") from error


def _parse(text: str, now: datetime) -> datetime | date:
    if text == "now":
        return now
    if text in ("today", "yesterday"):
        return now.date() - timedelta(days=text == "yesterday")
    if ago := _AGO.fullmatch(text):
        return now - int(ago[1]) * _UNITS[ago[2]]
    if re.fullmatch(r"\d{1,2}:\d\d(:\d\d)?", text):
        return datetime.combine(now.date(), time.fromisoformat(text.zfill(5)))
    try:
        return date.fromisoformat(text)
    except ValueError:
        return datetime.fromisoformat(text)

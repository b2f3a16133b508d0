"""`kiosk report`: what the counts of a period say."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import click

from kiosk.cli.moments import FORMS, period
from kiosk.cli.options import database_option, json_option, with_settings
from kiosk.cli.printing import console, print_json
from kiosk.decisions import App
from kiosk.paths import database_path

if TYPE_CHECKING:
    from rich.table import Table

    from kiosk.logbook.calendar import Calendar
    from kiosk.logbook.reader import Fault
    from kiosk.report import Line, Report, Share
    from kiosk.settings import Settings

HOUR = 3600
BAR = 24
"""Columns of the longest bar: fits a terminal of 80 beside its numbers."""

LONGEST_BAND = 93 * 24 * HOUR
"""Seconds of the longest period for which confidences are read: a quarter. A year takes seconds on a small Pi."""

DOUBTFUL = ("radio", "air", "door", "core")
"""Parts without which a count is not what it seems."""


@click.command()
@click.option("--since", metavar="TIME", help=f"From this hour on; seven days ago unless given. {FORMS}.")
@click.option("--until", metavar="TIME", help="Up to this hour; a whole day is included. Now unless given.")
@json_option
@database_option
@with_settings
def command(*, settings: Settings, since: str | None, until: str | None, as_json: bool) -> None:
    """Add up a period: totals, the share with the app, by day and by hour, beside the period before.

    A share stands with its numerator and denominator. "Likely" is what the confidences of the entries say, with limits
    that hold the truth nine times in ten; the other band says what those make uncertain of whom nothing is known.
    """
    from kiosk.logbook.reader import Reader  # noqa: PLC0415
    from kiosk.report import make_report  # noqa: PLC0415

    with Reader.open(database_path(settings), settings.kiosk.timezone) as reader:
        begin, end = _hours(since, until, reader.calendar)
        beliefs = reader.beliefs(begin, end) if end - begin <= LONGEST_BAND else {}
        now = make_report(reader.hours(begin, end), reader.calendar.zone, beliefs)
        before = make_report(reader.hours(begin - (end - begin), begin), reader.calendar.zone)
        doubts = [fault for fault in reader.faults(begin * 1000, end * 1000) if _spoils(fault)]
        if as_json:
            print_json(_facts(begin, end, now, before, reader.calendar) | {"doubts": _doubts(doubts, reader.calendar)})
        else:
            _print(begin, end, now, before, reader.calendar)
            for fault in doubts:
                console().print(_doubt(fault, reader.calendar), highlight=False)


def _hours(since: str | None, until: str | None, calendar: Calendar) -> tuple[int, int]:
    """The period in whole hours, as seconds since 1970, UTC."""
    now = datetime.now(UTC)
    begin_ms, end_ms = period(since, until, calendar.zone, now)
    if end_ms is None:
        end_ms = round(now.timestamp() * 1000)
    if begin_ms is None:
        last = calendar.today(end_ms - 1)
        begin_ms = calendar.bounds(last - timedelta(days=6))[0] * 1000
    if begin_ms >= end_ms:
        raise click.BadParameter(f"--since {since} lies in the future; there is nothing to report")
    begin = calendar.moment(begin_ms).hour
    return begin, max(calendar.moment(end_ms - 1).hour, begin) + HOUR


def _facts(begin: int, end: int, now: Report, before: Report, calendar: Calendar) -> dict[str, Any]:
    return {
        "since": calendar.iso(begin * 1000),
        "until": calendar.iso(end * 1000),
        **_line_facts(now.total),
        "share": _share_facts(now.total.share()),
        "share_of_smartphones": _share_facts(now.total.share_of_smartphones()),
        "before": {**_line_facts(before.total), "share": _share_facts(before.total.share())},
        "days": [_share_of(line) | {"day": day} for day, line in sorted(now.days.items())],
        "hours": [_share_of(line) | {"hour": hour} for hour, line in now.hours.items()],
    }


def _spoils(fault: Fault) -> bool:
    """Whether the counts of that time are to be read with care: a screen that was dark counted all the same."""
    return fault.part.partition(":")[0] in DOUBTFUL


def _doubts(faults: list[Fault], calendar: Calendar) -> list[dict[str, Any]]:
    return [
        {
            "part": fault.part,
            "state": fault.state.value,
            "since": calendar.iso(fault.since_ms),
            "until": None if fault.until_ms is None else calendar.iso(fault.until_ms),
            "detail": fault.detail,
        }
        for fault in faults
    ]


def _doubt(fault: Fault, calendar: Calendar) -> str:
    since = f"{calendar.local(fault.since_ms):%Y-%m-%d %H:%M}"
    until = "now" if fault.until_ms is None else f"{calendar.local(fault.until_ms):%Y-%m-%d %H:%M}"
    return f"read with care: {since} to {until}, {fault.part} was {fault.state}: {fault.detail}"


def _line_facts(line: Line) -> dict[str, Any]:
    by_app = {app.value: line.coming[app] for app in App}
    return {"in": line.came, "out": line.going, "with_app": line.share().part, "in_by_app": by_app}


def _share_of(line: Line) -> dict[str, Any]:
    return {**_line_facts(line), "share": _share_facts(line.share())}


def _share_facts(share: Share) -> dict[str, Any]:
    band = share.band
    percents = {
        "percent": share.percent,
        "percent_low": share.low,
        "percent_high": share.high,
        "likely": None if band is None else 100 * band.likely,
        "likely_low": None if band is None else 100 * band.low,
        "likely_high": None if band is None else 100 * band.high,
    }
    rounded = {key: None if value is None else round(value, 2) for key, value in percents.items()}
    return {"part": share.part, "of": share.of, "unknown": share.unknown, **rounded}


def _print(begin: int, end: int, now: Report, before: Report, calendar: Calendar) -> None:
    from rich.table import Table  # noqa: PLC0415

    out = console()
    local = [calendar.local(moment * 1000).strftime("%Y-%m-%d %H:%M") for moment in (begin, end)]
    out.print(f"{local[0]} to {local[1]}, as of {datetime.now(calendar.zone):%Y-%m-%d %H:%M}")
    table = Table("", "this period", "period before", "change", box=None, pad_edge=False)
    for title, value, earlier in _totals(now.total, before.total):
        table.add_row(title, str(value), str(earlier), f"{value - earlier:+d}")
    for title, share, earlier_share in (
        ("with the app", now.total.share(), before.total.share()),
        ("... of smartphones", now.total.share_of_smartphones(), before.total.share_of_smartphones()),
    ):
        table.add_row(title, _share(share), _share(earlier_share), _points(share, earlier_share))
        table.add_row("  likely", _likely(share), "")
        table.add_row("  with the unknown", _band(share), _band(earlier_share))
    out.print(table)
    if now.total.came:
        out.print(_chart("day", {day: now.days[day] for day in sorted(now.days)}))
        hours = {f"{hour:02}:00": line for hour, line in now.hours.items() if line.came or line.going}
        out.print(_chart("hour", hours))


def _totals(now: Line, before: Line) -> list[tuple[str, int, int]]:
    rows = [("came in", now.came, before.came)]
    rows += [(f"  {app.replace('_', ' ')}", now.coming[app], before.coming[app]) for app in App]
    return [*rows, ("went out", now.going, before.going)]


def _share(share: Share) -> str:
    return "nobody" if share.percent is None else f"{share.percent:.1f} % ({share.part} of {share.of})"


def _band(share: Share) -> str:
    return "" if share.low is None or share.high is None else f"{share.low:.1f} to {share.high:.1f} %"


def _likely(share: Share) -> str:
    if share.band is None:
        return ""
    return f"{100 * share.band.likely:.1f} % ({100 * share.band.low:.0f} to {100 * share.band.high:.0f} %)"


def _points(now: Share, before: Share) -> str:
    if now.percent is None or before.percent is None:
        return ""
    return f"{now.percent - before.percent:+.1f} points"


def _chart(title: str, lines: dict[str, Line]) -> Table:
    """A bar for each line: who came in."""
    from rich.bar import Bar  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    most = max((line.came for line in lines.values()), default=0) or 1
    table = Table(title, "in", "out", "with app", "likely", "", box=None, pad_edge=False)
    for name, line in lines.items():
        bar = Bar(most, 0, line.came, width=BAR, color="cyan")
        share = line.share()
        table.add_row(name, str(line.came), str(line.going), str(share.part), _likely(share), bar)
    return table

"""The options that choose entries, shared by the commands that print or export them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from functools import reduce, wraps
from typing import TYPE_CHECKING, Any

import click

from kiosk.cli.moments import FORMS, period
from kiosk.decisions import App, Direction, Source

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from kiosk.logbook.reader import Wanted

_OPTIONS = (
    click.option("--since", metavar="TIME", help=f"From this time on: {FORMS}."),
    click.option("--until", metavar="TIME", help="Up to this time; a whole day is included."),
    click.option("--direction", type=click.Choice([one.value for one in Direction]), multiple=True, help="Only these."),
    click.option("--app", type=click.Choice([one.value for one in App]), multiple=True, help="Only these."),
    click.option("--source", type=click.Choice([one.value for one in Source]), multiple=True, help="Only these."),
)


@dataclass(frozen=True, slots=True)
class Selection:
    """What was asked for, as typed."""

    since: str | None
    until: str | None
    direction: tuple[str, ...]
    app: tuple[str, ...]
    source: tuple[str, ...]

    def wanted(self, zone: ZoneInfo) -> Wanted:
        """The same for the reader, with times in the kiosk's zone. Raises click.BadParameter."""
        from kiosk.logbook.reader import Wanted  # noqa: PLC0415

        since_ms, until_ms = period(self.since, self.until, zone, datetime.now(UTC))
        return Wanted(
            since_ms,
            until_ms,
            directions=[Direction(one) for one in self.direction],
            apps=[App(one) for one in self.app],
            sources=[Source(one) for one in self.source],
        )


def with_selection(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options to a command and pass it their `selection`."""

    @wraps(function)
    def wrapper(*arguments: Any, **options: Any) -> Any:
        selection = Selection(**{field.name: options.pop(field.name) for field in fields(Selection)})
        return function(*arguments, selection=selection, **options)

    return reduce(lambda wrapped, option: option(wrapped), reversed(_OPTIONS), wrapper)

"""How commands print: tables for people, JSON for programs, times in the kiosk's zone."""

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Any, Final

import click

if TYPE_CHECKING:
    from rich.console import Console

WIDE: Final = 200
"""Columns of a table that nobody looks at through a terminal: wide enough that no cell is cut in a paste."""


def console() -> "Console":
    """Where tables go: as wide as the terminal, or wide when the output is a file or a pipe."""
    from rich.console import Console  # noqa: PLC0415 (rich costs 0.07 s; --json does without)

    class _Console(Console):
        def on_broken_pipe(self) -> None:
            """Leave a reader that has enough to the group of commands: it is no failure."""
            raise BrokenPipeError

    return _Console(highlight=False, width=None if sys.stdout.isatty() else WIDE)


@contextmanager
def working(what: str) -> Iterator[None]:
    """Show on a terminal's stderr that something takes its time; nothing at all elsewhere."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console  # noqa: PLC0415

    with Console(stderr=True).status(f"{what} ..."):
        yield


@contextmanager
def progress(what: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on a terminal's stderr, moved by calling what is yielded with (done, all); nothing at all elsewhere."""
    if not sys.stderr.isatty():
        yield lambda _done, _everything: None
        return
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import Progress  # noqa: PLC0415

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what)
        yield lambda done, everything: bar.update(task, completed=done, total=everything)


def print_json(facts: Mapping[str, Any]) -> None:
    """One JSON object on one line."""
    click.echo(json.dumps(facts, ensure_ascii=False))


def clock_time(utc_ms: int, zone: tzinfo) -> str:
    """A moment for people."""
    return datetime.fromtimestamp(utc_ms // 1000, zone).strftime("%Y-%m-%d %H:%M:%S")


def span(seconds: float) -> str:
    """A length of time in its largest unit and the next: "3 d 4 h", "5 min 2 s", "2 d"."""
    rest = max(0, round(seconds))
    amounts: list[tuple[int, str]] = []
    for unit, length in (("d", 86400), ("h", 3600), ("min", 60), ("s", 1)):
        amount, rest = divmod(rest, length)
        if amounts or amount or unit == "s":
            amounts.append((amount, unit))
    return " ".join(f"{amount} {unit}" for place, (amount, unit) in enumerate(amounts[:2]) if amount or not place)


def size(count: float) -> str:
    """A number of bytes for people."""
    for unit in ("B", "KiB", "MiB", "GiB"):
        if count < 1024 or unit == "GiB":
            break
        count /= 1024
    return f"{count:.0f} {unit}" if unit == "B" else f"{count:.1f} {unit}"

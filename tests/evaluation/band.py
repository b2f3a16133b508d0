"""How often the band of an hour's app share holds the truth: `python -m tests.evaluation.band --hours 60`.

Simulates hours at new doors, plays them through the real core, and prints for arrivals how far the share is off when
entries are counted and when their probabilities are added up, how often either band held the truth, and how wide the
door's own part of it (`kiosk.share_band.DOOR`) would have had to be for nine in ten. The same command prints the same.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean

import click
from rich.console import Console
from rich.table import Table

from hardware.simulation import Passed, simulate
from hardware.simulation.doors import CONDITIONS, draw_door
from kiosk.decisions import App, Direction, Entry
from kiosk.share_band import DOOR, Beliefs, beliefs_of, share_band
from tests.evaluation.trial import FRESH, entries_of

STEPS = 400
"""Widths that are tried: thousandths up to 0.4."""


@dataclass(frozen=True)
class Hour:
    """One hour's arrivals: what is believed of them, the share counted and the true one."""

    beliefs: Beliefs
    counted: float
    true: float

    @property
    def added(self) -> float:
        """The share by adding up probabilities."""
        return self.beliefs.chance / self.beliefs.judged

    def covered(self, door: float) -> bool:
        """Whether the band with that part for the door holds the truth."""
        band = share_band(self.beliefs, door=door)
        return band is not None and band.low <= self.true <= band.high


def hour_of(entries: Iterable[Entry], truth: Iterable[Passed]) -> Hour | None:
    """The arrivals of an hour; None when there are none."""
    coming = [entry for entry in entries if entry.direction is Direction.IN and entry.app is not App.UNKNOWN]
    came = [passed for passed in truth if passed.direction == "in"]
    if not coming or not came:
        return None
    detected = [entry.app is App.DETECTED for entry in coming]
    chances = [e.confidence if yes else 1 - e.confidence for e, yes in zip(coming, detected, strict=True)]
    return Hour(beliefs_of(chances), fmean(detected), fmean(passed.app == "running" for passed in came))


def fitted(hours: Sequence[Hour]) -> float:
    """The least part for the door with which the band holds the truth in nine of ten of these hours."""
    enough = (
        step / 1000 for step in range(STEPS) if sum(hour.covered(step / 1000) for hour in hours) >= 0.9 * len(hours)
    )
    return next(enough, STEPS / 1000)


@click.command(help=__doc__)
@click.option("--hours", default=60, show_default=True, help="How many, each at a door of its own.")
@click.option("--seconds", default=3600.0, show_default=True, help="How long such an hour is.")
@click.option("--seed", default=FRESH, show_default=True, help="The first door.")
@click.option("--only", multiple=True, help="Conditions of `tests.evaluation`; else one and two radios.")
def main(hours: int, seconds: float, seed: int, only: tuple[str, ...]) -> None:
    """Print a row for each condition."""
    table = Table(title="An hour's app share of those who came in", title_justify="left", box=None)
    columns = ("counted: bias", "rms", "added up: bias", "rms", "independent", "ours", "half-width", "wanted")
    for number, title in enumerate(("condition", "hours", *columns)):
        table.add_column(title, justify="right" if number else "left")
    for condition in CONDITIONS:
        if condition.name not in (only or ("one radio", "two radios")):
            continue
        tried = (simulate(condition.change(draw_door(door)), seconds, door) for door in range(seed, seed + hours))
        table.add_row(condition.name, *_row([h for s in tried if (h := hour_of(entries_of(s), s.truth))]))
    Console(width=None if Console().is_terminal else 130).print(table)


def _row(hours: Sequence[Hour]) -> list[str]:
    counted, added = [hour.counted - hour.true for hour in hours], [hour.added - hour.true for hour in hours]
    cells = [str(len(hours))]
    for errors in (counted, added):
        cells += [f"{fmean(errors):+.3f}", f"{fmean(error**2 for error in errors) ** 0.5:.3f}"]
    for door in (0.0, DOOR):
        cells.append(f"{fmean(hour.covered(door) for hour in hours):.2f}")
    bands = [band for hour in hours if (band := share_band(hour.beliefs))]
    return [*cells, f"{fmean((band.high - band.low) / 2 for band in bands):.3f}", f"{fitted(hours):.3f}"]


if __name__ == "__main__":
    main()

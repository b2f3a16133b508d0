"""`python -m tests.evaluation`: the tables, for the code as it is."""

from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from functools import partial

import click
from rich.console import Console
from rich.table import Table

from hardware.simulation.doors import BROKEN, CONDITIONS, Condition
from tests.evaluation.scoring import calibration_error, reliability
from tests.evaluation.trial import FRESH, METHODS, Trial, try_condition
from tests.evaluation.wall import ROWS, Wall, expected, try_wall

Trials = Mapping[str, Trial]


@click.command()
@click.option("--doors", default=8, show_default=True, help="New doors for each condition, 15 minutes each.")
@click.option("--seed", default=0, show_default=True, help="Which doors.")
@click.option("--only", multiple=True, help="Conditions to try; else all.")
@click.option("--jobs", default=1, show_default=True, help="Processes at work.")
@click.option("--observer", is_flag=True, help="Instead: what an observer could say who is told (nearly) everything.")
def main(doors: int, seed: int, only: tuple[str, ...], jobs: int, observer: bool) -> None:
    """Score our doorway and two baselines on simulated doors, by condition."""
    known = {condition.name: condition for condition in (*CONDITIONS, *BROKEN)}
    unknown = set(only) - set(known)
    if unknown:
        raise click.UsageError(f"no condition {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    chosen = [condition for name, condition in known.items() if not only or name in only]
    seeds = range(FRESH + seed * 1000, FRESH + seed * 1000 + doors)
    console = Console(width=None if Console().is_terminal else 110)
    if observer:
        # Both conditions of the goal; others where they are asked for. The observer takes a minute or two for a door.
        for condition in chosen if only else chosen[:2]:
            console.print(_wall(condition.name, try_wall(condition, seeds)))
        return
    trials = dict(_tried(chosen, seeds, jobs))
    for title, group in (("Ordinary doors", CONDITIONS), ("Broken assumptions", BROKEN)):
        if there := [condition for condition in chosen if condition in group]:
            console.print(_by_condition(there, trials, title))
    console.print(_bunches(chosen, trials))
    console.print(_calibration(chosen, trials))


def _tried(conditions: list[Condition], seeds: range, jobs: int) -> Iterator[tuple[str, Trial]]:
    names = [condition.name for condition in conditions]
    if jobs == 1:
        yield from zip(names, map(partial(try_condition, seeds=seeds), conditions), strict=True)
        return
    with ProcessPoolExecutor(jobs) as pool:
        yield from zip(names, pool.map(_try_by_name, names, [seeds] * len(names)), strict=True)


def _try_by_name(name: str, seeds: range) -> Trial:
    """A condition holds functions, which cannot be sent to another process; its name can."""
    return try_condition(next(one for one in (*CONDITIONS, *BROKEN) if one.name == name), seeds)


def _by_condition(conditions: list[Condition], trials: Trials, title: str) -> Table:
    columns = ("condition", "passages", "recall", "precision", "direction", *METHODS, "±", "share said - true")
    table = _table(f"{title}: app_balanced of each method", *columns)
    for condition in conditions:
        scores = trials[condition.name].scores
        ours = scores["ours"]
        balanced = [f"{scores[method].app_balanced:.3f}" for method in METHODS]
        counts = (f"{ours.recall:.3f}", f"{ours.precision:.3f}", f"{ours.direction:.3f}")
        table.add_row(condition.name, str(ours.passages), *counts, *balanced, f"{ours.error:.3f}", f"{ours.bias:+.3f}")
    return table


def _wall(name: str, wall: Wall) -> Table:
    table = _table(
        f"{name}: what could be known", "who says", "passages", "app_balanced", "±", "expects", "alone", "in a bunch"
    )
    for row in ROWS:
        pooled = wall.pooled(row)
        alone, bunch = pooled.among(bunched=False), pooled.among(bunched=True)
        shares = [f"{one.app_balanced:.3f}" for one in (alone, bunch)]
        # A baseline is always sure, so that what it expects of itself means nothing.
        sure = "" if row in METHODS[:2] else f"{expected(pooled):.3f}"
        measured = (f"{pooled.app_balanced:.3f}", f"{wall.error(row):.3f}")
        table.add_row(row, str(len(pooled.matches)), *measured, sure, *shares)
    return table


def _bunches(conditions: list[Condition], trials: Trials) -> Table:
    table = _table(
        "Where the errors are: app_balanced", "condition", "alone", "of", "in a bunch", "of", "running", "missing"
    )
    for condition in conditions:
        ours = trials[condition.name].scores["ours"]
        alone, bunch = ours.among(bunched=False), ours.among(bunched=True)
        cells = [f"{alone.app_balanced:.3f}", str(alone.passages), f"{bunch.app_balanced:.3f}", str(bunch.passages)]
        table.add_row(condition.name, *cells, f"{ours.when_running:.3f}", f"{ours.when_missing:.3f}")
    return table


def _calibration(conditions: list[Condition], trials: Trials) -> Table:
    columns = (
        "condition",
        "calibration error",
        "said > right (entries)",
        "hours covered",
        "bias, counted",
        "bias, added up",
    )
    table = _table("Confidence, and the app share of an hour", *columns)
    for condition in conditions:
        trial = trials[condition.name]
        bins = reliability(trial.scores["ours"].matches)
        said = ", ".join(f"{one.said:.2f} > {one.right:.2f} ({one.count})" for one in bins)
        hours = trial.hours
        covered = sum(one.covered for one in hours)
        counted = sum(one.by_counting - one.true for one in hours) / len(hours)
        added = sum(one.by_probability - one.true for one in hours) / len(hours)
        share = f"{covered}/{len(hours)}"
        table.add_row(condition.name, f"{calibration_error(bins):.3f}", said, share, f"{counted:+.3f}", f"{added:+.3f}")
    return table


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", box=None)
    for number, column in enumerate(columns):
        table.add_column(column, justify="right" if number else "left")
    return table


if __name__ == "__main__":
    main(prog_name="evaluate")

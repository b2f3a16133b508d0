"""`python -m tests.evaluation.fit`: the fitted numbers of the doorway, from doors whose truth is known.

Two things are fitted: how often each shape of a way occurs, by expectation maximisation over the phones that went
through; and what tells a visitor's phone from a bystander's, by a logistic regression on the likelihood ratio and on
what is known beforehand.
"""

from collections.abc import Sequence
from dataclasses import fields, replace
from pathlib import Path

import click
import numpy as np
from numpy.typing import NDArray

from kiosk.decisions import Direction
from kiosk.doorway.beforehand import beforehand
from kiosk.doorway.model import Deciding, usual_model
from kiosk.doorway.shapes import Shape, usual_shapes
from tests.evaluation.pairs import Pair, recorded_pairs, simulated_pairs

Array = NDArray[np.float64]

ROUNDS = 10
"""Rounds of expectation maximisation: more only learn the very doors by heart (tried on doors kept aside)."""

LEAST_SHARE = 1e-4
"""Least weight of a shape, so that none is ever impossible."""

HELD = 1.0
"""Strength that holds the regression to where it starts: a few hundred pairs outweigh it."""

KNOWN = ("faint", "long_before", "only_after")
"""What is known beforehand, by its name among the numbers of the decision."""


@click.command()
@click.argument("recordings", nargs=-1, type=click.Path(path_type=Path, exists=True))
@click.option("--doors", default=32, show_default=True, help="Simulated doors, where no recordings are given.")
@click.option("--shapes", "csv", type=click.Path(path_type=Path), help="Write the shapes with their new weights here.")
def main(recordings: Sequence[Path], doors: int, csv: Path | None) -> None:
    """Fit to RECORDINGS (NAME.jsonl.gz with NAME.truth.jsonl beside it) or to simulated doors."""
    pairs = list(recorded_pairs(recordings) if recordings else simulated_pairs(range(doors)))
    mine = sum(pair.mine for pair in pairs)
    click.echo(f"# {mine} phones of visitors, {len(pairs) - mine} pairs of a passage and a bystander's phone")
    for name, value in decision_of(pairs).items():
        click.echo(f"{name} = {value:.2f}")
    if csv is not None:
        csv.write_text(shapes_csv(weighted(pairs, usual_shapes())), "utf-8")


def decision_of(pairs: Sequence[Pair]) -> dict[str, float]:
    """The numbers of `[decision]` in model.toml that tell a visitor's phone from a bystander's.

    `odds` is that of one pair alone; where passages compete the share of people with the app is added.
    """
    rows = np.array([[1.0, pair.ratio, *_known(pair)] for pair in pairs])
    mine = np.array([float(pair.mine) for pair in pairs])
    odds, temper, *rest = regress(rows, mine, start=np.array([0.0, 1.0, *[0.0] * len(KNOWN)]))
    return {"temper": float(temper), "odds": float(odds), **dict(zip(KNOWN, map(float, rest), strict=True))}


def _known(pair: Pair) -> list[float]:
    """How much of each thing known beforehand there is: its log-odds when its number is 1 and all others are 0."""
    values = []
    for name in KNOWN:
        one: Deciding = replace(usual_model().decision, **{k: float(k == name) for k in (*KNOWN, "there_before")})
        values.append(sum(odds for odds, _ in beforehand(pair.track, pair.passing, one)))
    return values


def regress(rows: Array, said: Array, start: Array) -> Array:
    """Logistic regression by Newton's method with halved steps, held to `start` by a Gaussian of variance 1/`HELD`."""

    def loss(values: Array) -> float:
        linear = rows @ values
        return float(np.logaddexp(0, linear).sum() - said @ linear + HELD / 2 * ((values - start) ** 2).sum())

    values = start.copy()
    for _ in range(40):
        chance = 1 / (1 + np.exp(-np.clip(rows @ values, -40, 40)))
        slope = rows.T @ (chance - said) + HELD * (values - start)
        curve = (rows * (chance * (1 - chance))[:, None]).T @ rows + HELD * np.eye(len(values))
        step = np.linalg.solve(curve, slope)
        while loss(values - step) > loss(values) and np.abs(step).max() > 1e-9:
            step = step / 2
        values = values - step
    return values


def weighted(pairs: Sequence[Pair], shapes: Sequence[Shape]) -> list[Shape]:
    """The shapes with the weights, per mille, that explain the phones that went through, on the way in and out."""
    weights = {}
    for direction, name in ((Direction.IN, "weight_in"), (Direction.OUT, "weight_out")):
        logs = np.array([pair.shapes for pair in pairs if pair.mine and pair.passing.direction is direction])
        start = np.array([getattr(shape, name) for shape in shapes])
        weights[name] = 1000 * maximise(logs.reshape(-1, len(shapes)), start / start.sum())
    return [
        replace(shape, weight_in=float(came), weight_out=float(went))
        for shape, came, went in zip(shapes, weights["weight_in"], weights["weight_out"], strict=True)
    ]


def maximise(logs: Array, shares: Array) -> Array:
    """Expectation maximisation of the shares of a mixture: `logs` are log-likelihoods (phones, shapes)."""
    for _ in range(ROUNDS if len(logs) else 0):
        chance = np.exp(logs - logs.max(1, keepdims=True)) * shares
        shares = np.maximum((chance / chance.sum(1, keepdims=True)).mean(0), LEAST_SHARE)
        shares = shares / shares.sum()
    return shares


def shapes_csv(shapes: Sequence[Shape]) -> str:
    """The table as it is shipped."""
    names = [field.name for field in fields(Shape)]
    head = "# Shapes of the ways through a door and how often each occurs (per mille), fitted: docs/doorway.md."
    rows = [",".join(f"{getattr(shape, name):.4g}" for name in names) for shape in shapes]
    return "\n".join([head, ",".join(names), *rows]) + "\n"


if __name__ == "__main__":
    main()

"""`python -m tests.evaluation.fit`: the fitted numbers of the doorway, from doors whose truth is known.

Two things are fitted: how often each shape of a way occurs, by expectation maximisation over the phones that went
through; and the numbers of the decision, by how often it was right (`outcomes.py`).
"""

from collections.abc import Sequence
from dataclasses import fields, replace
from pathlib import Path

import click
import numpy as np
from numpy.typing import NDArray

from kiosk.decisions import Direction
from kiosk.doorway.shapes import Shape, usual_shapes
from tests.evaluation.outcomes import crowds_of, fitted
from tests.evaluation.pairs import Pair, pairs_of, recorded, simulated

Array = NDArray[np.float64]

ROUNDS = 10
"""Rounds of expectation maximisation: more only learn the very doors by heart (tried on doors kept aside)."""

LEAST_SHARE = 1e-4
"""Least weight of a shape, so that none is ever impossible."""


@click.command()
@click.argument("recordings", nargs=-1, type=click.Path(path_type=Path, exists=True))
@click.option("--doors", default=32, show_default=True, help="Simulated doors, where no recordings are given.")
@click.option("--shapes", "csv", type=click.Path(path_type=Path), help="Write the shapes with their new weights here.")
def main(recordings: Sequence[Path], doors: int, csv: Path | None) -> None:
    """Fit to RECORDINGS (NAME.jsonl.gz with NAME.truth.jsonl beside it) or to simulated doors."""
    known = list(recorded(recordings) if recordings else simulated(range(doors)))
    crowds = [crowd for one in known for crowd in crowds_of(one.header, one.events, one.truth)]
    click.echo(f"# {sum(len(crowd.ran) for crowd in crowds)} people, {len(crowds)} crowds, {len(known)} doors")
    for name, value in fitted(crowds).items():
        click.echo(f"{name} = {value:.2f}")
    if csv is not None:
        pairs = [pair for one in known for pair in pairs_of(one.header, one.events, one.truth)]
        csv.write_text(shapes_csv(weighted(pairs, usual_shapes())), "utf-8")


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

import numpy as np
import pytest

from kiosk.doorway.shapes import usual_shapes
from tests.evaluation.fit import decision_of, maximise, regress, shapes_csv, weighted
from tests.evaluation.pairs import simulated_pairs


def test_the_regression_finds_the_odds_that_made_the_data() -> None:
    random = np.random.default_rng(3)
    rows = np.column_stack([np.ones(20_000), random.normal(0, 2, 20_000)])
    said = (random.random(20_000) < 1 / (1 + np.exp(-(rows @ [-1.0, 0.8])))).astype(float)

    assert regress(rows, said, start=np.array([0.0, 1.0])) == pytest.approx([-1.0, 0.8], abs=0.1)


def test_the_mixture_finds_its_shares() -> None:
    random = np.random.default_rng(4)
    true = np.array([0.7, 0.2, 0.1])
    kinds = random.choice(3, 5000, p=true)
    seen = kinds * 4.0 + random.standard_normal(5000)
    logs = -0.5 * (seen[:, None] - np.arange(3) * 4.0) ** 2

    assert maximise(logs, np.full(3, 1 / 3)) == pytest.approx(true, abs=0.03)


def test_a_simulated_door_gives_pairs_that_can_be_fitted() -> None:
    pairs = list(simulated_pairs([3]))
    mine = [pair.ratio for pair in pairs if pair.mine]
    others = [pair.ratio for pair in pairs if not pair.mine]

    assert len(mine) >= 5
    assert np.median(mine) > np.median(others)
    assert decision_of(pairs)["temper"] > 0
    shapes = weighted(pairs, usual_shapes())
    assert sum(shape.weight_in for shape in shapes) == pytest.approx(1000, rel=1e-6)
    assert shapes_csv(shapes).count("\n") == len(shapes) + 2

import numpy as np
import pytest

from kiosk.doorway.shapes import usual_shapes
from tests.evaluation.fit import maximise, shapes_csv, weighted
from tests.evaluation.pairs import pairs_of, simulated


def test_the_mixture_finds_its_shares() -> None:
    random = np.random.default_rng(4)
    true = np.array([0.7, 0.2, 0.1])
    kinds = random.choice(3, 5000, p=true)
    seen = kinds * 4.0 + random.standard_normal(5000)
    logs = -0.5 * (seen[:, None] - np.arange(3) * 4.0) ** 2

    assert maximise(logs, np.full(3, 1 / 3)) == pytest.approx(true, abs=0.03)


def test_a_simulated_door_gives_pairs_that_can_be_fitted() -> None:
    (door,) = simulated([3])
    pairs = list(pairs_of(door.header, door.events, door.truth))
    mine = [pair.ratio for pair in pairs if pair.mine]
    others = [pair.ratio for pair in pairs if not pair.mine]

    assert len(mine) >= 5
    assert np.median(mine) > np.median(others)
    shapes = weighted(pairs, usual_shapes())
    assert sum(shape.weight_in for shape in shapes) == pytest.approx(1000, rel=1e-6)
    assert shapes_csv(shapes).count("\n") == len(shapes) + 2

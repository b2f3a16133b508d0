from dataclasses import replace

import pytest

from kiosk.doorway.model import usual_model
from tests.evaluation.outcomes import crowds_of, fitted
from tests.evaluation.pairs import simulated


@pytest.mark.timeout(180)
def test_odds_that_are_wrong_are_put_right() -> None:
    (door,) = simulated([3])
    crowds = crowds_of(door.header, door.events, door.truth)
    usual = usual_model()
    shy = replace(usual, decision=replace(usual.decision, odds=usual.decision.odds - 6.0))

    assert sum(len(crowd.ran) for crowd in crowds) >= 0.9 * len(door.truth)
    assert fitted(crowds, shy)["odds"] > shy.decision.odds + 1.0

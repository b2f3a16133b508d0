from dataclasses import replace

import pytest

from kiosk.doorway.model import usual_model
from tests.evaluation.outcomes import crowds_of, fitted
from tests.evaluation.pairs import simulated


@pytest.mark.timeout(180)
def test_odds_that_are_wrong_are_drawn_towards_the_outcomes() -> None:
    (door,) = simulated([3])
    crowds = crowds_of(door.header, door.events, door.truth)
    usual = usual_model()
    low, high = (
        replace(usual, decision=replace(usual.decision, odds=usual.decision.odds + wrong)) for wrong in (-6.0, 6.0)
    )

    assert sum(len(crowd.ran) for crowd in crowds) >= 0.9 * len(door.truth)
    assert fitted(crowds, low)["odds"] > low.decision.odds + 0.3
    assert fitted(crowds, high)["odds"] < high.decision.odds - 0.3

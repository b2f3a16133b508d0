"""How long to wait: pure, so a month takes no time."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.backoff import FIRST, INTERVAL, LONGEST, SHORTEST, SPREAD, Backoff


@given(st.integers(0, 2**32), st.lists(st.sampled_from(["succeeded", "failed", "refused"]), max_size=60))
def test_every_wait_stays_within_its_bounds(seed, outcomes):
    backoff = Backoff(Random(seed))
    failures = 0
    for outcome in outcomes:
        wait = getattr(backoff, outcome)()
        failures = failures + 1 if outcome == "failed" else 0
        if outcome == "failed":
            assert SHORTEST <= wait <= min(LONGEST, FIRST * 2 ** (failures - 1))
        elif outcome == "succeeded":
            assert INTERVAL <= wait <= INTERVAL + SPREAD
        else:
            assert wait == INTERVAL


def test_waits_grow_on_average_and_then_stay():
    means = []
    for failures in (0, 2, 4, 20, 5000):
        waits = [Backoff(Random(seed), failures).failed() for seed in range(400)]
        means.append(sum(waits) / len(waits))
    assert means == pytest.approx([15, 60, 240, 1800, 1800], rel=0.15)


def test_kiosks_cut_off_together_come_back_apart():
    waits = sorted(Backoff(Random(seed), failures=7).failed() for seed in range(1000))
    in_the_fullest_minute = max(sum(1 for wait in waits if start <= wait < start + 60) for start in range(0, 3600, 60))
    assert in_the_fullest_minute < 45

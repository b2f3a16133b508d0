"""Everybody is decided together, exactly."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tests.evaluation.observer.assignment import owning


def by_counting(log_odds):
    """The same, by looking at every way to give each phone to another person."""
    people, phones = log_odds.shape
    having, total = np.zeros(people), 0.0
    for owners in itertools.permutations(range(people), phones):
        weight = np.exp(sum(log_odds[owner, phone] for phone, owner in enumerate(owners)))
        total += weight
        having[list(owners)] += weight
    return having / total


@given(arrays(float, (4, 3), elements=st.floats(-6, 6)))
def test_it_is_what_counting_all_ways_gives(log_odds):
    assert owning(log_odds) == pytest.approx(by_counting(log_odds), abs=1e-6)


def test_nobody_has_two_phones():
    both_his = np.array([[9.0, 9.0], [0.0, 0.0]])

    assert owning(both_his) == pytest.approx([1.0, 1.0])


def test_phones_far_apart_do_not_meet():
    apart = np.full((4, 2), -np.inf)
    apart[0, 0], apart[1, 0], apart[3, 1] = 0.0, 0.0, 5.0

    assert owning(apart) == pytest.approx([0.5, 0.5, 0.0, 1.0])


def test_a_phone_that_is_nobodys_is_left_out():
    assert owning(np.full((2, 1), -np.inf)) == pytest.approx([0.0, 0.0])

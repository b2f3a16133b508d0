from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.doorway.matching import match

LOG_ODDS = st.floats(-6.0, 6.0)


def table(passages, columns):
    return st.lists(st.lists(LOG_ODDS, min_size=columns, max_size=columns), min_size=passages, max_size=passages).map(
        lambda rows: np.array(rows).reshape(passages, columns)
    )


def by_counting(phones, devices, together):
    """The exact marginals: every way to give each passage at most one phone and one device, none of them twice."""
    passages = len(phones)
    whole, has_phone, has_device = 0.0, np.zeros_like(phones), np.zeros_like(devices)
    ways = [list(product([-1, *range(odds.shape[1])], repeat=passages)) for odds in (phones, devices)]
    for phone, device in product(*ways):
        if any(len([c for c in way if c >= 0]) != len({c for c in way if c >= 0}) for way in (phone, device)):
            continue
        weight = 1.0
        for row, (p, d) in enumerate(zip(phone, device, strict=True)):
            weight *= np.exp(phones[row, p]) if p >= 0 else 1.0
            weight *= np.exp(devices[row, d]) if d >= 0 else 1.0
            weight *= together if p >= 0 and d >= 0 else 1.0
        whole += weight
        for row, (p, d) in enumerate(zip(phone, device, strict=True)):
            if p >= 0:
                has_phone[row, p] += weight
            if d >= 0:
                has_device[row, d] += weight
    return has_phone / whole, has_device / whole


@given(table(1, 2), table(1, 2), st.floats(0.01, 3.0))
def test_one_passage_alone_is_solved_exactly(phones, devices, together) -> None:
    matched = match(phones, devices, together)
    has_phone, has_device = by_counting(phones, devices, together)

    assert matched.phones == pytest.approx(has_phone, abs=1e-6)
    assert matched.devices == pytest.approx(has_device, abs=1e-6)


@given(table(3, 2), table(3, 2), st.floats(0.05, 1.5))
def test_a_crowd_is_solved_nearly_as_by_counting_every_possibility(phones, devices, together) -> None:
    matched = match(phones, devices, together)
    has_phone, _ = by_counting(phones, devices, together)

    assert np.abs(matched.phones.sum(1) - has_phone.sum(1)).max() < 0.12
    assert (matched.phones.sum(0) <= 1 + 1e-6).all()
    assert (matched.phones.sum(1) <= 1 + 1e-6).all()
    assert (matched.devices.sum(0) <= 1 + 1e-6).all()


@given(table(3, 2), table(3, 2))
def test_devices_that_go_with_anybody_say_nothing(phones, devices) -> None:
    alone = match(phones, np.empty((3, 0)), 0.1)
    beside = match(phones, devices, 1.0)

    assert beside.phones == pytest.approx(alone.phones, abs=1e-6)


def test_who_carries_the_other_device_leaves_the_phone_to_the_one_beside() -> None:
    phone_of_either = np.zeros((2, 1))
    device_of_the_first = np.array([[4.0], [-4.0]])
    first, second = match(phone_of_either, device_of_the_first, together=0.1).phones[:, 0]

    assert second > 2 * first
    assert match(phone_of_either, np.empty((2, 0)), 0.1).phones[:, 0] == pytest.approx([1 / 3, 1 / 3])

import pytest

from kiosk.doorway.running_mean import RunningMean


def test_until_it_is_full_all_count_alike() -> None:
    mean = RunningMean(100.0)
    for value in (1.0, 2.0, 6.0):
        mean.learn(value)

    assert mean.kept == (3.0, 3.0)
    assert mean.with_more(total=9.0, weight=3.0) == 3.0


def test_what_is_unlikely_counts_less() -> None:
    mean = RunningMean(100.0)
    mean.learn(10.0, weight=0.25)
    mean.learn(2.0, weight=0.75)

    assert mean.kept == (4.0, 1.0)


def test_then_the_old_fades_out() -> None:
    mean = RunningMean(50.0, total=0.0, weight=50.0)
    for _ in range(300):
        mean.learn(1.0)

    assert mean.kept == (pytest.approx(1.0, abs=0.02), pytest.approx(50.0, abs=1.0))


def test_of_nothing_it_is_nothing() -> None:
    assert RunningMean(50.0).kept == (0.0, 0.0)

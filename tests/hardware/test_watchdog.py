"""The watchdog's decisions, without a radio and without waiting."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.watchdog import Mode, Patience, Verdict, Watchdog

P = Patience()


def opened(wish: Mode = Mode.ACTIVE, t: float = 0.0) -> Watchdog:
    watchdog = Watchdog(wish)
    watchdog.opened(t)
    return watchdog


def test_a_radio_that_hears_anything_at_all_is_left_alone() -> None:
    watchdog = opened()
    for t in range(0, 3600, 60):
        watchdog.heard(float(t))
        assert watchdog.verdict(t + 59.0) is Verdict.STAY
    assert not watchdog.degraded


def test_ninety_seconds_of_nothing_and_it_is_opened_again() -> None:
    watchdog = opened()
    watchdog.heard(10.0)
    assert watchdog.deadline() == 100.0
    assert watchdog.verdict(99.9) is Verdict.STAY
    assert watchdog.verdict(100.0) is Verdict.SILENT


def test_only_an_advert_clears_the_suspicion() -> None:
    watchdog = opened()
    watchdog.closed(Verdict.SILENT, 99.0)
    watchdog.opened(100.0)
    assert watchdog.suspected
    watchdog.heard(101.0)
    assert not watchdog.suspected


def test_an_empty_night_is_degraded_but_not_a_storm_of_rebuilds() -> None:
    watchdog, t, rebuilds = opened(), 0.0, 0
    while t < 8 * 3600:
        t = watchdog.deadline()
        watchdog.closed(watchdog.verdict(t), t)
        t += watchdog.wait(0.0)
        watchdog.opened(t)
        rebuilds += 1
    assert watchdog.degraded
    assert rebuilds < 40
    watchdog.heard(t)
    assert not watchdog.degraded
    assert watchdog.deadline() == t + P.silence


def test_a_short_quiet_is_worth_a_glance_only() -> None:
    watchdog = opened()
    watchdog.heard(5.0)
    assert not watchdog.quiet(14.9)
    assert watchdog.quiet(15.0)
    assert watchdog.verdict(15.0) is Verdict.STAY
    watchdog.closed(Verdict.CHANGED, 15.0)
    assert (watchdog.silences, watchdog.suspected) == (0, False)


def test_auto_begins_passive_and_falls_back_at_once_when_refused() -> None:
    watchdog = Watchdog(Mode.AUTO)
    assert watchdog.mode is Mode.PASSIVE
    assert watchdog.refused()
    assert watchdog.mode is Mode.ACTIVE
    watchdog.opened(0.0)
    watchdog.heard(0.1)
    watchdog.heard(1e6)
    assert watchdog.verdict(1e6) is Verdict.STAY  # what is refused is not asked for again


def test_auto_leaves_passive_scanning_that_delivers_nothing() -> None:
    watchdog = opened(Mode.AUTO)
    assert watchdog.verdict(P.proof) is Verdict.UNPROVEN
    watchdog.closed(Verdict.UNPROVEN, P.proof)
    assert watchdog.mode is Mode.ACTIVE


def test_passive_scanning_that_delivered_once_is_not_on_trial_any_more() -> None:
    watchdog = opened(Mode.AUTO)
    watchdog.heard(1.0)
    assert watchdog.verdict(1.0 + P.proof) is Verdict.STAY
    assert watchdog.verdict(1.0 + P.silence) is Verdict.SILENT


def test_an_empty_lobby_at_boot_does_not_cost_passive_scanning_the_day() -> None:
    watchdog = opened(Mode.AUTO)
    watchdog.closed(Verdict.UNPROVEN, P.proof)
    watchdog.opened(30.0)
    watchdog.heard(40.0)  # the first visitor of the day
    later = 30.0 + P.second_chance
    watchdog.heard(later)
    assert watchdog.verdict(later) is Verdict.SECOND_CHANCE
    watchdog.closed(Verdict.SECOND_CHANCE, later)
    assert watchdog.mode is Mode.PASSIVE
    assert not watchdog.suspected


def test_the_chances_of_broken_passive_scanning_become_rare() -> None:
    watchdog, t, chances = opened(Mode.AUTO), 0.0, 0
    while t < 24 * 3600:
        t += 10.0
        if watchdog.mode is Mode.ACTIVE:
            watchdog.heard(t)
        verdict = watchdog.verdict(t)
        if verdict is not Verdict.STAY:
            chances += verdict is Verdict.SECOND_CHANCE
            watchdog.closed(verdict, t)
            watchdog.opened(t)
    assert chances == 4  # after 1, 2, 4 and 8 hours


def test_three_failures_are_degraded_until_it_opens() -> None:
    watchdog = Watchdog(Mode.ACTIVE)
    for _ in range(P.tries):
        assert not watchdog.degraded
        watchdog.failed()
    assert watchdog.degraded
    watchdog.opened(0.0)
    assert not watchdog.degraded


def test_a_missing_adapter_says_nothing_against_passive_scanning() -> None:
    watchdog = Watchdog(Mode.AUTO)
    watchdog.failed()
    assert watchdog.mode is Mode.PASSIVE


def test_auto_leaves_passive_scanning_that_ends_bluetoothd_twice_and_tries_again_in_an_hour() -> None:
    watchdog = opened(Mode.AUTO)
    watchdog.closed(Verdict.CHANGED, 12.0)
    assert watchdog.mode is Mode.PASSIVE  # once may be chance
    watchdog.failed()  # bluetoothd is not back yet
    watchdog.opened(15.0)
    watchdog.closed(Verdict.CHANGED, 27.0)
    assert (watchdog.mode, watchdog.passive_kills) == (Mode.ACTIVE, True)
    watchdog.failed()
    assert watchdog.mode is Mode.ACTIVE
    watchdog.opened(30.0)
    later = 30.0 + P.second_chance
    watchdog.heard(later)
    assert watchdog.verdict(later) is Verdict.SECOND_CHANCE
    watchdog.closed(Verdict.SECOND_CHANCE, later)
    assert (watchdog.mode, watchdog.passive_kills) == (Mode.PASSIVE, False)
    watchdog.opened(later)
    watchdog.closed(Verdict.CHANGED, later + 5.0)
    assert watchdog.mode is Mode.ACTIVE  # once more is enough


def test_a_bluetoothd_that_dies_while_it_is_asked_for_passive_scanning_is_no_endless_loop() -> None:
    watchdog = Watchdog(Mode.AUTO)
    modes = []
    for _ in range(2):
        modes.append(watchdog.mode)
        assert watchdog.refused()
        watchdog.failed()  # nobody there to be asked for active scanning
    assert (modes, watchdog.mode) == ([Mode.PASSIVE, Mode.PASSIVE], Mode.ACTIVE)


def test_restarts_of_bluetoothd_long_after_the_start_say_nothing_against_passive_scanning() -> None:
    watchdog, t = Watchdog(Mode.AUTO), 0.0
    for _ in range(5):
        watchdog.opened(t)
        t += P.collapse
        watchdog.closed(Verdict.CHANGED, t)
        assert watchdog.mode is Mode.PASSIVE


@pytest.mark.parametrize("wish", [Mode.ACTIVE, Mode.PASSIVE])
def test_a_mode_that_was_asked_for_is_never_left(wish: Mode) -> None:
    watchdog = opened(wish)
    assert not watchdog.refused()
    watchdog.opened(0.0)
    assert watchdog.verdict(P.proof) is Verdict.STAY
    watchdog.closed(watchdog.verdict(P.silence), P.silence)
    assert watchdog.mode is wish


def test_tests_may_be_faster_in_everything_but_the_answer() -> None:
    fast = P.faster(100)
    assert (fast.silence, fast.first_wait, fast.tries, fast.answer) == (0.9, 0.02, P.tries, P.answer)


@given(failures=st.integers(0, 10_000), jitter=st.floats(0, 1))
def test_waits_are_bounded_and_never_nothing(failures: int, jitter: float) -> None:
    watchdog = Watchdog(failures=failures)
    assert P.first_wait / 2 <= watchdog.wait(jitter) <= P.longest_wait


steps = st.lists(st.sampled_from(["hear", "pass", "fail", "refuse", "die", "look"]), max_size=60)


@given(wish=st.sampled_from(Mode), steps=steps)
def test_whatever_happens_it_goes_on_and_says_when_to_look_next(wish: Mode, steps: list[str]) -> None:
    watchdog, t = opened(wish), 0.0
    for step in steps:
        match step:
            case "hear":
                watchdog.heard(t)
            case "pass":
                t += 47.0
            case "fail":
                watchdog.failed()
            case "refuse":
                watchdog.refused()
            case "die":
                watchdog.closed(Verdict.CHANGED, t)
                watchdog.opened(t)
            case "look":
                t = max(t, watchdog.deadline())
                verdict = watchdog.verdict(t)
                assert verdict is not Verdict.STAY
                watchdog.closed(verdict, t)
                watchdog.opened(t)
        assert watchdog.mode in (Mode.PASSIVE, Mode.ACTIVE)
        assert watchdog.mode is wish or wish is Mode.AUTO
        assert watchdog.deadline() <= t + P.longest_silence

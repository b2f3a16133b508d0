import time
from pathlib import Path

import pytest

from hardware.clock import Clock, SimulatedClock, SystemClock


def test_system_clock_counts_and_names_the_boot() -> None:
    clock: Clock = SystemClock()
    before = clock.monotonic()
    assert clock.monotonic() >= before
    assert abs(clock.utc() - time.time()) < 5
    assert clock.boot_id == SystemClock().boot_id


def test_timesyncd_s_mark_is_trusted_for_as_long_as_the_process_lives(tmp_path: Path) -> None:
    mark = tmp_path / "synchronized"
    mark.touch()
    clock = SystemClock(mark)
    assert clock.trusted()
    mark.unlink()
    assert clock.trusted()


class Unsynchronised(SystemClock):
    """A machine on which no time service has set the clock, showing the time `shown`."""

    shown = 0.0

    def utc(self) -> float:
        return self.shown


@pytest.fixture
def kernel_says_no(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hardware.clock._kernel_says_synchronised", lambda: False)


@pytest.mark.usefixtures("kernel_says_no")
def test_a_kiosk_that_nobody_told_the_time_is_not_trusted_however_likely_it_looks(tmp_path: Path) -> None:
    clock = Unsynchronised(tmp_path / "absent", systemd=tmp_path)
    clock.shown = 1_790_000_000.0
    assert not clock.trusted()


@pytest.mark.usefixtures("kernel_says_no")
def test_a_container_takes_its_host_s_word_unless_that_cannot_be_right(tmp_path: Path) -> None:
    clock = Unsynchronised(tmp_path / "absent", systemd=tmp_path / "absent")
    clock.shown = 1_600_000_000.0
    assert not clock.trusted()
    clock.shown = 1_790_000_000.0
    assert clock.trusted()


def test_simulated_clock_stands_still_until_advanced() -> None:
    clock = SimulatedClock(utc=1000.0, monotonic=50.0)
    clock.advance(2.5)
    assert (clock.monotonic(), clock.utc()) == (52.5, 1002.5)
    with pytest.raises(ValueError, match="cannot go back"):
        clock.advance(-1)


def test_time_server_moves_the_day_but_not_what_is_measured() -> None:
    clock = SimulatedClock(utc=0.0, trusted=False)
    clock.advance(10)
    clock.set_utc(1_770_000_000.0)
    assert clock.trusted()
    assert (clock.monotonic(), clock.utc()) == (10, 1_770_000_000.0)


def test_simulated_clock_can_run_fast() -> None:
    clock = SimulatedClock(speed=1e6)
    first = clock.monotonic()
    while clock.monotonic() == first:
        pass
    assert clock.monotonic() > first

"""The two clocks of a kiosk: one that never jumps, for everything that is measured, and the time of day.

A Raspberry Pi has no battery-backed clock: it starts days in the past and jumps once it reaches a time server. So the
time of day comes with the question whether it can be trusted yet.
"""

import ctypes
import functools
import time
from pathlib import Path
from typing import Protocol

_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
_SYNCHRONISED = Path("/run/systemd/timesync/synchronized")  # systemd-timesyncd touches it once it has set the clock
_SYSTEMD = Path("/run/systemd/system")  # there exactly when systemd runs this machine: sd_booted(3)
_WRITTEN = 1_767_225_600.0  # 1 January 2026, before this software was: an earlier time of day is wrong for certain
_UNSYNCHRONISED = 5  # TIME_ERROR of adjtimex(2): nobody has set this clock, or not for nine hours
_TIMEX_BYTES = 512  # struct timex has 208 bytes on 64-bit Linux; zeroes say "change nothing"


class Clock(Protocol):
    """What the kiosk asks of time."""

    @property
    def boot_id(self) -> str:
        """The name of the run of the machine in which `monotonic` counts: another boot, another zero."""

    def monotonic(self) -> float:
        """Return seconds that never jump and go on counting while the machine sleeps."""

    def utc(self) -> float:
        """Return the time of day, in seconds since 1970 UTC; it may jump."""

    def trusted(self) -> bool:
        """Tell whether `utc` has been set from outside in this boot."""


class SystemClock:
    """The machine's own clocks.

    Trust comes from systemd-timesyncd's mark, or else from the kernel, which every time service (chrony, ntpd) tells
    when it has set the clock. A machine that systemd does not run is a container or a developer's, whose clock its
    host keeps without a word: there any time that can be right is trusted. Once given, trust lasts as long as the
    process, since a clock that was set does not lose a day by being offline.
    """

    def __init__(self, synchronised: Path = _SYNCHRONISED, systemd: Path = _SYSTEMD) -> None:
        self.boot_id = _read_boot_id()
        self._synchronised = synchronised
        self._systemd = systemd
        self._trusted = False

    def monotonic(self) -> float:
        """Return the seconds since boot, sleep included."""
        return time.clock_gettime(time.CLOCK_BOOTTIME)

    def utc(self) -> float:
        """Return the time of day, in seconds since 1970 UTC."""
        return time.time()

    def trusted(self) -> bool:
        """Tell whether a time service has set the clock; a look at two files and one system call, never a wait."""
        if not self._trusted:
            self._trusted = (
                self._synchronised.exists()
                or _kernel_says_synchronised()
                or (not self._systemd.exists() and self.utc() > _WRITTEN)
            )
        return self._trusted


class SimulatedClock:
    """A clock for tests, demo and replay that stands still until told otherwise, or runs at any speed.

    `utc` and `monotonic` are where it starts, `speed` how many of its seconds pass in one real second; at 0 it moves
    by `advance` alone. `set_utc` is the time server's jump.
    """

    def __init__(
        self,
        utc: float = 1_770_000_000.0,
        monotonic: float = 0.0,
        speed: float = 0.0,
        trusted: bool = True,
        boot_id: str = "simulated",
    ) -> None:
        self.boot_id = boot_id
        self.speed = speed
        self._ahead = utc - monotonic
        self._advanced = monotonic
        self._started = time.monotonic()
        self._trusted = trusted

    def monotonic(self) -> float:
        """Return where the clock started, plus what was advanced, plus real time at the clock's speed."""
        running = (time.monotonic() - self._started) * self.speed if self.speed else 0.0
        return self._advanced + running

    def utc(self) -> float:
        """Return the time of day that the clock shows, right or wrong."""
        return self.monotonic() + self._ahead

    def trusted(self) -> bool:
        """Tell what was last said of it."""
        return self._trusted

    def advance(self, seconds: float) -> None:
        """Let time pass. Raises ValueError for a step back: only `set_utc` may jump."""
        if seconds < 0:
            raise ValueError(f"monotonic time cannot go back by {-seconds} s")
        self._advanced += seconds

    def set_utc(self, utc: float, trusted: bool = True) -> None:
        """Jump to another time of day, as when a time server is reached; monotonic time goes on undisturbed."""
        self._ahead = utc - self.monotonic()
        self._trusted = trusted


def _read_boot_id() -> str:
    try:
        return _BOOT_ID.read_text(encoding="ascii").strip()
    except OSError:  # not Linux, or /proc is hidden: the process is then the only run we can vouch for
        return f"process-{time.time_ns()}"


@functools.cache
def _c_library() -> ctypes.CDLL:
    return ctypes.CDLL(None)  # once: each look-up anew costs as much as half an entry in the log


def _kernel_says_synchronised() -> bool:
    """Ask the kernel, which knows whether any time service has set the clock; where it cannot say, the answer is no."""
    try:
        state = _c_library().adjtimex(ctypes.create_string_buffer(_TIMEX_BYTES))
    except (AttributeError, OSError):
        return False
    return 0 <= int(state) < _UNSYNCHRONISED

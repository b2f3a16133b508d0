"""The clock that the logbook asks; `hardware.clock` has the real one and a simulated one."""

from typing import Protocol


class Clock(Protocol):
    """Two clocks in one: `monotonic` never steps, `utc` may be wrong until it is trusted."""

    @property
    def boot_id(self) -> str:
        """Names the run of the machine within which `monotonic` may be compared."""

    def monotonic(self) -> float:
        """Seconds since some moment of this boot."""

    def utc(self) -> float:
        """Seconds since 1970, UTC, as far as the machine knows."""

    def trusted(self) -> bool:
        """Whether the machine's clock has been set since it started."""

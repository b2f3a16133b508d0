"""A stretch of monotonic time."""

from dataclasses import dataclass


@dataclass(slots=True)
class Span:
    """From `since` up to but not including `until`, monotonic seconds; empty until it is set."""

    since: float = float("-inf")
    until: float = float("-inf")

    def __contains__(self, t: float) -> bool:
        return self.since <= t < self.until

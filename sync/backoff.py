"""When to try again: a pure state machine. It says how long to wait; whoever runs the loop does the waiting."""

from dataclasses import dataclass, field
from random import Random
from typing import Final

INTERVAL: Final = 3600.0
"""Seconds between deliveries while all is well: the tallies are hourly."""

SPREAD: Final = 300.0
"""Seconds over which the deliveries of all kiosks spread: 10,000 of them at the stroke of the hour would be a flood,
over five minutes they are 33 a second."""

FIRST: Final = 30.0
"""Upper bound in seconds of the first wait after a failure: as long as a router takes to come back."""

LONGEST: Final = 3600.0
"""Upper bound in seconds of any wait after a failure: by then the next hour's tallies are due anyway."""

SHORTEST: Final = 1.0
"""Full jitter may draw zero; a second keeps even the unluckiest kiosk from hammering."""


@dataclass(slots=True)
class Backoff:
    """Exponential backoff with full jitter: after the n-th failure, a wait drawn evenly from 0 to 30 s times 2^(n-1).

    `random` is a parameter so that tests and simulations are repeatable.
    """

    random: Random = field(default_factory=Random)
    failures: int = 0

    def succeeded(self) -> float:
        """Seconds until the next delivery."""
        self.failures = 0
        return INTERVAL + self.random.uniform(0, SPREAD)

    def failed(self) -> float:
        """Seconds until the next attempt; grows on average with each failure in a row."""
        # The exponent is bounded before it is used: weeks offline must not overflow a float.
        ceiling = min(LONGEST, FIRST * 2.0 ** min(self.failures, 16))
        self.failures += 1
        return max(SHORTEST, self.random.uniform(0, ceiling))

    def refused(self) -> float:
        """Seconds until we look again whether there is a new token; the district itself is left in peace for a day."""
        self.failures = 0
        return INTERVAL

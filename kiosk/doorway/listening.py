"""When each radio listened: silence of a radio that does not listen says nothing."""

from bisect import bisect_right
from collections.abc import Iterable
from itertools import pairwise

KEPT = 64
"""Changes remembered for each radio: far more than a watchdog that restarts a scanner every 90 s makes in a minute."""


class Listening:
    """The on and off of every radio. Each listens from the start until it is said to have stopped."""

    def __init__(self, radios: Iterable[str]) -> None:
        self._changes: dict[str, list[tuple[float, bool]]] = {radio: [] for radio in radios}

    def copy(self) -> "Listening":
        """The same as it is now, for whoever looks at it while it goes on changing."""
        other = Listening(())
        other._changes = {radio: list(changes) for radio, changes in self._changes.items()}
        return other

    @property
    def radios(self) -> tuple[str, ...]:
        """The names of all radios, those of the layout first."""
        return tuple(self._changes)

    def change(self, t: float, radio: str, listening: bool) -> None:
        """A radio began or ceased to listen at `t` (seconds)."""
        changes = self._changes.setdefault(radio, [])
        changes.append((t, listening))
        changes.sort(key=lambda change: change[0])
        del changes[:-KEPT]

    def now(self, radio: str, t: float) -> bool:
        """Whether a radio listened at `t`."""
        changes = self._changes.get(radio)
        if changes is None:
            return False
        index = bisect_right(changes, t, key=lambda change: change[0])
        if index:
            return changes[index - 1][1]
        return not changes[0][1] if changes else True

    def share(self, radio: str, start: float, end: float) -> float:
        """The share (0 to 1) of `start` to `end` in which a radio listened."""
        edges = [start, *(t for t, _ in self._changes.get(radio, ()) if start < t < end), end]
        heard = sum(b - a for a, b in pairwise(edges) if self.now(radio, a))
        return heard / (end - start) if end > start else float(self.now(radio, start))

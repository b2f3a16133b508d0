"""A mean over what came lately: all counts alike until it is full, then the old fades out."""

from typing import Self


class RunningMean:
    """Remembers `memory` units of weight."""

    def __init__(self, memory: float, total: float = 0.0, weight: float = 0.0) -> None:
        self._memory = memory
        self._total = total
        self._weight = weight
        self._kept = self._estimate()

    @classmethod
    def of_share(cls, memory: float, usual: tuple[float, float], kept: tuple[float, float]) -> Self:
        """Begin a share (0 to 1) with what was kept; both are pairs of a share and the weight it rests on.

        The usual share counts for as much as what was kept falls short of its weight: adding it at every start would
        draw a door back to the usual. What is no share is let go.
        """
        share, weight = kept
        known = min(weight, memory) if 0 <= share <= 1 and weight > 0 else 0.0
        prior = max(0.0, usual[1] - known)
        return cls(memory, share * known + usual[0] * prior, known + prior)

    @property
    def kept(self) -> tuple[float, float]:
        """The mean (0 of nothing) and the weight it rests on, of one moment: may be asked from any thread."""
        return self._kept

    def with_more(self, total: float, weight: float) -> float:
        """The mean if values of `weight` that add up to `total` came too."""
        return (self._total + total) / (self._weight + weight)

    def learn(self, value: float, weight: float = 1.0) -> None:
        """One more value."""
        keep = 1 - 1 / self._memory if self._weight > self._memory else 1.0
        self._total = self._total * keep + weight * value
        self._weight = self._weight * keep + weight
        self._kept = self._estimate()

    def _estimate(self) -> tuple[float, float]:
        return (self._total / self._weight if self._weight > 0 else 0.0), self._weight

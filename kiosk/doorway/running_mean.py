"""A mean over what came lately: all counts alike until it is full, then the old fades out."""


class RunningMean:
    """Remembers `memory` units of weight."""

    def __init__(self, memory: float, total: float = 0.0, weight: float = 0.0) -> None:
        self._memory = memory
        self._total = total
        self._weight = weight
        self._kept = self._estimate()

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

"""Points that fill a cube evenly, the same on every machine: better than chance where few must stand for many."""


def spread(index: int, dimensions: int) -> list[float]:
    """Point `index` of an additive recurrence in the unit cube (Roberts' generalisation of the golden ratio)."""
    root = 2.0
    for _ in range(60):
        root = (1 + root) ** (1 / (dimensions + 1))
    return [(0.5 + (index + 1) * root ** -(k + 1)) % 1.0 for k in range(dimensions)]


def between(u: float, low: float, high: float) -> float:
    """The number at share `u` (0 to 1) of the way from `low` to `high`."""
    return low + u * (high - low)

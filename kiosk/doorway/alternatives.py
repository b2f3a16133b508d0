"""What else a phone may have done than go through a passage: stand, move about, stroll inside, walk by outside.

Standing and moving about are one level with noise of three sizes. Strolls and walks are ways of their own: towards a
nearest point, a rest there on some, and away again, at a time around the strongest that was heard.
"""

from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from kiosk.doorway.layout import Place
from kiosk.doorway.shapes import AXIS
from kiosk.doorway.spread import between, spread

Array = NDArray[np.float64]

WALKS = 60
"""Ways that are tried, half inside and half outside."""

AROUND_STRONGEST = (-9.0, -6.0, -4.0, -2.0, -0.7, 0.7, 2.0, 4.0)
"""Seconds from the strongest bin to the moment of the nearest point; a body between may hide the nearest itself."""

MOVING = ((0.0, 1.0), (3.0, 3.0), (6.0, 4.0), (9.0, 8.0))
"""dB and seconds: at rest, at a desk, about the room, about the hall."""

PACE = NormalDist(0.05, 0.2)
"""Logarithm of metres a second of somebody who strolls or walks by."""


def other_ways(kiosk: Place) -> list[tuple[Array, Array]]:
    """Positions and facings along `AXIS`, in seconds from the nearest point."""
    return [_walk(index, kiosk) for index in range(WALKS)]


def _walk(index: int, kiosk: Place) -> tuple[Array, Array]:
    u = spread(index, 8)
    inside = index % 2 == 0
    nearest, before, after = _inside(u, kiosk) if inside else _outside(u)
    side = 1.0 if inside else -1.0
    rests = u[4] < (0.5 if inside else 0.25)
    seconds = float(np.exp(between(u[5], np.log(1.5), np.log(25.0)))) if rests else 0.0
    pace = float(np.exp(PACE.inv_cdf(min(max(u[6], 0.01), 0.99))))
    comes, goes = (np.array([side * np.cos(angle), np.sin(angle)]) for angle in (before, after))
    coming, going = np.minimum(AXIS, 0.0), np.maximum(AXIS - seconds, 0.0)
    positions = nearest - coming[:, None] * pace * comes + going[:, None] * pace * goes
    rest = between(u[7], 0.0, 2 * np.pi)
    facings = np.where((AXIS < 0)[:, None], -comes, goes)
    facings[(AXIS >= 0) & (seconds > AXIS)] = [np.cos(rest), np.sin(rest)]
    return positions, facings


def _inside(u: list[float], kiosk: Place) -> tuple[Array, float, float]:
    """Nearest point and angles of coming and going of a stroller, within five metres of the kiosk."""
    radius, angle = between(u[0], 0.3, 4.5), np.radians(between(u[1], -110, 60))
    x, y = kiosk[0] + radius * np.cos(angle), kiosk[1] + radius * np.sin(angle)
    return np.array([max(x, 0.3), y]), np.radians(between(u[2], -80, 80)), np.radians(between(u[3], -80, 80))


def _outside(u: list[float]) -> tuple[Array, float, float]:
    """The same of a passer-by: two in three walk along the wall, the others come towards it and turn away."""
    nearest = np.array([-np.exp(between(u[0], np.log(0.7), np.log(8.0))), between(u[1], -3.0, 3.0)])
    if u[2] < 0.7:
        along = np.radians(between((u[2] / 0.7 * 2) % 1, 75, 90)) * (1 if u[2] < 0.35 else -1)
        return nearest, along, -along + np.radians(between(u[3], -10, 10))
    return nearest, np.radians(between((u[2] - 0.7) / 0.3, -85, 85)), np.radians(between(u[3], -85, 85))

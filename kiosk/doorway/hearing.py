"""What a radio hears of a phone on its way: the four numbers along each way that strength is a linear function of.

    strength = power - slope * 10 log10(distance) - wall * behind_wall - body * shadowed + gain * outside

(log-distance path loss with obstacle losses, as in ITU-R P.1238). Power, slope, wall, body and gain differ from phone
to phone and door to door and are unknown; the factors beside them follow from where the phone is.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kiosk.doorway.layout import OUTSIDE, Layout, Place
from kiosk.doorway.model import Strength

Array = NDArray[np.float64]

UNKNOWNS = 5
"""Power, slope, wall, body, gain of the radio outside."""

WALL_EDGE = 0.12
"""Metres over which a door post fades a signal out: a wave of 2.4 GHz bends around an edge by about its length."""


def along(place: Place, positions: Array, facings: Array, strength: Strength) -> Array:
    """-10 log10 of the distance, minus the share behind the wall, and the cosine to the radio of where one faces.

    `positions` and `facings` have shape (..., 2); the result (..., 3).
    """
    towards = np.array(place) - positions
    flat = np.sqrt((towards**2).sum(-1))
    distance = np.sqrt(flat**2 + strength.height**2)
    facing = (facings * towards).sum(-1) / np.maximum(flat, 0.2)
    wall = _behind_wall(place, positions, strength.half_door)
    return np.stack([-10 * np.log10(distance), -wall, facing], -1)


def _behind_wall(place: Place, positions: Array, half_door: float) -> Array:
    """Share (0 to 1) of the wall in the straight line to the radio: 0 through the open door."""
    x, y = positions[..., 0], positions[..., 1]
    opposite = x * place[0] < 0
    part = np.where(opposite, place[0] / np.where(opposite, place[0] - x, 1.0), 0.0)
    through = place[1] + part * (y - place[1])
    return np.where(opposite, _sigmoid((np.abs(through) - half_door) / WALL_EDGE), 0.0)


def _sigmoid(value: Array) -> Array:
    return 1 / (1 + np.exp(-np.clip(value, -40, 40)))


def shadowed(facing: Array) -> Array:
    """Share (0 to 1) of the body between radio and phone, for the cosine `facing` from carried side to radio."""
    return ((1 - facing) / 2) ** 2


class Hearing:
    """The factors of many ways for all radios of a layout, ready to be looked up along their axis.

    `table` has shape (radios, ways, points, UNKNOWNS).
    """

    def __init__(
        self,
        layout: Layout,
        radios: Sequence[str],
        ways: Sequence[tuple[Array, Array]],
        behind: Sequence[bool],
        strength: Strength,
        backwards: bool = False,
    ) -> None:
        places = np.stack([way[0] for way in ways])
        facings = np.stack([way[1] for way in ways]) * (-1 if backwards else 1)
        carried = np.where(np.array(behind), -1.0, 1.0)[:, None]
        self.table = np.empty((len(radios), len(ways), places.shape[1], UNKNOWNS))
        for index, radio in enumerate(radios):
            factors = along(layout.radio_place(radio), places, facings, strength)
            self.table[index, :, :, 0] = 1.0
            self.table[index, :, :, 1:3] = factors[:, :, :2]
            self.table[index, :, :, 3] = -shadowed(factors[:, :, 2] * carried)
            self.table[index, :, :, 4] = float(radio == OUTSIDE)

    def at(self, points: NDArray[np.intp], radios: NDArray[np.intp]) -> Array:
        """Factors of every way at axis points as heard by radios, both of shape (n,): (ways, n, UNKNOWNS)."""
        return self.table[radios, :, points].transpose(1, 0, 2)

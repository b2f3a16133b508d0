"""How people walk around a door: a table of shapes, each a way in; the way out is the same backwards.

A shape is a polyline through the door line with a place to stop at the kiosk on some. Its axis is the distance walked
since the door line, in metres at the speed that the beams measured; negative is outside. `shapes.csv` holds the
shapes that explain real walks and how often each occurs; docs/doorway.md has the command that fits it.
"""

import csv
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from kiosk.doorway.layout import Place

Array = NDArray[np.float64]

REACH = 28.0
"""Metres of the axis on either side of the door: nobody is heard from farther away."""

STEP = 0.25
"""Metres between two points of the axis: a quarter of what a walker does in the time strengths are averaged over."""

AXIS: Array = np.arange(-REACH, REACH + STEP / 2, STEP)

FAR = 60.0
"""Metres to which the last leg of a way is drawn, beyond all hearing."""


@dataclass(frozen=True, slots=True)
class Shape:
    """One way through the door.

    `across` is metres along the door from its middle. Angles are degrees from straight ahead, towards positive y:
    of the leg outside (seen from the door), after `outside_turn` metres of the next, and the same inside. Paces are
    factors on the measured speed. `stop_seconds` above 0 is a stop at the kiosk, `stop_distance` metres from it in
    the direction `stop_angle` degrees, before the leg `inside_angle`. `behind` is 1 for a phone carried behind,
    0 in front. Weights are how often the shape occurs on the way in and on the way out.
    """

    across: float
    outside_angle: float
    outside_turn: float
    outside_angle_after: float
    outside_pace: float
    inside_angle: float
    inside_turn: float
    inside_angle_after: float
    inside_pace: float
    stop_distance: float
    stop_angle: float
    stop_seconds: float
    behind: float
    weight_in: float = 1.0
    weight_out: float = 1.0


@cache
def usual_shapes() -> tuple[Shape, ...]:
    """The shapes shipped with the kiosk."""
    text = files("kiosk.doorway").joinpath("shapes.csv").read_text("utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    names = [field.name for field in fields(Shape)]
    return tuple(Shape(*(float(row[name]) for name in names)) for row in rows)


def walk(shape: Shape, kiosk: Place) -> tuple[Array, Array]:
    """Positions in metres and unit facings along `AXIS` for the way in, each of shape (points, 2)."""
    outside, inside = AXIS < 0, AXIS >= 0
    places, facing = np.empty((len(AXIS), 2)), np.empty((len(AXIS), 2))
    start = np.array([0.0, shape.across])
    corners = _legs(start, -1.0, shape.outside_angle, shape.outside_turn, shape.outside_angle_after)
    places[outside], backwards = _along(corners, -AXIS[outside] * shape.outside_pace)
    facing[outside] = -backwards
    walked = AXIS[inside] * shape.inside_pace
    if shape.stop_seconds > 0:
        places[inside], facing[inside] = _with_stop(shape, start, walked, np.array(kiosk))
    else:
        corners = _legs(start, 1.0, shape.inside_angle, shape.inside_turn, shape.inside_angle_after)
        places[inside], facing[inside] = _along(corners, walked)
    return places, facing


def _with_stop(shape: Shape, start: Array, walked: Array, kiosk: Array) -> tuple[Array, Array]:
    angle = np.radians(shape.stop_angle)
    stop = kiosk + shape.stop_distance * np.array([np.cos(angle), np.sin(angle)])
    stop[0] = max(stop[0], 0.35)
    there = float(np.hypot(*(stop - start)))
    moved = np.where(walked < there, walked, np.maximum(there, walked - shape.stop_seconds))
    corners = np.vstack([start, stop, stop + FAR * _heading(1.0, shape.inside_angle)])
    places, facing = _along(corners, moved)
    still = (walked >= there) & (walked < there + shape.stop_seconds)
    towards = kiosk - stop
    facing[still] = towards / max(float(np.hypot(*towards)), 0.1)
    return places, facing


def _heading(sign: float, degrees: float) -> Array:
    angle = np.radians(degrees)
    return np.array([sign * np.cos(angle), np.sin(angle)])


def _legs(start: Array, sign: float, angle: float, turn: float, after: float) -> Array:
    corner = start + turn * _heading(sign, angle)
    return np.vstack([start, corner, corner + FAR * _heading(sign, after)])


def _along(corners: Array, distance: Array) -> tuple[Array, Array]:
    """Positions and headings `distance` metres along a polyline."""
    legs = np.diff(corners, axis=0)
    lengths = np.maximum(np.hypot(legs[:, 0], legs[:, 1]), 1e-9)
    reached = np.concatenate([[0.0], np.cumsum(lengths)])
    leg = np.clip(np.searchsorted(reached, distance, side="right") - 1, 0, len(lengths) - 1)
    heading = legs / lengths[:, None]
    return corners[leg] + heading[leg] * (distance - reached[leg])[:, None], heading[leg]

"""From the samples of each step to this door's few numbers, each with how sure it is. Pure."""

from dataclasses import dataclass
from math import log10
from typing import Final

import numpy as np

from kiosk.calibration.record import Record, Take, bins_of, mean
from kiosk.calibration.steps import DISTANCES, Carried, Task
from kiosk.doorway.layout import Calibration, Layout, Place

USUAL_REFERENCE, REFERENCE_SPREAD = -65.0, 15.0
"""dBm at one metre before anything was heard: phones, receivers and where they hang differ by this much."""

USUAL_SLOPE, SLOPE_SPREAD = 2.2, 0.5
"""The path-loss exponent indoors: 1.6 along a corridor to 3.3 among metal. Three stands in one room cannot say much
against that, for strength need not even fall from one to three metres; so what is usual counts as one stand more."""

USUAL_POCKET, POCKET_SPREAD = 6.0, 6.0
"""dB that a pocket takes from a phone on the side of the radio; wet jeans and a hand before it take twice as much."""

POSSIBLE: Final = {
    "reference": (-100.0, -20.0),
    "slope": (1.0, 5.0),
    "pocket_loss": (-10.0, 40.0),
    "second_offset": (-40.0, 40.0),
    "close": (-100.0, -20.0),
    "door": (-110.0, -20.0),
}
"""From and to of each number, as the settings take it: what lies beyond was measured wrong, and counts as its limit."""

STAND_SPREAD: Final = 2.5
"""dB by which the mean of one stand is off: slow fading of 3.6 dB, of which a stand sees two independent pieces."""

DOOR_AROUND: Final = 1.0
"""Seconds around a passage that count as the door line: a metre of walking, and ten adverts of a phone that sends."""

RADIO_HEIGHT: Final = 0.6
"""Metres between a phone on somebody who walks and a radio at the height of a screen."""


@dataclass(frozen=True, slots=True)
class Strength:
    """What one radio heard of the installer's phone in one stand: `mean` in dBm, over `adverts` adverts."""

    name: str
    radio: str
    distance: float
    carried: Carried
    mean: float
    adverts: int


@dataclass(frozen=True, slots=True)
class Crossing:
    """One walk through the door: `t` when the middle of the body crossed, None when no beam told.

    `order` are the sensors as they were broken; `strength` is what each radio heard at the door line (dBm); `share` is
    how many adverts the better radio heard there, over those that arrive from a phone held to the kiosk.
    """

    take: Take
    t: float | None
    order: tuple[str, ...]
    strength: dict[str, float]
    share: float


@dataclass(frozen=True, slots=True)
class Estimate:
    """The numbers, the error of the first three (standard deviation, in their own units), and what they come from."""

    calibration: Calibration
    reference_error: float
    slope_error: float
    pocket_error: float
    strengths: tuple[Strength, ...]
    crossings: tuple[Crossing, ...]


def estimate(record: Record, layout: Layout) -> Estimate:
    """What the walk says of this door. Steps in which the phone was not heard count for nothing.

    Raises ValueError when the phone was heard in no stand at the first radio: there is nothing to say then.
    """
    strengths = tuple(strength for take in record.takes for strength in _strengths(record, take))
    rate = _rate(record)
    crossings = tuple(_crossing(record, layout, take, rate) for take in record.walks())
    first = [strength for strength in strengths if strength.radio == layout.radios[0]]
    if not first:
        raise ValueError("the phone was heard in no stand")
    (reference, slope, pocket), errors = _fit(first)
    in_pocket = any(strength.carried is Carried.POCKET for strength in first)
    others = [strength for strength in strengths if strength.radio != layout.radios[0]]
    offset = others[0].mean - (reference - 10 * slope * log10(others[0].distance)) if others else None
    usual_door = reference - 10 * slope * log10(_to_door(layout.radio_place(layout.radios[0]))) - pocket
    numbers = {
        "reference": reference,
        "slope": slope,
        "pocket_loss": pocket if in_pocket else None,
        "second_offset": offset,
        "close": _close(first),
        "door": _at_door(crossings, usual_door),
    }
    possible = {key: _rounded(key, value) for key, value in numbers.items() if value is not None}
    return Estimate(Calibration(**possible), *errors, strengths, crossings)


def _rounded(key: str, value: float) -> float:
    """The value within its limits, to a tenth (the slope to a hundredth): more would only look exact."""
    low, high = POSSIBLE[key]
    return round(min(max(value, low), high), 2 if key == "slope" else 1)


def _strengths(record: Record, take: Take) -> list[Strength]:
    if take.step.task is not Task.STAND:
        return []
    heard = record.heard(take.step.radio, take.start, take.end)
    if not heard:
        return []
    step = take.step
    return [Strength(step.name, step.radio, step.distance, step.carried, mean(bins_of(heard)), len(heard))]


def _fit(strengths: list[Strength]) -> tuple[tuple[float, float, float], tuple[float, float, float]]:
    """Reference, slope and pocket loss by least squares, where what is usual counts as much as it is sure.

    Returns the three numbers and their standard deviations.
    """
    rows = np.array([(1.0, -10 * log10(s.distance), -float(s.carried is Carried.POCKET)) for s in strengths])
    usual = np.array([USUAL_REFERENCE, USUAL_SLOPE, USUAL_POCKET])
    certainty = np.diag(1 / np.array([REFERENCE_SPREAD, SLOPE_SPREAD, POCKET_SPREAD]) ** 2)
    heard = np.array([s.mean for s in strengths])
    covariance = np.linalg.inv(rows.T @ rows / STAND_SPREAD**2 + certainty)
    numbers = covariance @ (rows.T @ heard / STAND_SPREAD**2 + certainty @ usual)
    errors = np.sqrt(np.diag(covariance))
    return (float(numbers[0]), float(numbers[1]), float(numbers[2])), (
        float(errors[0]),
        float(errors[1]),
        float(errors[2]),
    )


def _close(strengths: list[Strength]) -> float | None:
    """Half-way between held to the kiosk and one metre before it, where the first is the stronger."""
    hand = {s.distance: s.mean for s in strengths if s.carried is Carried.HAND}
    held, before = hand.get(DISTANCES[0]), hand.get(DISTANCES[1])
    if held is None or before is None or held <= before:
        return None
    return (held + before) / 2


def _rate(record: Record) -> float:
    """Adverts a second that arrive while the phone sends and is held to the radio; 1 when it was not heard there."""
    for take in record.takes:
        heard = record.heard(take.step.radio, take.start, take.end)
        if heard:
            return len(heard) / len({int(s.t) for s in heard})
    return 1.0


def _crossing(record: Record, layout: Layout, take: Take, rate: float) -> Crossing:
    pulses = record.pulses_of(take)
    order = tuple(dict.fromkeys(pulse.sensor for pulse in pulses))
    if not pulses:
        return Crossing(take, None, order, {}, 0.0)
    # The first pulse of each sensor is the body; what comes later in the same walk is a bag, or the door.
    bodies = [next(pulse for pulse in pulses if pulse.sensor == sensor) for sensor in order]
    t = mean([(pulse.begin + pulse.end) / 2 for pulse in bodies])
    heard = {radio: record.heard(radio, t - DOOR_AROUND, t + DOOR_AROUND) for radio in layout.radios}
    strength = {radio: mean(bins_of(of)) for radio, of in heard.items() if of}
    share = max(len(of) for of in heard.values()) / (rate * 2 * DOOR_AROUND)
    return Crossing(take, t, order, strength, share)


def _at_door(crossings: tuple[Crossing, ...], usual: float) -> float:
    """Strength in dBm of a phone in a pocket at the door line; what the stands make one expect when none was heard."""
    heard = [
        max(crossing.strength.values())
        for crossing in crossings
        if crossing.strength and crossing.take.step.carried is Carried.POCKET
    ]
    return mean(heard) if heard else usual


def _to_door(place: Place) -> float:
    """Metres from the middle of the door, at the height of a walker's phone, to a radio."""
    return float((place[0] ** 2 + place[1] ** 2 + RADIO_HEIGHT**2) ** 0.5)

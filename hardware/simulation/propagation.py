"""How strong an advert arrives, and whether it is heard: path loss, walls, bodies, slow and fast fading."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hardware.simulation.parameters import Carried, DoorParameters, Place, Receivers, Waves
from hardware.simulation.paths import Numbers, Path

HEIGHT = 0.6
"""Metres between a phone on its owner (about 1.0) and a kiosk's radio (about 1.6)."""

BEHIND = {Carried.HAND: 0.0, Carried.FRONT_POCKET: 0.0, Carried.BACK_POCKET: np.pi, Carried.BAG: np.pi / 2}
"""Radians between the way the owner faces and the side of the body on which the phone is."""

OPEN_METRES = 1.3
"""A door stands open while somebody is this near to it."""

DEAF = -3.0
"""So many times its softness below its sensitivity a receiver hears nothing at all."""

RIPPLES = 24
"""Sinusoids that add up to slow fading: enough that their sum is Gaussian within a percent, cheap to add."""


def distance_loss(waves: Waves, radio: Place, points: Numbers, below: float = HEIGHT) -> Numbers:
    """Loss in dB over one metre's, for phones at `points` (metres, n x 2), so many metres `below` the radio."""
    metres = np.sqrt(np.sum((points - np.array(radio)) ** 2, axis=1) + below**2)
    return np.asarray(10 * waves.exponent * np.log10(metres))


def wall_loss(door: DoorParameters, radio: Place, points: Numbers) -> Numbers:
    """Loss in dB through the front wall or the door in it, and through the hall's inner wall."""
    waves = door.waves
    x, y = points[:, 0], points[:, 1]
    across = (x < 0) != (radio[0] < 0)
    span = np.where(across, radio[0] - x, 1.0)
    crossing_y = y + (radio[1] - y) * np.where(across, -x / span, 0.0)
    # Waves bend round the edge of the opening: the wall's loss sets in over 0.8 m.
    beside = np.clip((np.abs(crossing_y) - door.width / 2) / 0.8, 0.0, 1.0)
    shut = np.clip((np.hypot(x, y) - OPEN_METRES) / 0.5, 0.0, 1.0) * waves.door_closed
    front = np.where(across, shut * (1 - beside) + waves.wall * beside, 0.0)
    return np.asarray(front + waves.inner_wall * (x > waves.hall_metres))


@dataclass(frozen=True)
class Worn:
    """Where a phone is on its owner; `side` is -1 or +1, on which hip a bag hangs, `below` metres under the radios."""

    carried: Carried
    side: float
    below: float = HEIGHT


def body_loss(waves: Waves, worn: Worn, radio: Place, points: Numbers, facing: Numbers) -> Numbers:
    """Loss in dB through the owner's body, who stands at `points` and faces `facing` (unit vectors)."""
    if worn.carried is Carried.TABLE:
        return np.zeros(len(points))
    turn = BEHIND[worn.carried] * worn.side
    cos, sin = np.cos(turn), np.sin(turn)
    phone = np.column_stack([facing[:, 0] * cos - facing[:, 1] * sin, facing[:, 0] * sin + facing[:, 1] * cos])
    towards = np.array(radio) - points
    towards = towards / np.maximum(0.3, np.hypot(towards[:, 0], towards[:, 1]))[:, None]
    hidden = (1 - np.sum(phone * towards, axis=1)) / 2
    cloth = {Carried.FRONT_POCKET: waves.pocket, Carried.BACK_POCKET: waves.pocket, Carried.BAG: waves.bag}
    return np.asarray(cloth.get(worn.carried, 0.0) + waves.body * hidden)


@dataclass(frozen=True)
class SlowFading:
    """What obstacles add and take as one walks: a sum of ripples in space, so that it is the same at the same place."""

    spread: float
    wave_numbers: Numbers
    phases: Numbers

    @classmethod
    def draw(cls, waves: Waves, rng: np.random.Generator) -> "SlowFading":
        """A fading of its own for one phone and one radio."""
        # An exponential correlation over space has a Cauchy spectrum; beyond its hundredfold there is no power left.
        numbers = np.clip(rng.standard_cauchy(RIPPLES), -100, 100) / waves.slow_metres
        return cls(waves.slow, numbers, rng.uniform(0, 2 * np.pi, RIPPLES))

    def at(self, metres: Numbers) -> Numbers:
        """The fading in dB after so many metres, shape of `metres`."""
        ripples = np.cos(metres[:, None] * self.wave_numbers + self.phases)
        return np.asarray(self.spread * np.sqrt(2 / RIPPLES) * ripples.sum(axis=1), dtype=np.float64)


def fast_fading(direct: float, count: int, rng: np.random.Generator) -> Numbers:
    """Fading in dB of each of `count` adverts, by the Rice factor `direct`; its mean power is one."""
    scattered = rng.normal(0, np.sqrt(0.5 / (direct + 1)), (2, count))
    return np.asarray(
        10 * np.log10((np.sqrt(direct / (direct + 1)) + scattered[0]) ** 2 + scattered[1] ** 2), dtype=np.float64
    )


def loss(door: DoorParameters, radio: Place, path: Path, worn: Worn, t: Numbers) -> Numbers:
    """Loss in dB under the phone's strength at one metre in the open, before fading, at the times `t`."""
    points = path.at(t)
    return (
        distance_loss(door.waves, radio, points, worn.below)
        + wall_loss(door, radio, points)
        + body_loss(door.waves, worn, radio, points, path.facing_at(t))
    )


def heard(receivers: Receivers, strengths: Numbers, rng: np.random.Generator) -> NDArray[np.bool_]:
    """Which adverts of these strengths (dBm) one radio hears."""
    above = (strengths - receivers.sensitivity) / receivers.softness
    chance = np.where(above < DEAF, 0.0, (1 - receivers.lost) / (1 + np.exp(-np.maximum(above, DEAF))))
    return np.asarray(rng.random(len(strengths)) < chance)

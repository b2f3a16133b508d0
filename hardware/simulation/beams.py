"""What the sensors across the door report: the shadows of bodies, merged, with flickers among them."""

from collections.abc import Iterable

import numpy as np

from hardware.events import Beam
from hardware.simulation.parameters import DoorParameters
from hardware.simulation.people import Person, Role

Pulse = tuple[float, float]
"""From and to, in seconds."""


def shadows(people: Iterable[Person], x: float) -> list[Pulse]:
    """When each body breaks a beam at `x` metres: as long as it is deep, at its own speed, give or take its sway."""
    pulses = []
    for person in people:
        if person.role is not Role.VISITOR:
            continue
        for t, _ in person.path.crossings(x):
            around = np.array([t - 0.05, t + 0.05])
            speed = abs(float(np.diff(person.path.at(around)[:, 0])[0])) / 0.1
            half = person.depth / 2 / max(speed, 0.2)
            early, late = person.sway[:2] if x < 0 else person.sway[2:]
            pulses.append((t - half + early, max(t + half + late, t)))
    return pulses


def merged(pulses: Iterable[Pulse]) -> list[Pulse]:
    """Pulses joined where they touch: a beam broken by two is broken once."""
    joined: list[Pulse] = []
    for start, end in sorted(pulses):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def flickers(door: DoorParameters, start: float, end: float, rng: np.random.Generator) -> list[Pulse]:
    """Pulses that nobody made, from `start` to `end` in seconds."""
    receivers = door.receivers
    count = rng.poisson(receivers.spurious_per_minute * (end - start) / 60)
    begins = rng.uniform(start, end, count)
    lengths = rng.uniform(*receivers.spurious_seconds, count)
    return [
        (float(begin), min(float(begin + length), end - 1e-3)) for begin, length in zip(begins, lengths, strict=True)
    ]


def edges(sensor: str, pulses: Iterable[Pulse], start: float, end: float, late: float) -> list[Beam]:
    """The changes of one sensor whose cause lies from `start` to before `end`, reported `late` seconds later."""
    changes = [(t, active) for pulse in pulses for t, active in zip(pulse, (True, False), strict=True)]
    return [Beam(t + late, sensor, active) for t, active in changes if start <= t < end]

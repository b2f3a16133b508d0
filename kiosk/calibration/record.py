"""What the walk brought: plain values that live in memory alone and die with the command."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from hardware.beacons import Sighting
from kiosk.calibration.steps import Carried, Step, Task

BIN: Final = 0.75
"""Seconds over which strength is averaged, as the doorway does: fast fading is gone, a walker has moved one step."""


class Pulse(NamedTuple):
    """A beam broken from `begin` to `end` (monotonic seconds)."""

    sensor: str
    begin: float
    end: float


@dataclass(frozen=True, slots=True)
class Take:
    """A step as it was done: the installer was ready at `start`, told to go at `go` (walks), and done at `end`."""

    step: Step
    start: float
    go: float
    end: float


@dataclass(slots=True)
class Record:
    """The whole walk, in monotonic seconds; `phones` are the keyed hashes that the installer's phone had in it."""

    takes: list[Take] = field(default_factory=list)
    sightings: list[Sighting] = field(default_factory=list)
    pulses: list[Pulse] = field(default_factory=list)
    phones: frozenset[int] = frozenset()

    def take(self, task: Task, carried: Carried, radio: str, metres: float = 0.0) -> Take | None:
        """The take of one step, None when it was not done."""
        wanted = Step(task, carried, radio, metres)
        return next((take for take in self.takes if take.step == wanted), None)

    def walks(self) -> list[Take]:
        """The takes in which the installer walked through the door."""
        return [take for take in self.takes if take.step.task is not Task.STAND]

    def heard(self, radio: str, start: float, end: float) -> list[Sighting]:
        """What a radio heard of the installer's phone from `start` to before `end`."""
        return [s for s in self.sightings if s.radio == radio and start <= s.t < end and s.phone in self.phones]

    def pulses_of(self, take: Take) -> list[Pulse]:
        """The beams that were broken while the installer walked, in order of time."""
        return sorted((pulse for pulse in self.pulses if take.go <= pulse.begin < take.end), key=lambda p: p.begin)


def bins_of(sightings: Iterable[Sighting]) -> list[float]:
    """Mean strength in dBm of each 0.75 s in which something was heard, in order of time."""
    found: dict[int, list[int]] = {}
    for sighting in sightings:
        found.setdefault(int(sighting.t // BIN), []).append(sighting.rssi)
    return [mean(found[index]) for index in sorted(found)]


def mean(values: Sequence[float]) -> float:
    """The mean; ValueError for none."""
    if not values:
        raise ValueError("the mean of nothing")
    return sum(values) / len(values)

"""Phones and passages of doors whose truth is known: what the doorway makes of each pair, and whether it was so."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from hardware.beacons import Recogniser
from hardware.events import Event
from hardware.recording import Header, read_recording
from hardware.simulation import Passed, simulate
from hardware.simulation.doors import draw_door
from kiosk.doorway import Doorway, Layout
from kiosk.doorway.asking import Question
from kiosk.doorway.evidence import How, Weigher
from kiosk.doorway.heard import Heard
from kiosk.doorway.model import usual_model
from kiosk.doorway.passing import Passing, Verdict
from kiosk.doorway.shapes import usual_shapes
from kiosk.doorway.tracks import Track
from kiosk.entrance import Entrance
from kiosk.replay import layout_of, replay
from tests.evaluation.trial import PROFILES, SECONDS

Array = NDArray[np.float64]

AROUND = 16.0
"""Seconds around a passage in which `heard` of the truth counts."""

SAME = 2.5
"""Seconds within which a passage and a true crossing are the same."""


@dataclass(frozen=True)
class Door:
    """What the hardware of a door reported, and the truth."""

    header: Header
    events: Sequence[Event]
    truth: Sequence[Passed]


@dataclass(frozen=True)
class Pair:
    """A phone and a passage near it. `shapes` is the log-likelihood of each shape of the way."""

    track: Track
    passing: Passing
    ratio: float
    shapes: Array
    mine: bool


class _Attentive(Weigher):
    """Remembers what each shape said of the passages last weighed."""

    shapes: dict[int, Array]

    def ways_through(self, passing: Passing, heard: Heard, how: How) -> tuple[Array, Array]:
        scores, powers = super().ways_through(passing, heard, how)
        self.shapes[passing.number] = scores
        return scores, powers


class _Onlooker:
    """A judge that keeps the last word on each phone and passage."""

    def __init__(self, layout: Layout) -> None:
        self._weigher = _Attentive(layout, usual_model(), usual_shapes())
        self.seen: dict[tuple[int, int], tuple[Track, Passing, float, Array]] = {}

    def judge(self, question: Question) -> dict[int, Verdict]:
        ordered = sorted(question.passings, key=lambda passing: passing.t)
        by_number = {passing.number: passing for passing in ordered}
        for track in question.tracks:
            if track.last - track.since > usual_model().alternatives.stays_seconds:
                continue
            self._weigher.shapes = {}
            for number, said in self._weigher.weigh(track, ordered, question.listening, question.now).items():
                seen = track.copy(), by_number[number], said.ratio, self._weigher.shapes[number]
                self.seen[track.label, number] = seen
        return {passing.number: Verdict(usual_model().decision.share) for passing in ordered}


def simulated(seeds: Iterable[int]) -> Iterator[Door]:
    """The simulator's doors."""
    for seed in seeds:
        one = simulate(draw_door(seed), SECONDS, seed)
        yield Door(one.header, one.events, one.truth)


def recorded(recordings: Iterable[Path]) -> Iterator[Door]:
    """The doors of recordings with the truth beside each, NAME.truth.jsonl beside NAME.jsonl.gz."""
    for path in recordings:
        recording = read_recording(path)
        lines = path.with_name(path.name.removesuffix(".jsonl.gz") + ".truth.jsonl").read_text("utf-8").splitlines()
        yield Door(recording.header, list(recording.load()), [Passed(**json.loads(line)) for line in lines])


def pairs_of(header: Header, events: Sequence[Event], truth: Sequence[Passed]) -> Iterator[Pair]:
    """The pairs of one door. Where it cannot be told whose a phone is, it is left out."""
    layout = layout_of(header)
    judge = _Onlooker(layout)
    for _ in replay(Entrance(Doorway(layout, Recogniser(PROFILES), judge=judge)), events, header.seconds):
        pass
    phones = {label: track for (label, _), (track, *_) in judge.seen.items()}
    owners = {label: _owners(track, truth) for label, track in phones.items()}
    claims = Counter(owner for claimed in owners.values() for owner in claimed)
    known = {owner[0] for owner in owners.values() if len(owner) == 1 and claims[owner[0]] == 1}
    for (label, _), (track, passing, ratio, shapes) in judge.seen.items():
        true = crossing_at(passing.t, truth)
        if true is None or len(owners[label]) > 1:
            continue
        mine = true in known and owners[label] == [true]
        if mine or (not owners[label] and (truth[true].app != "running" or true in known)):
            yield Pair(track, passing, ratio, shapes, mine)


def crossing_at(t: float, truth: Sequence[Passed]) -> int | None:
    """Where in `truth` the crossing nearest to `t` (seconds) stands; None where there is none within `SAME`."""
    nearest = min(range(len(truth)), key=lambda index: abs(truth[index].t - t), default=None)
    return None if nearest is None or abs(truth[nearest].t - t) > SAME else nearest


def _owners(track: Track, truth: Sequence[Passed]) -> list[int]:
    """The crossings of people of whom as many adverts were heard as of this phone."""
    bins = [b for of_radio in track.bins.values() for b in of_radio]

    def around(t: float) -> int:
        return sum(b.count for b in bins if abs(b.t - t) <= AROUND)

    running = [index for index, one in enumerate(truth) if one.app == "running" and one.heard]
    return [index for index in running if abs(around(truth[index].t) - truth[index].heard) <= _nearly(truth[index])]


def _nearly(one: Passed) -> float:
    """Bins at the edges of `AROUND` are counted whole."""
    return max(1.0, 0.03 * one.heard)

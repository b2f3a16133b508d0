"""The numbers of the decision, fitted to what came out: was the app said where it ran, and only there?

Each settled crowd is remembered with the likelihoods of all its phones and devices; what the decision makes of them is
then asked anew for other numbers. The logits are linear enough in those for Fisher scoring: a logistic regression on
their slopes, a few times over.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from hardware.beacons import Recogniser
from hardware.events import Event
from hardware.recording import Header
from hardware.simulation import Passed
from kiosk.decisions import Decision
from kiosk.doorway import DoorMemory, Doorway, Layout
from kiosk.doorway.matching import Matched
from kiosk.doorway.model import Model, usual_model
from kiosk.doorway.passing import Passing, Verdict
from kiosk.doorway.reasons import Known
from kiosk.doorway.weighing import Weighing
from kiosk.entrance import Entrance
from kiosk.replay import layout_of, replay
from tests.evaluation.pairs import crossing_at
from tests.evaluation.trial import PROFILES

Array = NDArray[np.float64]

DECISION = ("temper", "odds", "odds_outside", "long_before", "only_after", "faint", "there_before", "unheard")
"""The fitted numbers of `[decision]`; `odds` of `[company]` is fitted along with them."""

HELD = 2.0
"""Strength that holds each number to where it starts: some hundred passages outweigh it."""

SLOPE = 0.05
"""Step of a number by which its slope is taken."""

ROUNDS = 3
"""Rounds of scoring; the fourth changes the second digit no more."""


@dataclass(frozen=True)
class Crowd:
    """People who were decided together, what was heard of each phone and device, and what the door knew by then.

    `ran` holds, by the row of the passage, whether the app truly ran for those who were settled.
    """

    layout: Layout
    passings: Sequence[Passing]
    phones: Known
    devices: Known
    memory: DoorMemory
    ran: dict[int, bool]


class _Remembering(Weighing):
    last: tuple[Sequence[Passing], Known, Known, DoorMemory]

    def _match(self, passings: Sequence[Passing], phones: Known, devices: Known) -> Matched:
        self.last = passings, phones, devices, self.memory()
        return super()._match(passings, phones, devices)


class _Watched(Doorway):
    def __init__(self, layout: Layout, truth: Sequence[Passed]) -> None:
        self._remembering = _Remembering(layout)
        super().__init__(layout, Recogniser(PROFILES, key=b""), weighing=self._remembering)
        self._truth = truth
        self.crowds: list[Crowd] = []

    def _say_all(self, due: Sequence[Passing], verdicts: dict[int, Verdict], _t: float) -> list[Decision]:
        passings, *rest = self._remembering.last
        settled = {passing.number for passing in due}
        ran = {row: self._ran(one) for row, one in enumerate(passings) if one.number in settled}
        known = {row: app for row, app in ran.items() if app is not None}
        self.crowds.append(Crowd(self._layout, passings, *rest, known))
        return super()._say_all(due, verdicts, _t)

    def _ran(self, passing: Passing) -> bool | None:
        true = crossing_at(passing.t, self._truth)
        return None if true is None else self._truth[true].app == "running"


def crowds_of(header: Header, events: Iterable[Event], truth: Sequence[Passed]) -> list[Crowd]:
    """The crowds of one door."""
    doorway = _Watched(layout_of(header), truth)
    for _ in replay(Entrance(doorway), events, header.seconds):
        pass
    return doorway.crowds


def fitted(crowds: Sequence[Crowd], start: Model | None = None) -> dict[str, float]:
    """The numbers that fit these crowds, by their names in the model: `odds` of the decision, `company.odds`."""
    begin = np.array([*_values(start or usual_model())])
    values = begin.copy()
    ran = np.array([app for crowd in crowds for app in crowd.ran.values()], dtype=float)
    for _ in range(ROUNDS):
        here = _logits(crowds, values)
        slopes = np.stack([(_logits(crowds, values + step) - here) / SLOPE for step in np.eye(len(values)) * SLOPE], 1)
        chance = 1 / (1 + np.exp(-here))
        down = slopes.T @ (chance - ran) + HELD * (values - begin)
        curve = (slopes * (chance * (1 - chance))[:, None]).T @ slopes + HELD * np.eye(len(values))
        values = values - np.linalg.solve(curve, down)
    model = _model(values)
    return {name: getattr(model.decision, name) for name in DECISION} | {"company.odds": model.company.odds}


def _logits(crowds: Sequence[Crowd], values: Array) -> Array:
    model = _model(values)
    chances = np.array([chance for crowd in crowds for chance in _chances(crowd, model)])
    safe = np.clip(chances, 1e-4, 1 - 1e-4)
    return np.asarray(np.log(safe / (1 - safe)))


def _chances(crowd: Crowd, model: Model) -> Iterator[float]:
    weighing = Weighing(crowd.layout, crowd.memory, model)
    whole = weighing._whole(weighing._match(crowd.passings, crowd.phones, crowd.devices))
    return (float(whole[row]) for row in crowd.ran)


def _values(model: Model) -> Iterator[float]:
    """The numbers as they are fitted: a share that must stay above 0 by its logarithm."""
    yield from (getattr(model.decision, name) for name in DECISION[:-1])
    yield np.log(model.decision.unheard)
    yield model.company.odds


def _model(values: Array) -> Model:
    usual = usual_model()
    numbers = dict(zip(DECISION, map(float, values), strict=False))
    numbers["unheard"] = min(float(np.exp(numbers["unheard"])), 0.5)
    return replace(
        usual,
        decision=replace(usual.decision, **numbers),
        company=replace(usual.company, odds=float(values[-1])),
    )

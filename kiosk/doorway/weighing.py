"""The judge: everybody around is decided together, from the evidence of every phone and device for every passage."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kiosk.doorway.asking import Question
from kiosk.doorway.beforehand import beforehand
from kiosk.doorway.bystanders import Bystanders
from kiosk.doorway.calibrated import calibrated
from kiosk.doorway.company import Company
from kiosk.doorway.evidence import WITHIN, Weigher
from kiosk.doorway.layout import Layout
from kiosk.doorway.listening import Listening
from kiosk.doorway.matching import Matched, match
from kiosk.doorway.memory import DoorMemory
from kiosk.doorway.model import Model, usual_model
from kiosk.doorway.passing import Carried, Passing, Verdict
from kiosk.doorway.reasons import Known, reasons
from kiosk.doorway.shapes import usual_shapes
from kiosk.doorway.share import Share
from kiosk.doorway.strengths import Strengths
from kiosk.doorway.tracks import Track

Array = NDArray[np.float64]

SHARE_ROUNDS = 6
"""Rounds in which the share of this moment's crowd and its passages settle on each other."""

MOST_WEIGHED = 100
"""Phones weighed at once: a dense crowd; beyond that it is a flood, whose strangers are heard once each."""


class Weighing:
    """Judges passages by the likelihood of every track for every one of them."""

    def __init__(self, layout: Layout, memory: DoorMemory | None = None, model: Model | None = None) -> None:
        self._model = calibrated(model or usual_model(), layout)
        self._weigher = Weigher(layout, self._model, usual_shapes())
        self.share = Share(self._model.decision, memory)
        self.bystanders = Bystanders(self._model.decision, memory)
        self.strengths = Strengths(self._model.strength, memory)
        self.company = Company(self._model.company, memory)
        deciding = self._model.decision
        self._odds = deciding.odds + (deciding.odds_outside if len(layout.radios) > 1 else 0.0)

    def judge(self, question: Question) -> dict[int, Verdict]:
        """A verdict for the number of each passage, as far as can be said from what the question holds."""
        ordered = sorted(question.passings, key=lambda passing: passing.t)
        self._weigher.expect(self.strengths.power())
        phones, others = (
            self._said(heard, ordered, question.listening, question.now)
            for heard in (question.tracks, question.devices)
        )
        matched = self._match(ordered, phones, others)
        return {
            passing.number: Verdict(
                float(whole),
                reasons(row, passing, matched, phones, self._model.decision),
                phone=_phone(passing, matched.phones[row], phones),
                carried=_carried(matched, row),
            )
            for row, (passing, whole) in enumerate(zip(ordered, self._whole(matched), strict=True))
        }

    def learn(self, verdict: Verdict) -> None:
        """One passage is settled so: the door's own numbers move a little."""
        if verdict.probability is not None:
            self.share.learn(verdict.probability)
        if verdict.phone is not None:
            self.strengths.learn(*verdict.phone)
        if verdict.carried is not None:
            self.company.learn(verdict.carried)

    def memory(self) -> DoorMemory:
        """What this door has learned; plain numbers that identify nobody."""
        return DoorMemory(*self.share.kept, *self.bystanders.kept, *self.strengths.kept, *self.company.kept)

    def _said(self, tracks: Sequence[Track], ordered: Sequence[Passing], listening: Listening, now: float) -> Known:
        """What the tracks that can be of somebody who went through say; those heard most where there are too many."""
        begin, end = ordered[0].t - WITHIN, ordered[-1].t + WITHIN
        stays = self._model.alternatives.stays_seconds
        near = [t for t in tracks if t.last >= begin and t.first <= end and t.last - t.since <= stays]
        near.sort(key=lambda track: -track.heard)
        said = [(track, self._weigher.weigh(track, ordered, listening, now)) for track in near[:MOST_WEIGHED]]
        return [(track, each) for track, each in said if each]

    def _match(self, passings: Sequence[Passing], phones: Known, devices: Known) -> Matched:
        """Who has which phone and which device, the share of this crowd solved along with it."""
        deciding, company = self._model.decision, self.company
        odds_of_phone = self._odds + company.app_alone() - np.log(self.bystanders.times_usual())
        odds_of_device = self._model.company.odds + company.device_alone()
        weighed = self._ratios(passings, phones) + odds_of_phone
        weighed_devices = self._ratios(passings, devices) + odds_of_device
        together = company.together()
        share = self.share.with_more(0.0, 0)
        for _ in range(SHARE_ROUNDS):
            prior = np.log(share / (1 - share * (1 - deciding.unheard)))
            matched = match(weighed + prior, weighed_devices, together)
            share = self.share.with_more(float(self._whole(matched, share).sum()), len(passings))
        return matched

    def _ratios(self, passings: Sequence[Passing], known: Known) -> Array:
        """Log-odds of each passage (row) for each track (column), before what this door and moment add to all."""
        deciding = self._model.decision
        ratios = np.full((len(passings), len(known)), -np.inf)
        for column, (track, said) in enumerate(known):
            for row, passing in enumerate(passings):
                if passing.number in said:
                    before = sum(odds for odds, _ in beforehand(track, passing, deciding))
                    ratios[row, column] = deciding.temper * said[passing.number].ratio + before
        return ratios

    def _whole(self, matched: Matched, share: float | None = None) -> Array:
        """Probability that the app ran, heard or not."""
        share = self.share.with_more(0.0, 0) if share is None else share
        unheard = share * self._model.decision.unheard
        heard = matched.phones.sum(1)
        nothing = 1 - heard - matched.devices.sum(1) + matched.both
        return np.asarray(heard + nothing * unheard / (1 - share + unheard))


def _phone(passing: Passing, chances: Array, phones: Known) -> tuple[float, float] | None:
    """Mean power of the phones that may be this visitor's, and the chance that one of them is."""
    powers = [said[passing.number].power if passing.number in said else 0.0 for _, said in phones]
    chance = float(chances.sum())
    return (float(chances @ powers) / chance, chance) if chance > 0 else None


def _carried(matched: Matched, row: int) -> Carried:
    both = float(matched.both[row])
    return Carried(float(matched.phones[row].sum()), both, float(matched.devices[row].sum()) - both)

"""The judge: everybody around is decided together, from the evidence of every phone for every passage."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kiosk.doorway.beforehand import beforehand
from kiosk.doorway.bystanders import Bystanders
from kiosk.doorway.calibrated import calibrated
from kiosk.doorway.evidence import WITHIN, Said, Weigher
from kiosk.doorway.layout import Layout
from kiosk.doorway.listening import Listening
from kiosk.doorway.matching import marginals
from kiosk.doorway.memory import DoorMemory
from kiosk.doorway.model import Model, usual_model
from kiosk.doorway.passing import Passing, Verdict
from kiosk.doorway.shapes import usual_shapes
from kiosk.doorway.share import Share
from kiosk.doorway.tracks import Track

Array = NDArray[np.float64]

SHARE_ROUNDS = 6
"""Rounds in which the share of this moment's crowd and its passages settle on each other."""

MOST_WEIGHED = 100
"""Phones weighed at once: a dense crowd; beyond that it is a flood, whose strangers are heard once each."""

WORTH_SAYING = 0.05
"""Probability from which another explanation is named among the reasons."""


class Weighing:
    """Judges passages by the likelihood of every track for every one of them."""

    def __init__(self, layout: Layout, memory: DoorMemory | None = None, model: Model | None = None) -> None:
        self._model = calibrated(model or usual_model(), layout)
        self._weigher = Weigher(layout, self._model, usual_shapes())
        self.share = Share(self._model.decision, memory)
        self.bystanders = Bystanders(self._model.decision, memory)
        deciding = self._model.decision
        self._odds = deciding.odds + (deciding.odds_outside if len(layout.radios) > 1 else 0.0)

    def judge(
        self, passings: Sequence[Passing], tracks: Sequence[Track], listening: Listening, now: float
    ) -> dict[int, Verdict]:
        """A verdict for the number of each passage, as far as can be said at `now` (seconds)."""
        ordered = sorted(passings, key=lambda passing: passing.t)
        visitors = self._visitors(tracks, ordered)
        said = [self._weigher.weigh(track, ordered, listening, now) for track in visitors]
        known = [(track, each) for track, each in zip(visitors, said, strict=True) if each]
        pairs = self._pairs(ordered, known)
        return {
            passing.number: Verdict(float(whole), self._reasons(row, passing, pairs, known))
            for row, (passing, whole) in enumerate(zip(ordered, self._whole(pairs), strict=True))
        }

    def _visitors(self, tracks: Sequence[Track], ordered: Sequence[Passing]) -> list[Track]:
        """The tracks that can be of somebody who went through; those heard most where there are too many."""
        begin, end = ordered[0].t - WITHIN, ordered[-1].t + WITHIN
        stays = self._model.alternatives.stays_seconds
        near = [t for t in tracks if t.last >= begin and t.first <= end and t.last - t.since <= stays]
        near.sort(key=lambda track: -track.heard)
        return near[:MOST_WEIGHED]

    def _pairs(self, passings: Sequence[Passing], known: Sequence[tuple[Track, dict[int, Said]]]) -> Array:
        """Probability that passage i has phone j, the share of this crowd solved along with it."""
        deciding = self._model.decision
        ratios = np.full((len(passings), len(known)), -np.inf)
        for column, (track, said) in enumerate(known):
            for row, passing in enumerate(passings):
                if passing.number in said:
                    before = sum(odds for odds, _ in beforehand(track, passing, deciding))
                    ratios[row, column] = deciding.temper * said[passing.number].ratio + before
        weighed: Array = ratios + self._odds - np.log(self.bystanders.times_usual())
        share = self.share.with_more(0.0, 0)
        pairs = np.zeros_like(weighed)
        for _ in range(SHARE_ROUNDS):
            pairs = marginals(weighed + np.log(share / (1 - share * (1 - deciding.unheard))))
            share = self.share.with_more(float(self._whole(pairs, share).sum()), len(passings))
        return pairs

    def _whole(self, pairs: Array, share: float | None = None) -> Array:
        """Probability that the app ran, heard or not."""
        share = self.share.with_more(0.0, 0) if share is None else share
        unheard = share * self._model.decision.unheard
        heard = pairs.sum(1)
        return np.asarray(heard + (1 - heard) * unheard / (1 - share + unheard))

    def _reasons(
        self, row: int, passing: Passing, pairs: Array, known: Sequence[tuple[Track, dict[int, Said]]]
    ) -> tuple[str, ...]:
        lines = []
        for column in map(int, np.argsort(-pairs[row], kind="stable")[:2]):
            if pairs[row, column] < WORTH_SAYING:
                continue
            track, said = known[column]
            against = [words for odds, words in beforehand(track, passing, self._model.decision) if odds < 0]
            elsewhere = float(pairs[:, column].sum() - pairs[row, column])
            if elsewhere >= WORTH_SAYING:
                against.append(f"{elsewhere:.0%} for another passage")
            lines.append(_line(track, said[passing.number], float(pairs[row, column]), against))
        return tuple(lines) or ("no phone with the app was heard as one would be that went through here",)


def _line(track: Track, said: Said, probability: float, against: Sequence[str]) -> str:
    strongest = max(b.strength for bins in track.bins.values() for b in bins)
    fits = "fits this passage better than a bystander" if said.ratio > 0 else "could as well be a bystander's"
    line = (
        f"phone {track.label} ({track.profile.title}, heard {track.heard} times, {strongest:.0f} dBm at most) "
        f"{fits}: {probability:.0%}"
    )
    return f"{line}; against it: {', '.join(against)}" if against else line

"""`python -m tests.evaluation.bystanders`: what bystanders' phones cost, and what is lost without any of them.

The same doors are played twice: as they were, and without the app's adverts of every phone that went through no
passage. What the doorway gets wrong the second time it gets wrong of phones that did go through: in a bunch, who
carries which. It is a bound on recordings as well as on simulated doors, for it needs the truth but no model of it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path

import click

from hardware.beacons import Recogniser, Sighting
from hardware.events import Advert, Event
from hardware.simulation import Passed
from kiosk.doorway import Doorway
from kiosk.doorway.model import usual_model
from kiosk.doorway.weighing import Weighing
from kiosk.entrance import Entrance
from kiosk.outcomes import Outcomes
from kiosk.replay import layout_of, replay
from tests.evaluation.pairs import AROUND, Door, recorded, simulated
from tests.evaluation.scoring import Score, score
from tests.evaluation.trial import PROFILES

CERTAIN = 4.0
"""Log-odds that a phone went through where all others were taken away: all but those that fit two people alike did."""

KEY = b""
"""Of the hash that stands for a phone, so that it stands for the same one in both replays."""


@click.command()
@click.argument("recordings", nargs=-1, type=click.Path(path_type=Path, exists=True))
@click.option("--doors", default=12, show_default=True, help="Simulated doors, where no recordings are given.")
def main(recordings: Sequence[Path], doors: int) -> None:
    """Score RECORDINGS (NAME.jsonl.gz with NAME.truth.jsonl beside it) with and without bystanders' phones."""
    known = recorded(recordings) if recordings else simulated(range(doors))
    for radios, group in groupby(known, key=lambda door: len(door.header.radios)):
        scores: dict[str, Score] = defaultdict(Score)
        for door in group:
            scores["as it was"].add(_scored(door, door.events, usual_model().decision.odds))
            scores["without bystanders"].add(_scored(door, without_bystanders(door), CERTAIN))
        for name, one in scores.items():
            parts = (one, one.among(bunched=False), one.among(bunched=True))
            balanced = ", ".join(f"{part.app_balanced:.3f} ({part.passages})" for part in parts)
            click.echo(f"{radios} radio(s), {name}: all, alone, in a bunch: {balanced}")


def without_bystanders(door: Door) -> Iterator[Event]:
    """The door's events but for the app's adverts of phones that went through no passage."""
    recogniser = Recogniser(PROFILES, key=KEY)
    sightings = [recogniser.sighting(event) if isinstance(event, Advert) else None for event in door.events]
    kept = set(_owned(filter(None, sightings), door.truth))
    for event, sighting in zip(door.events, sightings, strict=True):
        if sighting is None or sighting.phone in kept:
            yield event


def _owned(sightings: Iterable[Sighting], truth: Sequence[Passed]) -> Iterator[int]:
    """The phones of which exactly as many adverts were heard around a crossing as the truth says of its person.

    Where several fit, the one whose strongest advert came nearest to the crossing is taken.
    """
    heard: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for sighting in sightings:
        heard[sighting.phone].append((sighting.rssi, sighting.t))
    loudest = {phone: max(adverts)[1] for phone, adverts in heard.items()}
    for passed in truth:
        if passed.app != "running" or not passed.heard:
            continue
        fits = [phone for phone, adverts in heard.items() if _around(passed.t, adverts) == passed.heard]
        yield from sorted(fits, key=lambda phone: abs(loudest[phone] - passed.t))[:1]


def _around(t: float, adverts: Sequence[tuple[int, float]]) -> int:
    return sum(abs(heard - t) <= AROUND for _, heard in adverts)


def _scored(door: Door, events: Iterable[Event], odds: float) -> Score:
    layout, usual, outcomes = layout_of(door.header), usual_model(), Outcomes()
    weighing = Weighing(layout, model=replace(usual, decision=replace(usual.decision, odds=odds)))
    entrance = Entrance(Doorway(layout, Recogniser(PROFILES, key=KEY), weighing=weighing))
    for step in replay(entrance, events, door.header.seconds):
        outcomes.add(step.decisions)
    return score(outcomes.entries, door.truth)


if __name__ == "__main__":
    main()

"""One condition tried on some doors: simulate, replay through the real core, score."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from hardware.beacons import Recogniser, load_profiles
from hardware.events import Advert
from hardware.simulation import Simulated, simulate
from hardware.simulation.doors import Condition, draw_door
from kiosk.app_profiles import app_profiles
from kiosk.campaign import load_campaign
from kiosk.decisions import Entry
from kiosk.outcomes import Outcomes
from kiosk.replay import entrance_of, replay
from tests.evaluation.baselines import nearest_peak, threshold
from tests.evaluation.scoring import Hour, Score, hour, score

SECONDS = 900.0
"""Seconds of each door: long enough for some fifty passages."""

FRESH = 1_000_000
"""Seeds from here on are for judging only; whatever is fitted is fitted on doors below."""

METHODS = ("threshold", "nearest peak", "ours")
PROFILES = app_profiles(load_campaign("bluezone"), load_profiles())


@dataclass
class Trial:
    """What came of a condition: a score for each method, and each door taken for an hour."""

    scores: Mapping[str, Score] = field(default_factory=lambda: {method: Score() for method in METHODS})
    hours: list[Hour] = field(default_factory=list)


def try_condition(condition: Condition, seeds: Iterable[int], seconds: float = SECONDS) -> Trial:
    """The condition on one new door a seed."""
    trial = Trial()
    for seed in seeds:
        simulated = simulate(condition.change(draw_door(seed)), seconds, seed)
        ours = entries_of(simulated)
        recogniser = Recogniser(PROFILES, key=b"")
        adverts = (event for event in simulated.events if isinstance(event, Advert) and event.radio == "inside")
        sightings = [sighting for advert in adverts if (sighting := recogniser.sighting(advert))]
        said = {"threshold": threshold(ours, sightings), "nearest peak": nearest_peak(ours, sightings), "ours": ours}
        for method, entries in said.items():
            trial.scores[method].add(score(entries, simulated.truth))
        trial.hours.append(hour(ours, simulated.truth))
    return trial


def entries_of(simulated: Simulated) -> list[Entry]:
    """What our core makes of a simulated door."""
    outcomes = Outcomes()
    for step in replay(entrance_of(simulated.header, PROFILES), simulated.events, simulated.header.seconds):
        outcomes.add(step.decisions)
    return outcomes.entries

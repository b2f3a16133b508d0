"""How far the doorway is from what could be known at all: the observer beside it and its peers, on the same doors."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from hardware.beacons import Recogniser
from hardware.events import Advert
from hardware.simulation import simulate
from hardware.simulation.doors import Condition, draw_door
from kiosk.decisions import App
from tests.evaluation.baselines import nearest_peak, threshold
from tests.evaluation.observer import Insight, observe
from tests.evaluation.scoring import Score, score
from tests.evaluation.trial import METHODS, PROFILES, SECONDS, entries_of

KNOWING = {insight: f"observer: {insight}" for insight in Insight}
ROWS = (*METHODS, *KNOWING.values())


@dataclass
class Wall:
    """The score of each method at each door of a condition."""

    doors: Mapping[str, list[Score]] = field(default_factory=lambda: {row: [] for row in ROWS})

    def pooled(self, row: str) -> Score:
        """One method's score over all doors."""
        return added(self.doors[row])

    def error(self, row: str) -> float:
        """The standard error of its app_balanced over doors, by leaving out one at a time."""
        scores = self.doors[row]
        if len(scores) < 2:
            return float("nan")
        without = [added([*scores[:index], *scores[index + 1 :]]).app_balanced for index in range(len(scores))]
        mean = sum(without) / len(without)
        return float(((len(scores) - 1) / len(scores) * sum((one - mean) ** 2 for one in without)) ** 0.5)


def expected(score: Score) -> float:
    """The app_balanced that the entries themselves expect: who is calibrated expects the truth, with less chance."""
    running = missing = running_said = missing_said = 0.0
    for match in score.matches:
        detected, sure = match.entry.app is App.DETECTED, match.entry.confidence
        chance = sure if detected else 1 - sure
        running, missing = running + chance, missing + 1 - chance
        running_said, missing_said = running_said + chance * detected, missing_said + (1 - chance) * (not detected)
    return (running_said / max(running, 1e-9) + missing_said / max(missing, 1e-9)) / 2


def added(scores: Sequence[Score]) -> Score:
    """Scores of several doors as one."""
    total = Score()
    for one in scores:
        total.add(one)
    return total


def try_wall(condition: Condition, seeds: Iterable[int], seconds: float = SECONDS) -> Wall:
    """The condition on one door a seed; its radios must have no deaf moments, of which the observer knows nothing."""
    wall = Wall()
    for seed in seeds:
        door = condition.change(draw_door(seed))
        simulated = simulate(door, seconds, seed)
        ours = entries_of(simulated)
        recogniser = Recogniser(PROFILES, key=b"")
        adverts = (event for event in simulated.events if isinstance(event, Advert) and event.radio == "inside")
        sightings = [sighting for advert in adverts if (sighting := recogniser.sighting(advert))]
        said = {"threshold": threshold(ours, sightings), "nearest peak": nearest_peak(ours, sightings), "ours": ours}
        said |= {row: observe(door, simulated, insight) for insight, row in KNOWING.items()}
        for row, entries in said.items():
            wall.doors[row].append(score(entries, simulated.truth))
    return wall

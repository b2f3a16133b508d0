"""Entries held against the truth: which belong together, and how often each says what was so."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from hardware.simulation import Passed
from kiosk.decisions import App, Entry

WINDOW = 2.5
"""Seconds that an entry and its passage may be apart."""

BUNCH = 3.0
"""Seconds within which another passage makes a bunch, in which it is hard to say who carries the phone."""


@dataclass(frozen=True)
class Match:
    """An entry and the passage it stands for; `bunched` when somebody else passed within three seconds."""

    entry: Entry
    passed: Passed
    bunched: bool


@dataclass
class Score:
    """What came of some recordings; scores add up."""

    passages: int = 0
    entries: int = 0
    said_detected: int = 0
    truly_running: int = 0
    matches: list[Match] = field(default_factory=list)

    def add(self, other: "Score") -> None:
        """Take in what came of another recording."""
        self.passages += other.passages
        self.entries += other.entries
        self.said_detected += other.said_detected
        self.truly_running += other.truly_running
        self.matches += other.matches

    def among(self, bunched: bool) -> "Score":
        """The same for the passages in a bunch, or alone, only; counts of what was not matched are left out."""
        chosen = [match for match in self.matches if match.bunched is bunched]
        return Score(len(chosen), len(chosen), matches=chosen)

    @property
    def recall(self) -> float:
        """The share of passages that have an entry."""
        return len(self.matches) / max(1, self.passages)

    @property
    def precision(self) -> float:
        """The share of entries that are a passage."""
        return len(self.matches) / max(1, self.entries)

    @property
    def direction(self) -> float:
        """The share of matched entries whose direction is right."""
        return sum(m.entry.direction.value == m.passed.direction for m in self.matches) / max(1, len(self.matches))

    @property
    def when_running(self) -> float:
        """The share detected of those whose app ran."""
        return self._share("running", App.DETECTED)

    @property
    def when_missing(self) -> float:
        """The share not detected of those whose app did not run."""
        return self._share("missing", App.NOT_DETECTED)

    @property
    def app_balanced(self) -> float:
        """The mean of both: a coin scores 0.5 however many have the app."""
        return (self.when_running + self.when_missing) / 2

    @property
    def error(self) -> float:
        """The standard error of `app_balanced`, from the number of passages alone."""
        parts = ((self.when_running, self._of("running")), (self.when_missing, self._of("missing")))
        return sum(share * (1 - share) / max(1, len(those)) for share, those in parts) ** 0.5 / 2

    @property
    def bias(self) -> float:
        """The share said to have the app, over the share that has it."""
        return self.said_detected / max(1, self.entries) - self.truly_running / max(1, self.passages)

    def _of(self, app: str) -> list[Match]:
        return [match for match in self.matches if match.passed.app == app]

    def _share(self, truth: str, said: App) -> float:
        those = self._of(truth)
        return sum(match.entry.app is said for match in those) / max(1, len(those))


def score(entries: Sequence[Entry], truth: Sequence[Passed]) -> Score:
    """Match entries and passages within 2.5 s, nearest pairs first, each used once."""
    near = sorted(
        (abs(entry.t - passed.t), i, j)
        for i, entry in enumerate(entries)
        for j, passed in enumerate(truth)
        if abs(entry.t - passed.t) <= WINDOW
    )
    free_entries, free_truth, matches = set(range(len(entries))), set(range(len(truth))), []
    for _, i, j in near:
        if i in free_entries and j in free_truth:
            free_entries.discard(i)
            free_truth.discard(j)
            matches.append(Match(entries[i], truth[j], _bunched(j, truth)))
    return Score(
        passages=len(truth),
        entries=len(entries),
        said_detected=sum(entry.app is App.DETECTED for entry in entries),
        truly_running=sum(passed.app == "running" for passed in truth),
        matches=matches,
    )


def _bunched(index: int, truth: Sequence[Passed]) -> bool:
    return any(abs(truth[index].t - other.t) < BUNCH for i, other in enumerate(truth) if i != index)


@dataclass(frozen=True)
class Bin:
    """Entries said with about the same confidence: the mean said, how many, and the share that was right."""

    said: float
    count: int
    right: float


def reliability(matches: Iterable[Match], bins: int = 10) -> list[Bin]:
    """How often entries are right, by the confidence they were said with; empty bins are left out."""
    said: list[list[tuple[float, bool]]] = [[] for _ in range(bins)]
    for match in matches:
        right = (match.entry.app is App.DETECTED) == (match.passed.app == "running")
        said[min(bins - 1, int(match.entry.confidence * bins))].append((match.entry.confidence, right))
    return [Bin(sum(c for c, _ in one) / len(one), len(one), sum(r for _, r in one) / len(one)) for one in said if one]


def calibration_error(bins: Sequence[Bin]) -> float:
    """The expected calibration error: how far said and right are apart, weighed by how often it was said."""
    total = sum(one.count for one in bins)
    return sum(one.count * abs(one.said - one.right) for one in bins) / max(1, total)


@dataclass(frozen=True)
class Hour:
    """An hour's app share: true, by counting yes and no, by adding up chances, and the standard error of these."""

    true: float
    by_counting: float
    by_probability: float
    error: float

    @property
    def covered(self) -> bool:
        """Whether the band of nine in ten holds the truth."""
        return abs(self.by_probability - self.true) <= 1.645 * self.error


def hour(entries: Sequence[Entry], truth: Sequence[Passed]) -> Hour:
    """One recording taken for an hour. The band is that of independent passages with the probabilities said."""
    chances = [entry.confidence if entry.app is App.DETECTED else 1 - entry.confidence for entry in entries]
    count = max(1, len(entries))
    return Hour(
        true=sum(passed.app == "running" for passed in truth) / max(1, len(truth)),
        by_counting=sum(entry.app is App.DETECTED for entry in entries) / count,
        by_probability=sum(chances) / count,
        error=sum(chance * (1 - chance) for chance in chances) ** 0.5 / count,
    )

"""One person's way through the door, from the first broken beam until nothing can change what is said of it."""

from dataclasses import dataclass

from kiosk.decisions import App, Direction, Source


@dataclass(frozen=True, slots=True)
class Carried:
    """Probabilities of what was heard of somebody: the app, the app and another device, a device without the app."""

    app: float
    both: float
    device: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the radios say of one passage: the probability that the app ran (None: no radio listened), and why."""

    probability: float | None
    reasons: tuple[str, ...] = ()
    threshold: float = 0.5
    phone: tuple[float, float] | None = None
    """Power (dBm at one metre) of the phone that this is about, and the chance that one of those heard is meant."""
    carried: Carried | None = None

    @property
    def app(self) -> App:
        """The status that follows."""
        if self.probability is None:
            return App.UNKNOWN
        return App.DETECTED if self.probability >= self.threshold else App.NOT_DETECTED

    @property
    def confidence(self) -> float:
        """The probability (0 to 1) that this status is right; 0 where nothing was listened to."""
        if self.probability is None:
            return 0.0
        return self.probability if self.app is App.DETECTED else 1 - self.probability


NOTHING_YET = Verdict(None, ("no evidence was weighed yet",))


@dataclass(slots=True)
class Passing:
    """A passage that is open, or was until lately. Times in monotonic seconds, speed in m/s where it is known."""

    number: int
    t: float
    direction: Direction
    speed: float | None = None
    source: Source = Source.DOOR
    verdict: Verdict = NOTHING_YET
    settled: bool = False
    """Whether the evidence of the radios is complete."""
    entered: bool = False
    """Whether its entry was handed out."""
    said: App | None = None
    """What the last entry or correction said of the app."""
    pressed: bool = False
    """Whether the officer has settled it."""
    greeted: bool = False
    looks: int = 0
    """How often the evidence so far was looked at, to greet."""

    def unclear(self, sure: float) -> bool:
        """Whether the radios do not say with at least `sure` that the app ran."""
        return self.verdict.probability is None or self.verdict.probability < sure

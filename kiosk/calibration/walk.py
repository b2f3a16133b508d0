"""The walk as a state machine: which step is on, when it has heard enough, when the installer may go. Pure."""

from enum import Enum
from typing import Final

from hardware.beacons import Recogniser, Sighting
from hardware.events import Advert, Beam, Event
from kiosk.calibration.installer import Nearest, followed, nearest
from kiosk.calibration.record import Pulse, Record, Take
from kiosk.calibration.steps import Step, Task
from kiosk.debounce import Debouncer
from kiosk.doorway.layout import Layout

BUSY_SECONDS: Final = 12
"""Seconds with an advert in them after which a stand has heard enough: slow fading has changed a few times by then."""

STAND_LIMIT: Final = 45.0
"""Seconds a stand lasts at most: a phone that is 15 s on and 15 s off is on for 15 to 30 of them."""

FRESH: Final = 7.0
"""Seconds after a phone has begun to send in which a walk may start: the walk then ends within its 15 s."""

SILENT: Final = 3.0
"""Seconds without an advert after which the next one is a new start: far longer than lost adverts explain."""

STEADY: Final = 17.0
"""Seconds on end after which a phone is known to send always: longer than the 15 s of one that does not."""

WAIT_LIMIT: Final = 20.0
"""Seconds the installer waits for the phone to send: the 15 s of silence, and some for lost adverts."""

WALK_LIMIT: Final = 25.0
"""Seconds for a walk of six metres at most: a slow walker needs twelve, and some look at the terminal first."""

AFTER_BEAMS: Final = 4.0
"""Seconds listened on after the last beam: three metres beyond the door at a slow pace."""

NO_BEAMS: Final = 12.0
"""Seconds of a walk at a door without sensors, where nothing tells its end."""

MOST: Final = 200_000
"""Sightings kept: a quarter of an hour of two hundred a second; what a flood brings beyond that is let go."""


class Phase(Enum):
    """Where the walk is."""

    READY = "waits for the installer"
    WAITING = "waits for the phone to send"
    MEASURING = "measures"
    OVER = "is over"


class Walk:
    """Takes events at any time, and measures between `begin` and the end of each step.

    `begin(t)` when the installer is in place; `advance(t)` often; look at `phase`. Times are monotonic seconds.
    """

    def __init__(self, steps: tuple[Step, ...], layout: Layout, recogniser: Recogniser, hold: float) -> None:
        self._steps = steps
        self._layout = layout
        self._recogniser = recogniser
        self._beams: Debouncer[Beam] = Debouncer(hold)
        self._broken: dict[str, float] = {}
        self._start = self._go = 0.0
        self._since = 0  # how many sightings there were when the step began
        self._first: Nearest | None = None
        self._sending_since: float | None = None
        self._last_heard = float("-inf")
        self._steady = False
        self.phase = Phase.READY if steps else Phase.OVER
        self.record = Record()

    @property
    def step(self) -> Step:
        """The step that is on or comes next. Raises IndexError when the walk is over."""
        return self._steps[len(self.record.takes)]

    @property
    def nearest(self) -> Nearest | None:
        """The installer's phone as the first step told it; None before that, or when no phone was heard."""
        return self._first

    @property
    def broken_since(self) -> dict[str, float]:
        """The sensors that are broken now, and since when."""
        return dict(self._broken)

    def begin(self, t: float) -> None:
        """The installer is ready for the step. ValueError while another is on."""
        if self.phase is not Phase.READY:
            raise ValueError(f"the walk {self.phase.value}: no step can begin")
        self._start = self._go = t
        self._since = len(self.record.sightings)
        self.phase = Phase.MEASURING if self.step.task is Task.STAND else Phase.WAITING

    def handle(self, event: Event) -> None:
        """Take one event, in or out of a step."""
        match event:
            case Beam() if event.sensor in self._layout.sensors:
                self._edges(self._beams.feed(event))
            case Advert():
                sighting = self._recogniser.sighting(event)
                if sighting is not None and len(self.record.sightings) < MOST:
                    self.record.sightings.append(sighting)
                    self._heard(sighting)

    def advance(self, t: float) -> None:
        """Let time pass to monotonic second `t`."""
        self._edges(self._beams.advance(t))
        if self.phase is Phase.WAITING and (self._may_go(t) or t >= self._start + WAIT_LIMIT):
            self._go, self.phase = t, Phase.MEASURING
        elif self.phase is Phase.MEASURING and (self._enough(t) if self.step.task is Task.STAND else self._through(t)):
            self._finish(t)

    def _edges(self, edges: list[Beam]) -> None:
        for edge in edges:
            if edge.active:
                self._broken.setdefault(edge.sensor, edge.t)
            elif (begin := self._broken.pop(edge.sensor, None)) is not None:
                self.record.pulses.append(Pulse(edge.sensor, begin, edge.t))

    def _heard(self, sighting: Sighting) -> None:
        if sighting.phone not in self.record.phones:
            return
        if self._sending_since is None or sighting.t - self._last_heard > SILENT:
            self._sending_since = sighting.t
        self._last_heard = sighting.t
        self._steady = self._steady or sighting.t - self._sending_since > STEADY

    def _may_go(self, t: float) -> bool:
        """Whether the phone sends now and will go on until the walk is done."""
        if self._sending_since is None or t - self._last_heard > 1.0:
            return False
        return self._steady or t - self._sending_since < FRESH

    def _enough(self, t: float) -> bool:
        if t >= self._start + STAND_LIMIT:
            return True
        heard = [s for s in self.record.sightings[self._since :] if s.radio == self.step.radio]
        phones = self.record.phones
        if not phones:
            if t < self._start + STEADY:  # the installer's phone may be silent yet, and a desk's phone heard alone
                return False
            best = nearest(heard)
            phones = frozenset([best.phone]) if best else frozenset()
        return len({int(s.t) for s in heard if s.phone in phones}) >= BUSY_SECONDS

    def _through(self, t: float) -> bool:
        sensors = self._layout.sensors
        if not sensors:
            return t >= self._go + NO_BEAMS
        since = [pulse for pulse in self.record.pulses if pulse.begin >= self._go]
        if {pulse.sensor for pulse in since} >= set(sensors):
            return t >= max(pulse.end for pulse in since) + AFTER_BEAMS
        return t >= self._go + WALK_LIMIT

    def _finish(self, t: float) -> None:
        take = Take(self.step, self._start, self._go, t)
        sightings = self.record.sightings
        if self._first is None:
            self._first = nearest(s for s in sightings[self._since :] if s.radio == take.step.radio)
        if self._first is not None:
            self.record.phones = followed(self._first.phone, sightings)
            self._listen_again()
        self.record.takes.append(take)
        self.phase = Phase.READY if len(self.record.takes) < len(self._steps) else Phase.OVER

    def _listen_again(self) -> None:
        """Find out anew when the installer's phone was sending, now that it is known which one it is."""
        self._sending_since, self._last_heard = None, float("-inf")
        for sighting in self.record.sightings:
            self._heard(sighting)

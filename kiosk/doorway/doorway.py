"""The doorway: events of the hardware in, decisions out. Pure and deterministic: no files, no threads, no clock.

`handle` takes events as they come and is cheap; whatever needs thought happens in `advance`, which the owner calls
several times a second (more seldom only delays decisions, it does not change them).
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from hardware.beacons import Recogniser
from hardware.events import Action, Advert, Beam, Event, Press, Scanner
from kiosk.decisions import App, Closeby, Correction, Decision, Passage, Source
from kiosk.doorway.arrivals import Arrivals
from kiosk.doorway.asking import Answer, Judge, Open, Question, Then
from kiosk.doorway.bodies import Body
from kiosk.doorway.calibrated import close_of
from kiosk.doorway.crossings import Announced, Crossings
from kiosk.doorway.devices import Devices
from kiosk.doorway.greeting import Greeter
from kiosk.doorway.layout import OUTSIDE, Layout
from kiosk.doorway.listening import Listening
from kiosk.doorway.memory import DoorMemory
from kiosk.doorway.passing import Passing, Verdict
from kiosk.doorway.presses import WITHIN, Presses, entry_of
from kiosk.doorway.tracks import FORGET, Tracks
from kiosk.doorway.weighing import Weighing

SETTLE_AFTER = 28.0
"""Seconds after a passage when its evidence is complete: by then a walker is out of earshot, and a phone that goes
silent for 15 s of every 30 has been heard."""

TOGETHER = 4.0
"""Seconds by which a passage may settle early, with another: people who come together are decided together, once."""

RIVALS = 40.0
"""Seconds before and after within which other passages compete for the same phones: who came in half a minute ago and
waits inside must not be taken for who goes out now. Beyond that nothing more was gained."""

REACH = 60.0
"""Seconds before the first rival beyond which a phone that fell silent is not handed to a judge elsewhere."""

KEEP_AFTER = WITHIN + 35.0
"""Seconds a passage is remembered: a press may still settle it within 60 s, and be undone 30 s later."""

CLOSE = -58
"""dBm at the radio beside the kiosk of a phone that is held to it: the median of hand to hand at 20 cm."""

AROUND = 4.0
"""Seconds around a passage in which a radio must have listened at least half of the time; else the app is unknown."""

CLOSE_EVERY = 0.1
"""Seconds between two words of a phone that is close: nobody sees more, and a flood of close ones would fill queues."""

SUSPECT_FOR = SETTLE_AFTER + TOGETHER
"""Seconds after a flood of strangers in which entries may still rest on what was heard in it."""

CLOCK_BACK = 5.0
"""Seconds that events of different threads may be out of order; beyond that the clock was set back."""

LAST_TIME = 1e10
"""Seconds, three centuries: no monotonic clock reads more, and what does is no time (nor is NaN)."""


class Doorway:
    """Turns adverts, beams and presses into entries for one door.

    `memory` is what the same door had learned before. For comparisons: `judge` is another way to judge, and `weighing`
    the usual one with numbers of its own.
    """

    def __init__(
        self,
        layout: Layout,
        recogniser: Recogniser,
        memory: DoorMemory | None = None,
        judge: Judge | None = None,
        weighing: Weighing | None = None,
    ) -> None:
        self._layout = layout
        self._close = close_of(layout.calibration, CLOSE)
        self._recogniser = recogniser
        self._weighing = weighing or Weighing(layout, memory)
        self._judge = judge or self._weighing
        self._crossings = Crossings(layout)
        self._arrivals = None if layout.sensors else Arrivals()
        self._tracks = Tracks()
        self._devices = Devices()
        self._listening = Listening(layout.radios)
        self._presses = Presses(self._next_number, layout.two_beams)
        self._greeter = Greeter()
        self._passings: list[Passing] = []
        self._announced: int | None = None
        self._numbers = 0
        self._close_said = float("-inf")
        self._ask: Callable[[Question], None] | None = None
        self._questions = 0
        self._open: Open | None = None
        self._now = float("-inf")
        self._learned = float("-inf")

    def handle(self, event: Event) -> list[Decision]:
        """Take one event; gives what can be said at once. Cheap: thinking is left to `advance`."""
        if type(event) is Advert:
            return self._heard(event)
        if not _is_time(event.t):
            return []
        decisions = self._clock_set_back(event.t)
        match event:
            case Beam():
                self._crossings.edge(event)
            case Press():
                decisions += self._presses.apply(event, self._passings)
                if event.action is Action.INSTALLED_HERE:
                    self._greeter.installed(event.t)
            case Scanner():
                self._listening.change(event.t, event.radio, event.listening)
                if event.listening:
                    self._begin(event.t)
        return decisions

    def advance(self, t: float) -> list[Decision]:
        """Time has passed to `t` (monotonic seconds); gives whatever has become certain by then."""
        if not _is_time(t):
            return []
        decisions = self._clock_set_back(t)
        self._now = max(self._now, t)
        announced, bodies = self._crossings.at(t)
        decisions += self._announce(announced)
        decisions += self._cross(bodies)
        decisions += self._greet(t)
        decisions += self._settle(t)
        return decisions

    def finish(self, t: float) -> list[Decision]:
        """No more events come: settle everything now, and here; what is still being thought elsewhere is let go."""
        ask, self._ask, self._open = self._ask, None, None
        decisions = self._cross(self._crossings.finish(t)) + self._settle(float("inf"))
        self._ask = ask
        return decisions

    def think_elsewhere(self, ask: Callable[[Question], None]) -> None:
        """From now on hand questions to `ask`, one at a time, and expect each to come back to `answered`."""
        self._ask = ask

    def answered(self, answer: Answer) -> list[Decision]:
        """Take the answer to the open question; one to a question that is no longer open says nothing."""
        question = self._open
        if question is None or question.number != answer.number:
            return []
        self._open = None
        return question.then(question.due, answer.verdicts, self._now)

    def memory(self) -> DoorMemory:
        """What this door has learned, to be given to the next doorway here; plain numbers that identify nobody."""
        return self._weighing.memory()

    def suspect(self, t: float) -> bool:
        """Whether a flood of strangers makes doubtful what is said of the app at `t` (seconds)."""
        return t - self._tracks.suspect_until < SUSPECT_FOR

    def _heard(self, advert: Advert) -> list[Decision]:
        decisions: list[Decision] = []
        # Hundreds come each second, nearly all in their time: what is rare costs the usual advert one comparison.
        if not self._now - CLOCK_BACK <= advert.t < LAST_TIME or self._now == float("-inf"):
            if not _is_time(advert.t):
                return []
            decisions = self._clock_set_back(advert.t)
        sighting = self._recogniser.sighting(advert)
        if sighting is None:
            self._devices.add(self._recogniser.other_device(advert))
            return decisions
        self._devices.sends_app(sighting.address)
        first_heard = self._tracks.add(sighting)
        if sighting.rssi >= self._close and sighting.certain and sighting.radio != OUTSIDE:
            closeby = Closeby(sighting.t, float(sighting.rssi))
            greetings = self._greeter.close_by(closeby, first_heard)
            if greetings or abs(closeby.t - self._close_said) >= CLOSE_EVERY:
                self._close_said = closeby.t
                decisions += [closeby, *greetings]
        return decisions

    def _clock_set_back(self, t: float) -> list[Decision]:
        """Settle all and forget what was heard when time runs backwards: old and new times cannot be compared."""
        if t >= self._now - CLOCK_BACK:
            if self._now == float("-inf"):
                self._begin(t)
                self._now = self._learned = t
            return []
        decisions = self.finish(self._now)
        self._passings.clear()
        self._tracks.clear()
        self._devices.tracks.clear()
        self._now = self._learned = t
        return decisions

    def _begin(self, t: float) -> None:
        self._tracks.begin(t)
        self._devices.tracks.begin(t)

    def _next_number(self) -> int:
        self._numbers += 1
        return self._numbers

    def _announce(self, announced: Announced | None) -> list[Decision]:
        if announced is None:
            return []
        self._announced = self._next_number()
        return [Passage(self._announced, announced.t, announced.direction)]

    def _cross(self, bodies: list[Body]) -> list[Decision]:
        decisions: list[Decision] = []
        for body in bodies:
            number, self._announced = self._announced, None
            if number is None:
                number = self._next_number()
                decisions.append(Passage(number, body.t, body.direction))
            self._passings.append(Passing(number, body.t, body.direction, body.speed))
        return decisions

    def _greet(self, t: float) -> list[Decision]:
        """Look at the evidence so far of those who have just come in."""
        if self._open is not None:
            return []
        due = [p for p in self._passings if self._greeter.due(p, t) and self._greeter.worth_a_look(p, self._tracks)]
        return self._weigh(due, t, self._look) if due else []

    def _look(self, due: Sequence[Passing], verdicts: dict[int, Verdict], t: float) -> list[Decision]:
        decisions: list[Decision] = []
        for passing in due:
            passing.verdict = self._heard_enough(passing, verdicts[passing.number])
            if not passing.entered:
                decisions += self._greeter.look(passing, passing.verdict, t)
        return decisions

    def _weigh(self, due: Sequence[Passing], t: float, then: Then) -> list[Decision]:
        """Have the passages that are due judged, with their rivals, here and now or elsewhere."""
        self._tracks.join(min(t, self._now))
        self._devices.tracks.join(min(t, self._now))
        rivals = [p for p in self._passings if due[0].t - RIVALS <= p.t <= due[-1].t + RIVALS]
        now = min(t, self._now)
        phones, devices = list(self._tracks), list(self._devices.tracks)
        if self._ask is None:
            question = Question(0, self._judge, rivals, phones, devices, self._listening, now)
            return then(due, question.answer().verdicts, t)
        self._questions += 1
        self._open = Open(self._questions, due, then)
        since, passings = rivals[0].t - REACH, [replace(passing) for passing in rivals]
        phones, devices = ([track.copy() for track in some if track.last >= since] for some in (phones, devices))
        self._ask(Question(self._questions, self._judge, passings, phones, devices, self._listening.copy(), now))
        return []

    def _settle(self, t: float) -> list[Decision]:
        """Settle what is due at `t`, all of it together, since people who come together compete for the same phones."""
        if self._arrivals is not None:
            self._tracks.join(min(t, self._now))
            self._passings += self._arrivals.at(t, self._tracks, self._next_number)
        decisions: list[Decision] = []
        if self._open is None and any(not p.settled and t - p.t >= SETTLE_AFTER for p in self._passings):
            due = [p for p in self._passings if not p.settled and t - p.t >= SETTLE_AFTER - TOGETHER]
            decisions = self._weigh(due, t, self._say_all)
        self._passings = [p for p in self._passings if not p.settled or t - p.t < KEEP_AFTER]
        return decisions

    def _say_all(self, due: Sequence[Passing], verdicts: dict[int, Verdict], _t: float) -> list[Decision]:
        decisions = [decision for passing in due for decision in self._say(passing, verdicts[passing.number])]
        self._learn(due)
        self._tracks.forget(self._now - FORGET)
        self._devices.tracks.forget(self._now - FORGET)
        return decisions

    def _learn(self, due: Sequence[Passing]) -> None:
        """Of all phones that came since the last time, some were those of the passages that are settled now."""
        since, self._learned = self._learned, self._now
        came = self._tracks.take_come()
        if not self._layout.sensors or not since < self._now or self.suspect(self._now):
            return
        listened = max((self._listening.share(radio, since, self._now) for radio in self._listening.radios), default=0)
        went_through = sum(passing.verdict.probability or 0.0 for passing in due)
        self._weighing.bystanders.learn(listened * (self._now - since), came, went_through)

    def _say(self, passing: Passing, verdict: Verdict) -> list[Decision]:
        """The entry of a passage whose evidence is complete, or what became of it when the officer was first."""
        if passing.source is Source.DOOR:
            passing.verdict = self._heard_enough(passing, verdict)
            if passing.verdict.probability is not None and not self.suspect(self._now):
                self._weighing.learn(passing.verdict)
        passing.settled = True
        if not passing.entered:
            return [entry_of(passing, passing.verdict, passing.source)]
        if passing.pressed and passing.said not in (App.DETECTED, App.NOT_DETECTED, App.UNKNOWN):
            return []
        if passing.said is passing.verdict.app:
            return []
        passing.said = passing.verdict.app
        now = max(self._now, passing.t)
        return [Correction(passing.number, now, Source.DOOR, passing.said, confidence=passing.verdict.confidence)]

    def _heard_enough(self, passing: Passing, verdict: Verdict) -> Verdict:
        start, end = passing.t - AROUND, passing.t + AROUND
        if any(self._listening.share(radio, start, end) >= 0.5 for radio in self._listening.radios):
            return verdict
        return Verdict(None, ("no radio was listening around this passage",))


def _is_time(t: float) -> bool:
    return -LAST_TIME < t < LAST_TIME

"""Decides what stands on the screen and until when. Pure: decisions, cues and time in, an immutable scene out.

Nobody is singled out: a passage without a beacon brings the invitation forward in the same friendly words, a beacon
adds thanks, and the door opens alike for both.
"""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Final

from hardware.events import Action
from kiosk.decisions import Closeby, Decision, Direction, Entry, Greeting, Passage
from kiosk.desk import DeskView
from kiosk.health import Part
from kiosk.languages import Words
from kiosk.screen import acts, cards, idle, pills
from kiosk.screen.cues import Cue, Finger, HandOverEnd, Listen, Pad, Question, Saved, Undone
from kiosk.screen.motion import FRAME, Motion
from kiosk.screen.scene import Card, Corner, Pill, Scene, Tone
from kiosk.screen.touch import Touch

OPENS_IN: Final = 0.3
CLOSES_IN: Final = 0.6
"""Seconds: quick enough to belong to the passer-by, slow enough to leave calmly."""

GLANCE: Final = 5.0
"""Seconds a greeting stays: a glance at a screen lasts 4.6 s."""

LEAST_THANKS: Final = 2.5
"""Seconds thanks stay when the next person already passes: half a glance, so that both get theirs."""

LISTENS: Final = 22.0
"""Seconds the ring fills: a Bluezone phone can be silent for 15 s, and the app takes some to start."""

CHECKS: Final = 8.0
"""Seconds the screen says what to check after a ring that heard nothing: two short lines, read twice."""

WARM: Final = 8.0
"""Seconds of thanks to somebody who installed here: long enough to show a companion."""

PAD_STAYS: Final = 10.0
"""Seconds the officer's keys stay on the glass after the last touch: time to look up at the visitor and back."""

HOLDING_AFTER: Final = 0.5
"""Seconds a button is down before the screen says that holding means undo: longer than any ordinary press."""


@dataclass(slots=True)
class _Span:
    since: float = float("-inf")
    until: float = float("-inf")

    def __contains__(self, t: float) -> bool:
        return self.since <= t < self.until


@dataclass(frozen=True, slots=True)
class _Known:
    """A scene that holds from `since` to `until` unless somebody tells the stage something."""

    told: tuple[bool, bool, int | None]
    since: float
    until: float
    scene: Scene


class Stage:
    """One screen's director. Tell it what happens with `see`, `cue` and `report`; ask `at` for the scene.

    `night` holds two local "HH:MM" between which the screen is dark; `languages` is how many the screen speaks in turn.
    """

    def __init__(self, night: tuple[str, str] = ("20:00", "06:00"), languages: int = 1) -> None:
        self.recording = False
        self.enrolled = True
        self.total: int | None = None
        self._night = night
        self._languages = languages
        self._door = Motion(0, 0, 0, 0)
        self._open = _Span()
        self._passage = _Span()
        self._thanks = _Span()
        self._warm = _Span()
        self._listening = _Span()
        self._checking = _Span()
        self._pad = _Span()
        self._pressed: Touch | None = None
        self._card: Card | None = None
        self._card_span = _Span()
        self._asking: Words | None = None
        self._last_entry: float | None = None
        self._question: Question | None = None
        self._desk = DeskView()
        self._desk_since = float("-inf")
        self._faults: tuple[Part, ...] = ()
        self._unsent_days = 0
        self._awake = float("-inf")
        self._rest_since: float | None = None
        self._step_left = 0.0
        self._known: _Known | None = None

    def see(self, decision: Decision) -> None:
        """Take in what the doorway decided."""
        self._known = None
        match decision:
            case Passage(t=t, direction=direction):
                self._open_door(t)
                if direction is Direction.IN:
                    self._passage = _Span(t, t + GLANCE)
                    self._thanks.until = min(self._thanks.until, max(t, self._thanks.since + LEAST_THANKS))
            case Greeting(t=t, first_after_install=first):
                self._greet(t, first)
            case Closeby(t=t):
                if t in self._listening or t in self._checking:
                    self._greet(t, True)
            case Entry(t=t, direction=Direction.IN):
                self._last_entry = t
            case _:
                pass

    def cue(self, cue: Cue) -> None:
        """Take in what the officer's desk, the logbook or a touch has to say."""
        self._known = None
        self._wake(cue.t)
        match cue:
            case Listen() | Pad() | Finger():
                self._touch(cue)
            case Question():
                self._question = cue
            case HandOverEnd(t=t):
                self._card_span.until = t
            case _:
                self._answer(cue)

    def _touch(self, cue: Listen | Pad | Finger) -> None:
        t = cue.t
        match cue:
            case Listen() if t in self._listening or t in self._checking:
                self._listening.until = self._checking.until = t  # a second touch brings the code back
            case Listen():
                self._listen(t)
            case Pad(wanted=wanted):
                self._pad = _Span(t, t + PAD_STAYS if wanted else t)
            case Finger(on=on):
                self._pressed = on
                if t in self._pad:
                    self._pad.until = t + PAD_STAYS

    def _answer(self, cue: Cue) -> None:
        if isinstance(cue, Saved):
            self.total = cue.total
            self._question = None
            if cue.action is not Action.EXIT:
                self._last_entry = cue.t
            if cue.action is Action.INSTALLED_HERE:
                # The card is read first; then the kiosk wants to hear the phone that was just set up.
                self._listen(cue.t + cards.STAYS)
        if isinstance(cue, Undone) and cue.action is Action.INSTALLED_HERE:
            self._listening.until = self._checking.until = cue.t
        self._asking = cards.asking(cue)
        if self._asking is None:
            self._pad.until = cue.t  # the answer stands where the keys were
        self._card = cards.card(cue)
        self._card_span = _Span(cue.t, cue.t + cards.stays(cue))

    def desk(self, view: DeskView, t: float) -> None:
        """Take in what the officer is doing: a group being typed, a button being held."""
        if view != self._desk:
            self._known = None
            self._desk, self._desk_since = view, t
            self._wake(t)

    def report(self, faults: Iterable[Part], unsent_days: int = 0) -> None:
        """Take in what does not work, and for how many days nothing reached the district."""
        told = (tuple(faults), unsent_days)
        if told != (self._faults, self._unsent_days):
            self._known = None
            self._faults, self._unsent_days = told

    def at(self, t: float, local: datetime.datetime) -> tuple[Scene, float]:
        """Return the scene at monotonic time `t` and local time `local`, and when (monotonic) it changes next."""
        until = self.holds_until(t)
        if self._known is not None and until is not None:
            return self._known.scene, until
        scene = self._scene(t, local)
        until = self._next_change(t, local)
        self._known = _Known(self._told(), t, until, scene)
        return scene, until

    def holds_until(self, t: float) -> float | None:
        """Until when the last scene still holds at monotonic time `t`; None when `at` has to be asked anew.

        It spares the main thread the local time and the comparison of scenes at every look for keys.
        """
        known = self._known
        return known.until if known and known.told == self._told() and known.since <= t < known.until else None

    def _told(self) -> tuple[bool, bool, int | None]:
        return self.recording, self.enrolled, self.total

    def _scene(self, t: float, local: datetime.datetime) -> Scene:
        if t >= self._open.until and self._door.end == 1:
            self._door = Motion(self._door.value(self._open.until), 0, self._open.until, CLOSES_IN)
        if self._awake == float("-inf"):
            self._awake = t  # the screen starts awake
        dark = idle.is_night(local.time(), self._night) or t - self._awake > idle.DARK_AFTER
        scene = self._act(t)
        resting = scene is None and self._card_now(t) is None and t not in self._pad
        if not resting or self._rest_since is None:
            self._rest_since = t
        rest = idle.rest(t - self._rest_since, self._languages)
        scene = scene or Scene("invite", Words("invite.headline"), step=rest.step, language=rest.language)
        self._step_left = rest.seconds_left
        return replace(
            scene,
            opening=round(self._door.value(t), 3),
            card=self._card_now(t),
            pad=t in self._pad,
            pressed=self._pressed if t in self._pad else None,
            notice=Words("notice.recording" if self.recording else "notice"),
            corner=self._corner(t, local),
            night=dark,
            shift=idle.shift(t),
        )

    def _greet(self, t: float, first: bool) -> None:
        self._open_door(t)
        if first:
            self._listening.until = self._checking.until = t
            self._warm = _Span(t, t + WARM)
            self._open.until = t + WARM
        else:
            self._thanks = _Span(t, t + GLANCE)

    def _open_door(self, t: float) -> None:
        self._wake(t)
        if self._door.end != 1:
            self._door = Motion(self._door.value(t), 1, t, OPENS_IN)
        self._open = _Span(t, max(self._open.until, t + GLANCE))

    def _listen(self, t: float) -> None:
        begin = max(t, self._thanks.since + LEAST_THANKS) if t in self._thanks else t
        self._listening = _Span(begin, begin + LISTENS)
        self._checking = _Span(begin + LISTENS, begin + LISTENS + CHECKS)

    def _wake(self, t: float) -> None:
        self._awake = max(self._awake, t)

    def _act(self, t: float) -> Scene | None:
        """The scene of what is going on, in order of whom it is for; None at rest."""
        builders: tuple[tuple[_Span, Callable[[], Scene]], ...] = (
            (self._warm, lambda: acts.thanking("installed")),
            (self._listening, lambda: acts.listening(round((t - self._listening.since) / LISTENS, 3))),
            (self._checking, acts.checking),
            (self._thanks, lambda: acts.thanking("thanks")),
            (self._passage, lambda: Scene("passage", Words("passage.headline"))),
        )
        return next((build() for span, build in builders if t in span), None)

    def _card_now(self, t: float) -> Card | None:
        typing = self._desk.group > 1 and t - self._desk_since < cards.STAYS
        if typing and self._desk_since >= self._card_span.since:
            return cards.group(self._desk.group)
        if t in self._card_span:
            return self._card
        held = self._desk.held_since
        if held is not None and t - held >= HOLDING_AFTER:
            return cards.HOLDING
        return None

    def _corner(self, t: float, local: datetime.datetime) -> Corner:
        shown: list[Pill] = []
        if self._desk.group > 1:
            shown.append(Pill(Words.of("group.title", count=self._desk.group), Tone.ASK))
        if t in self._pad and t in self._card_span and self._asking is not None:
            shown.append(Pill(self._asking, Tone.ASK))
        if self._question is not None and t < self._question.until:
            shown.append(Pill(Words.of("question.title", time=self._question.time), Tone.ASK))
        shown += self._standing(t, local)
        clock_is_set = not any(part.name == "clock" for part in self._faults)
        last = self._last_entry
        return Corner(
            time=f"{local:%H:%M}" if clock_is_set else "--:--",
            total=self.total,
            last=f"{local - datetime.timedelta(seconds=t - last):%H:%M}" if last is not None and clock_is_set else "",
            pills=tuple(shown),
        )

    def _standing(self, t: float, local: datetime.datetime) -> list[Pill]:
        """What stays until somebody sees to it; each in turn stands in front."""
        standing = pills.fault_pills(self._faults, t, local, self._unsent_days)
        if self.recording:
            standing.append(Pill(Words("corner.recording"), Tone.ASK))
        if not self.enrolled:
            standing.append(Pill(Words("corner.first_start"), Tone.ASK))
        first = int(t // pills.TURN) % len(standing) if standing else 0
        return standing[first:] + standing[:first]

    def _next_change(self, t: float, local: datetime.datetime) -> float:
        spans = (
            self._open,
            self._passage,
            self._thanks,
            self._warm,
            self._listening,
            self._checking,
            self._pad,
            self._card_span,
        )
        moments = [moment for span in spans for moment in (span.since, span.until)]
        moments += [t + 60 - local.second - local.microsecond / 1e6, t + self._step_left, idle.next_shift(t)]
        moments.append((t // pills.TURN + 1) * pills.TURN)
        moments += [self._awake + idle.DARK_AFTER, self._desk_since + cards.STAYS]
        if self._desk.held_since is not None:
            moments.append(self._desk.held_since + HOLDING_AFTER)
        if self._question is not None:
            moments.append(self._question.until)
        if self._door.moving(t):
            moments.append(t + FRAME)
        if t in self._listening:
            moments.append(t + 2 * FRAME)
        return min(moment for moment in moments if moment > t)

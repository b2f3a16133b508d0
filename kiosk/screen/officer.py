"""What the officer sees: answers on a card, the keys on the glass, what is asked and what is wrong. Pure."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from hardware.events import Action
from kiosk.desk import DeskView
from kiosk.health import Part
from kiosk.languages import Words
from kiosk.screen import cards, pills
from kiosk.screen.cues import Cue, Finger, HandOverEnd, Listen, Pad, Question, Saved, StickCue
from kiosk.screen.scene import Card, Corner, Pill, Tone
from kiosk.screen.span import Span
from kiosk.screen.touch import Touch

PAD_STAYS: Final = 10.0
"""Seconds the officer's keys stay on the glass after the last touch: time to look up at the visitor and back."""

HOLDING_AFTER: Final = 0.5
"""Seconds a button is down before the screen says that holding means undo: longer than any ordinary press."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What stands in the corner until somebody says otherwise; `total` are today's arrivals, None while not counted."""

    recording: bool = False
    enrolled: bool = True
    total: int | None = None


class OfficersSide:
    """The officer's side of the stage. All times are monotonic seconds."""

    def __init__(self) -> None:
        self._pad = Span()
        self._pressed: Touch | None = None
        self._card: Card | None = None
        self._card_span = Span()
        self._asking: Words | None = None
        self._last_entry: float | None = None
        self._question: Question | None = None
        self._stick: StickCue | None = None
        self._desk = DeskView()
        self._desk_since = float("-inf")
        self._faults: tuple[Part, ...] = ()
        self._unsent_days = 0

    def cue(self, cue: Cue) -> None:
        """Take in what the officer's desk, the logbook or a touch has to say."""
        match cue:
            case Listen():
                pass  # the visitors' alone
            case Pad(t=t, wanted=wanted):
                self._pad = Span(t, t + PAD_STAYS if wanted else t)
            case Finger(t=t, on=on):
                self._pressed = on
                if t in self._pad:
                    self._pad.until = t + PAD_STAYS
            case Question():
                self._question = cue
            case HandOverEnd(t=t):
                self._card_span.until = t
            case _:
                if isinstance(cue, StickCue):
                    self._stick = cue
                self._answer(cue)

    def _answer(self, cue: Cue) -> None:
        if isinstance(cue, Saved):
            self._question = None
            if cue.action is not Action.EXIT:
                self._last_entry = cue.t
        self._asking = cards.asking(cue)
        if self._asking is None:
            self._pad.until = cue.t  # the answer stands where the keys were
        self._card = cards.card(cue)
        self._card_span = Span(cue.t, cue.t + cards.stays(cue))

    def came_in(self, t: float) -> None:
        """Somebody was logged as an arrival at `t`."""
        self._last_entry = t

    def desk(self, view: DeskView, t: float) -> bool:
        """Take in what the officer is doing: a group being typed, a button being held; return whether that is news."""
        if view == self._desk:
            return False
        self._desk, self._desk_since = view, t
        return True

    def report(self, faults: Iterable[Part], unsent_days: int) -> bool:
        """Take in what does not work, and for how many days nothing was sent; return whether that is news."""
        told = (tuple(faults), unsent_days)
        news = told != (self._faults, self._unsent_days)
        self._faults, self._unsent_days = told
        return news

    def pad(self, t: float) -> bool:
        """Whether the keys lie on the glass."""
        return t in self._pad

    def pressed(self, t: float) -> Touch | None:
        """The key under a finger."""
        return self._pressed if t in self._pad else None

    def card(self, t: float) -> Card | None:
        """The answer that stands over the steps."""
        typing = self._desk.group > 1 and t - self._desk_since < cards.STAYS
        if typing and self._desk_since >= self._card_span.since:
            return cards.group(self._desk.group)
        if t in self._card_span:
            return self._card
        for held, card in ((self._desk.pair_since, cards.HOLDING_PAIR), (self._desk.held_since, cards.HOLDING)):
            if held is not None and t - held >= HOLDING_AFTER:
                return card
        return None

    def corner(self, t: float, local: datetime.datetime, facts: Facts) -> Corner:
        """The corner at `t`, which is the local time `local`."""
        shown = pills.stick_pills(self._stick, t)
        if self._desk.group > 1:
            shown.append(Pill(Words.of("group.title", count=self._desk.group), Tone.ASK))
        if t in self._pad and t in self._card_span and self._asking is not None:
            shown.append(Pill(self._asking, Tone.ASK))
        if self._question is not None and t < self._question.until:
            shown.append(Pill(Words.of("question.title", time=self._question.time), Tone.ASK))
        shown += self._standing(t, local, facts)
        clock_is_set = not any(part.name == "clock" for part in self._faults)
        last = self._last_entry
        return Corner(
            time=f"{local:%H:%M}" if clock_is_set else "--:--",
            total=facts.total,
            last=f"{local - datetime.timedelta(seconds=t - last):%H:%M}" if last is not None and clock_is_set else "",
            pills=tuple(shown),
        )

    def moments(self, t: float) -> list[float]:
        """When something here changes, past moments among them."""
        moments = [moment for span in (self._pad, self._card_span) for moment in (span.since, span.until)]
        moments += [(t // pills.TURN + 1) * pills.TURN, self._desk_since + cards.STAYS]
        held = (self._desk.held_since, self._desk.pair_since)
        moments += [since + HOLDING_AFTER for since in held if since is not None]
        if self._stick is not None:
            moments.append(self._stick.t + pills.STICK_STAYS)
        if self._question is not None:
            moments.append(self._question.until)
        return moments

    def _standing(self, t: float, local: datetime.datetime, facts: Facts) -> list[Pill]:
        """What stays until somebody sees to it; each in turn stands in front."""
        standing = pills.fault_pills(self._faults, t, local, self._unsent_days)
        if facts.recording:
            standing.append(Pill(Words("corner.recording"), Tone.ASK))
        if not facts.enrolled:
            standing.append(Pill(Words("corner.first_start"), Tone.ASK))
        first = int(t // pills.TURN) % len(standing) if standing else 0
        return standing[first:] + standing[:first]

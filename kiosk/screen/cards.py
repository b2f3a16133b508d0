"""The cards that answer the officer: one for each cue."""

from typing import Final

from kiosk.languages import Words
from kiosk.screen.cues import (
    Cue,
    HandOver,
    HandOverAsk,
    NoOfficers,
    NotSaved,
    PinAsk,
    Refused,
    Saved,
    StickBegun,
    StickDone,
    StickFailed,
    Undone,
)
from kiosk.screen.scene import Card, Tone

STAYS: Final = 2.0
"""Seconds a confirmation stays: twice what the officer needs, and no longer over the steps than that."""

STAYS_LONGER: Final = 6.0
"""Seconds for what has to be read: a press that was not saved, the totals of a shift."""

WAITS: Final = 20.0
"""Seconds the hand-over waits for a digit."""

HOLDING: Final = Card(Words("holding.title"), Words("holding.line"), Tone.ASK)
HOLDING_PAIR: Final = Card(Words("holding_pair.title"), Words("holding.line"), Tone.ASK)


def stays(cue: Cue) -> float:
    """Seconds the card of this cue stays."""
    match cue:
        case HandOverAsk() | PinAsk():
            return WAITS
        case NotSaved() | HandOver() | NoOfficers() | StickDone() | StickFailed():
            return STAYS_LONGER
        case _:
            return STAYS


def card(cue: Cue) -> Card | None:
    """The card of this cue; None when it has none."""
    match cue:
        case Saved(action=action, total=total, count=count):
            key = "saved.title" if count == 1 else "saved_group.title"
            title = Words.of(key, action=Words(f"action.{action}"), count=count)
            return Card(title, Words.of("saved.line", total=total))
        case Undone(action=action, total=total):
            title = Words.of("undone.title", action=Words(f"action.{action}"))
            return Card(title, Words.of("undone.line", total=total))
        case NotSaved():
            return Card(Words("not_saved.title"), Words("not_saved.line"), Tone.BAD)
        case Refused():
            return Card(Words("refused.title"), Words("refused.line"), Tone.ASK)
        case StickBegun():
            return Card(Words("stick.title"), Words("stick.line"), Tone.WAIT)
        case StickDone():
            return Card(Words("stick_done.title"), Words("stick_done.line"))
        case StickFailed(trouble=trouble):
            return Card(Words(f"stick_{trouble}.title"), Words(f"stick_{trouble}.line"), Tone.BAD)
        case _:
            return _shift_card(cue)


def _shift_card(cue: Cue) -> Card | None:
    match cue:
        case HandOver(officer=officer, previous=previous, total=total, detected=detected):
            key = "handover.line" if previous else "handover.line_first"
            line = Words.of(key, previous=previous, total=total, detected=detected)
            return Card(Words.of("handover.title", officer=officer), line)
        case NoOfficers():
            return Card(Words("handover_none.title"), Words("handover_none.line"), Tone.ASK)
        case HandOverAsk(officers=officers):
            choices = " · ".join(f"{number} {name}" for number, name in enumerate(officers, start=1))
            return Card(Words("handover_ask.title"), Words.of("handover_ask.line", choices=choices), Tone.ASK)
        case PinAsk(officer=officer, digits=digits):
            line = Words.of("handover_pin.line", count=digits) if digits else Words("handover_pin.line_first")
            return Card(Words.of("handover_pin.title", officer=officer), line, Tone.ASK)
        case _:
            return None


def group(count: int) -> Card:
    """The card while a group is being typed."""
    return Card(Words.of("group.title", count=count), Words("group.line"), Tone.ASK)


def asking(cue: Cue) -> Words | None:
    """What the corner asks while the keys lie where the card would; None for a cue that waits for no digit."""
    answer = card(cue)
    match cue:
        case HandOverAsk():
            return answer.line if answer else None
        case PinAsk():
            return answer.title if answer else None
        case _:
            return None

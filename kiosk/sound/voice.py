"""Which sound belongs to what happened: the officer's answers get a tone, an arrival perhaps a spoken invitation."""

import datetime
from typing import Protocol

from kiosk.decisions import Decision, Direction, Passage
from kiosk.screen.cues import Cue, NotSaved, Refused, Saved, StickDone, StickFailed, Undone
from kiosk.sound.moments import Moments
from kiosk.sound.tones import Tone


class Speaker(Protocol):
    """`kiosk.sound.player.Player`, or whatever stands in for it."""

    def tone(self, tone: Tone, t: float) -> bool:
        """Play a tone."""

    def invite(self, t: float) -> bool:
        """Speak the invitation."""

    def rest(self, t: float) -> None:
        """Let go of the device when it has been silent."""

    def close(self) -> None:
        """Let go of the device."""


class Voice:
    """Hears what happens and lets it be heard."""

    def __init__(self, speaker: Speaker, moments: Moments) -> None:
        self._speaker = speaker
        self._moments = moments

    def cue(self, cue: Cue) -> None:
        """Answer the officer."""
        match cue:
            case Saved(t=t) | StickDone(t=t):
                self._speaker.tone(Tone.SAVED, t)
            case Undone(t=t):
                self._speaker.tone(Tone.UNDONE, t)
            case NotSaved(t=t) | Refused(t=t) | StickFailed(t=t):
                self._speaker.tone(Tone.TROUBLE, t)
            case _:
                pass

    def see(self, decision: Decision, local: datetime.datetime) -> None:
        """Invite whoever comes in, at local time `local`, when it is time to; the same words for everybody."""
        if (
            isinstance(decision, Passage)
            and decision.direction is Direction.IN
            and self._moments.may_invite(decision.t, local)
        ):
            self._speaker.invite(decision.t)

    def turn(self, t: float) -> None:
        """Let time pass to monotonic second `t`."""
        self._speaker.rest(t)

    def close(self) -> None:
        """Be silent."""
        self._speaker.close()

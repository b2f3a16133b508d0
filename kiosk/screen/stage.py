"""Decides what stands on the screen and until when. Pure: decisions, cues and time in, an immutable scene out.

It has two sides, the visitors' and the officer's; the stage puts them together, and knows rest and night.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace

from hardware.events import Action
from kiosk.decisions import Decision, Direction, Entry
from kiosk.desk import DeskView
from kiosk.health import Part
from kiosk.languages import Words
from kiosk.screen import cards, idle
from kiosk.screen.cues import Cue, Listen, Saved, Undone
from kiosk.screen.officer import Facts, OfficersSide
from kiosk.screen.scene import Scene
from kiosk.screen.visitors import Visitors


@dataclass(frozen=True, slots=True)
class _Known:
    """A scene that holds from `since` to `until` unless somebody tells the stage something."""

    facts: Facts
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
        self._visitors = Visitors()
        self._officer = OfficersSide()
        self._awake = float("-inf")
        self._rest_since: float | None = None
        self._step_left = 0.0
        self._known: _Known | None = None

    def see(self, decision: Decision) -> None:
        """Take in what the doorway decided."""
        self._known = None
        if self._visitors.see(decision):
            self._wake(decision.t)
        if isinstance(decision, Entry) and decision.direction is Direction.IN:
            self._officer.came_in(decision.t)

    def cue(self, cue: Cue) -> None:
        """Take in what the officer's desk, the logbook or a touch has to say."""
        self._known = None
        self._wake(cue.t)
        self._officer.cue(cue)
        match cue:
            case Listen(t=t):
                self._visitors.touch(t)
            case Saved(t=t, action=action, total=total):
                self.total = total
                if action is Action.INSTALLED_HERE:
                    # The card is read first; then the kiosk wants to hear the phone that was just set up.
                    self._visitors.listen(t + cards.STAYS)
            case Undone(t=t, action=Action.INSTALLED_HERE):
                self._visitors.stop_listening(t)
            case _:
                pass

    def desk(self, view: DeskView, t: float) -> None:
        """Take in what the officer is doing: a group being typed, a button being held."""
        if self._officer.desk(view, t):
            self._known = None
            self._wake(t)

    def report(self, faults: Iterable[Part], unsent_days: int = 0) -> None:
        """Take in what does not work, and for how many days nothing reached the district."""
        if self._officer.report(faults, unsent_days):
            self._known = None

    def at(self, t: float, local: datetime.datetime) -> tuple[Scene, float]:
        """Return the scene at monotonic time `t` and local time `local`, and when (monotonic) it changes next."""
        until = self.holds_until(t)
        if self._known is not None and until is not None:
            return self._known.scene, until
        scene = self._scene(t, local)
        until = self._next_change(t, local)
        self._known = _Known(self._facts(), t, until, scene)
        return scene, until

    def holds_until(self, t: float) -> float | None:
        """Until when the last scene still holds at monotonic time `t`; None when `at` has to be asked anew.

        It spares the main thread the local time and the comparison of scenes at every look for keys.
        """
        known = self._known
        return known.until if known and known.facts == self._facts() and known.since <= t < known.until else None

    def _facts(self) -> Facts:
        return Facts(self.recording, self.enrolled, self.total)

    def _scene(self, t: float, local: datetime.datetime) -> Scene:
        if self._awake == float("-inf"):
            self._awake = t  # the screen starts awake
        officer = self._officer
        scene, card, pad = self._visitors.act(t), officer.card(t), officer.pad(t)
        if scene is not None or card is not None or pad or self._rest_since is None:
            self._rest_since = t
        rest = idle.rest(t - self._rest_since, self._languages)
        self._step_left = rest.seconds_left
        scene = scene or Scene("invite", Words("invite.headline"), step=rest.step, language=rest.language)
        return replace(
            scene,
            opening=self._visitors.opening(t),
            card=card,
            pad=pad,
            pressed=officer.pressed(t),
            notice=Words("notice.recording" if self.recording else "notice"),
            corner=officer.corner(t, local, self._facts()),
            night=idle.is_night(local.time(), self._night) or t - self._awake > idle.DARK_AFTER,
            shift=idle.shift(t),
        )

    def _wake(self, t: float) -> None:
        self._awake = max(self._awake, t)

    def _next_change(self, t: float, local: datetime.datetime) -> float:
        moments = [*self._visitors.moments(t), *self._officer.moments(t)]
        moments += [t + 60 - local.second - local.microsecond / 1e6, t + self._step_left, idle.next_shift(t)]
        moments.append(self._awake + idle.DARK_AFTER)
        return min(moment for moment in moments if moment > t)

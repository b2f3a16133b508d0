"""Nothing is confirmed before it is saved: holds each press back until the logbook has all that it led to. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from kiosk.decisions import Correction, Entry, Pressed

Written = Entry | Correction


@dataclass(slots=True)
class Answers:
    """The presses that wait for the logbook, oldest first. A press must be noted before what it led to is written."""

    _waiting: list[tuple[Pressed, set[Written]]] = field(default_factory=list)

    def pressed(self, pressed: Pressed) -> bool:
        """Note a press; return False when it led to nothing, so that there is nothing to wait for."""
        if pressed.led_to:
            self._waiting.append((pressed, set(pressed.led_to)))
        return bool(pressed.led_to)

    def saved(self, decisions: Iterable[Written]) -> list[Pressed]:
        """Note what is on the disk; return the presses that are thereby complete, in the order of pressing."""
        for decision in decisions:
            for _, missing in self._waiting:
                missing.discard(decision)
        done = [pressed for pressed, missing in self._waiting if not missing]
        self._waiting = [(pressed, missing) for pressed, missing in self._waiting if missing]
        return done

    def lost(self, decisions: Iterable[Written]) -> list[Pressed]:
        """Note what will never be saved; return the presses that wait for it, which are waited for no more."""
        gone = set(decisions)
        lost = [pressed for pressed, missing in self._waiting if missing & gone]
        self._waiting = [(pressed, missing) for pressed, missing in self._waiting if not missing & gone]
        return lost

    def late(self, decisions: Iterable[Written]) -> list[Pressed]:
        """Return the presses that wait for these decisions, which are tried again and still waited for."""
        those = set(decisions)
        return [pressed for pressed, missing in self._waiting if missing & those]

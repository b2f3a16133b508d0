"""What became of every entry once all corrections are in: the view `current_entries` of the logbook, in memory."""

from collections.abc import Iterable
from dataclasses import replace

from kiosk.decisions import Correction, Decision, Entry


class Outcomes:
    """Gathers decisions; `entries` is how they stand."""

    def __init__(self) -> None:
        self._entries: dict[int, Entry] = {}

    def add(self, decisions: Iterable[Decision]) -> None:
        """Take the entries and corrections among these decisions."""
        for decision in decisions:
            match decision:
                case Entry():
                    self._entries[decision.number] = decision
                case Correction():
                    self._correct(decision)

    def get(self, number: int) -> Entry | None:
        """The entry of that number as it stands; None when it was cancelled or never made."""
        return self._entries.get(number)

    @property
    def entries(self) -> list[Entry]:
        """The entries that were not cancelled, corrected, in order of time."""
        return sorted(self._entries.values(), key=lambda entry: (entry.t, entry.number))

    def _correct(self, correction: Correction) -> None:
        entry = self._entries.get(correction.corrects)
        if entry is None:
            return
        if correction.cancelled:
            del self._entries[correction.corrects]
            return
        self._entries[correction.corrects] = replace(
            entry,
            app=correction.app or entry.app,
            direction=correction.direction or entry.direction,
            confidence=correction.confidence,
            source=correction.source,
        )

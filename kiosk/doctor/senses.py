"""Radio, door and buttons, tried for some seconds: how many adverts are heard, which lines moved."""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from hardware.events import Advert, Beam, Button, Event
from kiosk.doctor.finding import Finding, Grade
from kiosk.errors import KioskError

if TYPE_CHECKING:
    from hardware.radio import RadioState
    from kiosk.equipment import Hardware

STEP: Final = 0.25
"""Seconds between two words about the progress."""


class Senses:
    """Listens to all hardware at once and counts what comes; holds nothing that could be told from another's phone."""

    def __init__(self, hardware: "Hardware") -> None:
        self._hardware = hardware
        self._refused: dict[str, str] = {}
        self.adverts: Counter[str] = Counter()
        self.moved: Counter[str] = Counter()

    def listen(self, seconds: float, progress: Callable[[int, int], None] = lambda _done, _everything: None) -> None:
        """Open everything, count for so many seconds, close everything."""
        for source in self._hardware.sources:
            try:
                source.hardware.start(self._count)
            except KioskError as error:
                self._refused[source.name] = str(error)
        started = time.monotonic()
        try:
            while (passed := time.monotonic() - started) < seconds:
                progress(round(passed / STEP), round(seconds / STEP))
                time.sleep(min(STEP, seconds - passed))
            self._states = [state() for state in self._hardware.radios]
        finally:
            for source in self._hardware.sources:
                source.hardware.stop()

    def findings(self, sensors: Sequence[str], seconds: float) -> Iterator[Finding]:
        """What was heard and seen."""
        for state in self._states:
            yield self._radio(state, seconds)
        names = {source.name for source in self._hardware.sources}
        if "door" in names:
            yield self._lines("door", sensors, "break each beam while this runs to see it")
        if "panel" in names:
            yield self._lines("panel", (), "press each button while this runs to see it")

    def _radio(self, state: "RadioState", seconds: float) -> Finding:
        name = f"radio:{state.name}"
        count = self.adverts[state.name]
        if not state.listening:
            return Finding(name, Grade.FAULT, state.reason or self._refused.get(name, "it does not listen"))
        way = f"{state.adapter or 'first adapter'}, {state.mode}, {count} adverts in {seconds:.0f} s"
        if count == 0:
            return Finding(name, Grade.REMARK, f"{way}: hold a phone with Bluetooth on beside it and try again")
        return Finding(name, Grade.OK, way)

    def _lines(self, part: str, names: Sequence[str], advice: str) -> Finding:
        if part in self._refused:
            return Finding(part, Grade.FAULT, self._refused[part])
        moved = {name: count for name, count in self.moved.items() if name.startswith(f"{part} ")}
        seen = ", ".join(f"{name.removeprefix(part + ' ')} {count} times" for name, count in sorted(moved.items()))
        still = [name for name in names if f"{part} {name}" not in moved]
        if still or not seen:
            quiet = f"nothing of {', '.join(still)}" if still else "nothing"
            return Finding(part, Grade.REMARK, f"opened; {quiet} seen{f', {seen}' if seen else ''}: {advice}")
        return Finding(part, Grade.OK, f"opened; {seen}")

    def _count(self, event: Event) -> None:
        match event:
            case Advert():
                self.adverts[event.radio] += 1
            case Beam(active=True):
                self.moved[f"door {event.sensor}"] += 1
            case Button(down=True):
                self.moved[f"panel {event.action}"] += 1

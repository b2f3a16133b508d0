"""What works, what does not, and since when: one value a part, for the log, the screen's corner and the lamp."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum


class State(StrEnum):
    """How a part is. `off` is not wanted by the settings, so it is no fault."""

    OK = "ok"
    DEGRADED = "degraded"
    DOWN = "down"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Part:
    """One part (`radio:inside`, `door`, `panel`, `screen`, `logbook`, `clock`, ...) since monotonic time `since`."""

    name: str
    state: State
    since: float
    detail: str = ""

    @property
    def code(self) -> str:
        """The code that begins `detail` ("L7 a backup was restored"), for whoever is asked for help; mostly empty."""
        first = self.detail.partition(" ")[0]
        return first if re.fullmatch(r"[A-Z]\d", first) else ""


class Health:
    """The latest word of each part."""

    def __init__(self) -> None:
        self._parts: dict[str, Part] = {}

    def report(self, name: str, state: State, detail: str = "", *, t: float) -> bool:
        """Note how a part is at monotonic time `t`; return whether that is news worth a line in the log."""
        known = self._parts.get(name)
        if known is not None and known.state is state:
            self._parts[name] = replace(known, detail=detail)
            return known.detail != detail
        self._parts[name] = Part(name, state, t, detail)
        return True

    def faults(self) -> list[Part]:
        """The parts that do not work as they should, in the order in which they were first heard of."""
        return [part for part in self if part.state in (State.DEGRADED, State.DOWN)]

    def __iter__(self) -> Iterator[Part]:
        return iter(list(self._parts.values()))

"""From the raw edges of a pin to what happened: bounce taken out, stuck lines found. Pure: time is a parameter."""

from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from hardware.events import Beam, Button

STUCK_SECONDS = 120.0
"""After which an active line is a fault: nobody stands in a beam or leans on a button for two minutes, while a box put
down in the doorway or a cable torn off does so all day."""

Edge = TypeVar("Edge", Beam, Button)


@dataclass(slots=True)
class _Line(Generic[Edge]):
    """One pin: `last` is its latest raw edge, `stable` what it is taken to be.

    `since` is when it last left rest, None while it rests.
    """

    last: Edge
    stable: bool = False
    settled: bool = True
    since: float | None = None


class Debouncer(Generic[Edge]):
    """Takes raw edges of beams or of buttons, and gives those that held for `hold` seconds.

    A stable edge bears the time of the raw edge after which nothing moved any more, and is given `hold` seconds later:
    call `advance` as time passes, or feed the next edge. Times must not go back; edges come out in order of time.
    All lines are taken to be inactive in the beginning.
    """

    def __init__(self, hold: float, stuck_after: float = STUCK_SECONDS) -> None:
        self._hold = hold
        self._stuck_after = stuck_after
        self._lines: dict[str, _Line[Edge]] = {}

    def feed(self, edge: Edge) -> list[Edge]:
        """Take a raw edge; return the edges, of this and other lines, that proved stable up to its time."""
        stable = self.advance(edge.t)
        name = line_name(edge)
        line = self._lines.get(name)
        if line is None:
            line = self._lines[name] = _Line(_with_state(edge, False))
        if is_active(edge) is is_active(line.last):
            return stable
        line.last = edge
        line.settled = False
        if line.since is None:
            line.since = edge.t
        return stable if self._hold else stable + self.advance(edge.t)

    def advance(self, t: float) -> list[Edge]:
        """Let time pass until `t`; return the edges that have proved stable by then."""
        due = [line for line in self._lines.values() if not line.settled and t >= line.last.t + self._hold]
        stable = []
        for line in sorted(due, key=lambda line: line.last.t):
            active = is_active(line.last)
            if active is not line.stable:
                stable.append(line.last)
            line.stable, line.settled = active, True
            if not active:
                line.since = None
        return stable

    def due(self) -> float | None:
        """Return when `advance` has something to decide next, None when all lines rest."""
        return min((line.last.t + self._hold for line in self._lines.values() if not line.settled), default=None)

    def stuck(self, t: float) -> tuple[str, ...]:
        """Return the names of the lines that have not been at rest for too long: held active, or never still."""
        return tuple(
            name
            for name, line in list(self._lines.items())
            if line.since is not None and t - line.since > self._stuck_after
        )


def line_name(edge: Beam | Button) -> str:
    """Return the name of the line an edge belongs to: its sensor or its action."""
    return edge.sensor if isinstance(edge, Beam) else edge.action.value


def is_active(edge: Beam | Button) -> bool:
    """Tell whether the edge leaves its line active: beam broken, button down."""
    return edge.active if isinstance(edge, Beam) else edge.down


def _with_state(edge: Edge, active: bool) -> Edge:
    if isinstance(edge, Beam):
        return replace(edge, active=active)
    return replace(edge, down=active)

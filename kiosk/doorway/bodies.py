"""The pulses of two beams explained as the smallest set of bodies that throws just these shadows.

A body crosses at its own speed v (m/s) and is about as deep as the beams are apart, s (m). It breaks each beam once,
for depth / v seconds, and the second beam s / v seconds (the lag) after the first. People who overlap merge their
pulses, so pulses cannot simply be paired: two abreast leave one pulse on each beam, but one too long for its lag.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kiosk.decisions import Direction
from kiosk.doorway.beams import Pulse

DEPTH = 0.3
"""Metres through a clothed adult from chest to back, with the swing of an arm (anthropometric tables: 0.22 to 0.35)."""

SPEEDS = (0.35, 2.2)
"""Metres a second at which people go through a door, from a slow old person to a hurry."""

USUAL_SPEED = 1.05
"""Metres a second: most people slow down for a door."""

TOLERANCE = 0.06
"""Seconds by which an edge may differ from a body's shadow: swinging arms and the sensor's own delay."""

BODY_COST = 0.12
"""Seconds of misfit that one more body must explain to be believed: twice the tolerance, one edge on each beam."""

SEARCH_LIMIT = 4000
"""Sets of bodies looked at for one cluster of pulses; the best so far is taken when a crowd needs more."""


@dataclass(frozen=True, slots=True)
class Body:
    """Somebody crossed the middle between the beams at `t` (monotonic seconds), at `speed` (m/s) where it is known."""

    t: float
    direction: Direction
    speed: float | None
    outer: tuple[float, float]
    inner: tuple[float, float]


def explain(outer: Sequence[Pulse], inner: Sequence[Pulse], spacing: float) -> list[Body]:
    """The bodies behind one cluster of pulses of the outer and the inner beam, `spacing` metres apart."""
    if not outer or not inner:
        return []
    search = _Search(outer, inner, spacing)
    return sorted(search.best(), key=lambda body: body.t)


class _Search:
    """Depth-first over sets of candidate bodies, always explaining the earliest shadow that is still unexplained."""

    def __init__(self, outer: Sequence[Pulse], inner: Sequence[Pulse], spacing: float) -> None:
        self._pulses = (outer, inner)
        self._candidates = [(body, _oddity(body, spacing)) for body in _candidates(outer, inner, spacing)]
        self._left = SEARCH_LIMIT
        self._best: tuple[Body, ...] = ()
        self._best_cost = float("inf")

    def best(self) -> tuple[Body, ...]:
        self._descend((), 0.0)
        return self._best

    def _descend(self, bodies: tuple[Body, ...], cost: float) -> None:
        self._left -= 1
        missing, first = self._unexplained(bodies)
        total = cost + missing
        if bodies and total < self._best_cost:
            self._best, self._best_cost = bodies, total
        if first is None or self._left <= 0:
            return
        beam, t = first
        for body, oddity in self._candidates:
            start, end = body.inner if beam else body.outer
            step = cost + BODY_COST + oddity
            if start - TOLERANCE <= t < end and step < self._best_cost and body not in bodies:
                self._descend((*bodies, body), step)

    def _unexplained(self, bodies: tuple[Body, ...]) -> tuple[float, tuple[int, float] | None]:
        """Seconds of pulses that no body explains, and the beam and time of the first stretch worth a body."""
        total = 0.0
        first: tuple[int, float] | None = None
        for beam, pulses in enumerate(self._pulses):
            shadows = sorted(body.inner if beam else body.outer for body in bodies)
            for pulse in pulses:
                for start, end in _gaps(pulse, shadows):
                    total += end - start
                    if end - start > TOLERANCE / 2 and (first is None or start < first[1]):
                        first = (beam, start)
        return total, first


def _gaps(pulse: Pulse, shadows: Iterable[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    """The stretches of a pulse that no shadow covers; `shadows` in order of their start."""
    reached = pulse.start
    for start, end in shadows:
        if end <= reached or start >= pulse.end:
            continue
        if start > reached:
            yield reached, start
        reached = max(reached, end)
    if reached < pulse.end:
        yield reached, pulse.end


def _oddity(body: Body, spacing: float) -> float:
    """Seconds of misfit of the shadows' own length: a body is about `DEPTH` deep on both beams."""
    speed = body.speed or USUAL_SPEED
    expected = DEPTH / speed
    outer, inner = (end - start for start, end in (body.outer, body.inner))
    hurry = abs(spacing / speed - spacing / USUAL_SPEED) * 0.05
    return abs(outer - expected) / 2 + abs(inner - expected) / 2 + hurry


def _candidates(outer: Sequence[Pulse], inner: Sequence[Pulse], spacing: float) -> list[Body]:
    """Every body that begins or ends at an edge of a pulse on each beam and stays within those pulses."""
    found: list[Body] = []
    for first in outer:
        for second in inner:
            found += [body for body in _pair(first, second, spacing) if body not in found]
    return found


def _pair(outer: Pulse, inner: Pulse, spacing: float) -> Iterator[Body]:
    """The bodies whose shadows touch an edge of both pulses."""
    middle = inner.middle - outer.middle
    yield from _whole(outer, inner, middle, spacing)
    ratio = DEPTH / spacing
    for sign in (1, -1):
        leading, trailing = (outer, inner) if sign > 0 else (inner, outer)
        for lag, start in (
            (trailing.start - leading.start, leading.start),
            (trailing.end - leading.end, leading.end - ratio * (trailing.end - leading.end)),
            ((trailing.end - leading.start) / (1 + ratio), leading.start),
        ):
            if not spacing / SPEEDS[1] <= lag <= spacing / SPEEDS[0]:
                continue
            ahead = (start, start + ratio * lag)
            behind = (start + lag, start + lag + ratio * lag)
            if _within(ahead, leading) and _within(behind, trailing):
                yield _body(*((ahead, behind) if sign > 0 else (behind, ahead)), sign, spacing / lag)


def _whole(outer: Pulse, inner: Pulse, lag: float, spacing: float) -> Iterator[Body]:
    """One body that fills both pulses; whoever stops between the beams has no speed worth the name."""
    if not (outer.start < inner.end and inner.start < outer.end) and abs(lag) > spacing / SPEEDS[0]:
        return
    known = spacing / SPEEDS[1] <= abs(lag) <= spacing / SPEEDS[0]
    speed = spacing / abs(lag) if known else None
    yield _body((outer.start, outer.end), (inner.start, inner.end), 1 if lag >= 0 else -1, speed)


def _within(shadow: tuple[float, float], pulse: Pulse) -> bool:
    return pulse.start - TOLERANCE <= shadow[0] and shadow[1] <= pulse.end + TOLERANCE


def _body(outer: tuple[float, float], inner: tuple[float, float], sign: int, speed: float | None) -> Body:
    middle = (outer[0] + outer[1] + inner[0] + inner[1]) / 4
    return Body(middle, Direction.IN if sign > 0 else Direction.OUT, speed, outer, inner)

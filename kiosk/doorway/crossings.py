"""Who crosses the door: edges of the sensors in, bodies out, whatever the number and the health of the sensors."""

from dataclasses import dataclass

from hardware.events import Beam
from kiosk.decisions import Direction
from kiosk.doorway.beams import SHORTEST_BODY, BeamLine, Pulse
from kiosk.doorway.bodies import Body, explain
from kiosk.doorway.layout import Layout

QUIET = 0.45
"""Seconds both beams must be free before the pulses so far are explained: the slowest lag of one body between them."""

LONE_PULSES = 3
"""Pulses in a row of one beam alone before the other is taken for dead: one is somebody who turned back."""

ONE_BODY = 0.5
"""Seconds of a single beam that one body explains: 0.3 m at 0.6 m/s. Twice that is two, and so on."""

MOST_BODIES = 4
"""Bodies that one long pulse of a single beam can stand for; longer is somebody who stops in the door."""


@dataclass(frozen=True, slots=True)
class Announced:
    """Somebody is certainly crossing; the body itself follows when the beams are free. `t` in seconds."""

    t: float
    direction: Direction


class Crossings:
    """The sensors of one door. `edge` is cheap; `at` explains whatever has become certain by then."""

    def __init__(self, layout: Layout) -> None:
        self._spacing = layout.spacing
        self._lines = {sensor: BeamLine(sensor) for sensor in layout.sensors[:2]}
        self._motion = any("motion" in sensor or "pir" in sensor for sensor in layout.sensors[:1])
        self._pulses: list[Pulse] = []
        self._lone: list[Pulse] = []
        self._announced: Announced | None = None
        self._stuck: set[str] = set()

    @property
    def stuck(self) -> frozenset[str]:
        """The sensors that report a broken beam for longer than anybody stands in a door."""
        return frozenset(self._stuck)

    def edge(self, beam: Beam) -> None:
        """Take one edge; sensors the layout does not name are ignored."""
        line = self._lines.get(beam.sensor)
        if line is None:
            return
        self._keep(line.edge(beam.t, beam.active))
        if not beam.active:
            self._stuck.discard(beam.sensor)

    def at(self, t: float) -> tuple[Announced | None, list[Body]]:
        """What has become certain by `t`: somebody announced who was not before, and the bodies of a closed cluster."""
        for line in self._lines.values():
            self._keep(line.free_at(t))
            if line.stuck_at(t):
                self._stuck.add(line.sensor)
        announced = self._announce(t)
        return announced, self._close() if self._quiet_at(t) else []

    def finish(self, t: float) -> list[Body]:
        """Explain everything seen so far as if the beams had become free at `t`."""
        for line in self._lines.values():
            if line.sensor not in self._stuck:
                line.edge(t, False)
            self._keep(line.free_at(t + QUIET))
        return self._close()

    def _keep(self, pulse: Pulse | None) -> None:
        if pulse is not None and pulse.sensor not in self._stuck:
            self._pulses.append(pulse)

    def _quiet_at(self, t: float) -> bool:
        if not self._pulses:
            return False
        if any(line.broken and line.sensor not in self._stuck for line in self._lines.values()):
            return False
        wait = QUIET if len(self._working()) == 2 else 0.0
        return t - max(pulse.end for pulse in self._pulses) >= wait

    def _working(self) -> list[str]:
        return [sensor for sensor in self._lines if sensor not in self._stuck]

    def _announce(self, t: float) -> Announced | None:
        """The first body of a cluster, as soon as both beams have been broken for longer than a hand would."""
        if self._announced is not None or len(self._working()) < 2:
            return None
        starts: list[float] = []
        for sensor, line in self._lines.items():
            seen = [pulse.start for pulse in self._pulses if pulse.sensor == sensor]
            if line.broken_since is not None and t - line.broken_since >= SHORTEST_BODY:
                seen.append(line.broken_since)
            if not seen:
                return None
            starts.append(min(seen))
        outer, inner = starts
        self._announced = Announced((outer + inner) / 2, Direction.IN if outer <= inner else Direction.OUT)
        return self._announced

    def _close(self) -> list[Body]:
        pulses, self._pulses = sorted(self._pulses, key=lambda pulse: (pulse.start, pulse.sensor)), []
        announced, self._announced = self._announced, None
        if len(self._lines) < 2 or len(self._working()) < 2:
            return [body for pulse in pulses for body in self._alone(pulse)]
        outer, inner = ([pulse for pulse in pulses if pulse.sensor == sensor] for sensor in self._lines)
        if outer and inner:
            self._lone = []
            return explain(outer, inner, self._spacing) or _only(announced, outer[0], inner[0])
        return self._one_side(pulses)

    def _one_side(self, pulses: list[Pulse]) -> list[Body]:
        """Pulses of one beam only: somebody turned back, unless it happens again and again and the other is dead."""
        if self._lone and pulses and self._lone[-1].sensor != pulses[0].sensor:
            self._lone = []
        dead = len(self._lone) >= LONE_PULSES - 1
        earlier = [] if not dead else self._lone[-(LONE_PULSES - 1) :] if len(self._lone) == LONE_PULSES - 1 else []
        self._lone = [*self._lone, *pulses][-LONE_PULSES:]
        return [body for pulse in [*earlier, *pulses] for body in self._alone(pulse)] if dead else []

    def _alone(self, pulse: Pulse) -> list[Body]:
        """The bodies behind a pulse of one sensor, which knows no direction: everybody is counted in."""
        count = 1 if self._motion else max(1, min(MOST_BODIES, round(pulse.seconds / ONE_BODY + 0.1)))
        shadow = (pulse.start, pulse.end)
        step = pulse.seconds / count
        return [Body(pulse.start + step * (k + 0.5), Direction.IN, None, shadow, shadow) for k in range(count)]


def _only(announced: Announced | None, outer: Pulse, inner: Pulse) -> list[Body]:
    """One body for a cluster that no set of bodies explains, so that an announced passage is never lost."""
    if announced is None:
        return []
    return [Body(announced.t, announced.direction, None, (outer.start, outer.end), (inner.start, inner.end))]

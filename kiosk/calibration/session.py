"""The walk on real or simulated hardware: events in through a queue, instructions out through a guide."""

import queue
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from hardware.clock import Clock
from hardware.events import Event, EventSource
from kiosk.calibration.estimate import Estimate, estimate
from kiosk.calibration.record import Record, Take
from kiosk.calibration.steps import Step
from kiosk.calibration.suitability import Unsuited, unsuited
from kiosk.calibration.walk import Phase, Walk
from kiosk.doorway.layout import Layout
from kiosk.errors import KioskError

if TYPE_CHECKING:
    from hardware.radio import RadioState  # bleak costs 0.17 s, which a simulation does not need

TICK: Final = 0.1
"""Seconds between two looks at the walk: a tenth of a step of walking, and nobody notices it."""

LISTEN_WITHIN: Final = 10.0
"""Seconds a radio may take to begin: BlueZ answers within one, and nobody should walk for a radio that is not there."""


class Guide(Protocol):
    """Whoever talks to the installer. A simulated one moves a simulated person instead."""

    def ready(self, number: int, step: Step) -> None:
        """Say what comes next (`number` counts from 1); return when the installer is in place."""

    def go(self, step: Step) -> None:
        """The phone is sending: walk now."""

    def done(self, take: Take, adverts: int) -> None:
        """The step is over; so many adverts of the installer's phone were heard in it, by all radios."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What the walk brought: the numbers, what is wrong with the place, and the samples behind both."""

    estimate: Estimate
    unsuited: Sequence[Unsuited]
    record: Record


class Session:
    """Leads one walk over `sources`. `pause` lets so many seconds pass; `clock` is the one that events bear.

    `radios` tell how those of the sources that are radios fare; a simulation has none to ask.
    """

    def __init__(
        self,
        walk: Walk,
        layout: Layout,
        sources: Sequence[EventSource],
        guide: Guide,
        clock: Clock,
        pause: Callable[[float], None],
        radios: Sequence[Callable[[], "RadioState"]] = (),
    ) -> None:
        self._walk = walk
        self._layout = layout
        self._sources = sources
        self._guide = guide
        self._clock = clock
        self._pause = pause
        self._events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        self._radios = radios

    def run(self) -> Findings:
        """Lead through all steps, and return what they say.

        Raises KioskError in one line when a part is missing, or when the installer's phone cannot be told from others.
        Whatever happens, the hardware is let go of.
        """
        started: list[EventSource] = []
        try:
            for source in self._sources:
                source.start(self._events.put)
                started.append(source)
            self._wait_for_radios()
            number = 0
            while self._walk.phase is not Phase.OVER:
                number += 1
                self._step(number)
            return self._assess()
        finally:
            for source in started:
                source.stop()

    def _wait_for_radios(self) -> None:
        for _ in range(round(LISTEN_WITHIN / TICK)):
            if all(ask().listening for ask in self._radios):
                return
            self._pause(TICK)
        self._check_radios()

    def _check_radios(self) -> None:
        for state in (ask() for ask in self._radios):
            if not state.listening:
                raise KioskError(f"radio {state.name} does not listen: {state.reason}")

    def _step(self, number: int) -> None:
        step = self._walk.step
        self._guide.ready(number, step)
        self._drain()
        self._walk.begin(self._clock.monotonic())
        waiting = self._walk.phase is Phase.WAITING
        while len(self._walk.record.takes) < number:
            self._pause(TICK)
            self._drain()
            self._walk.advance(self._clock.monotonic())
            if waiting and self._walk.phase is Phase.MEASURING:
                waiting = False
                self._guide.go(step)
        if number == 1:
            self._check_phone()
        take, record = self._walk.record.takes[-1], self._walk.record
        self._guide.done(take, sum(len(record.heard(radio, take.go, take.end)) for radio in self._layout.radios))

    def _drain(self) -> None:
        while not self._events.empty():
            self._walk.handle(self._events.get())

    def _check_phone(self) -> None:
        """Raise KioskError unless one phone stands out: everything after would measure somebody else's."""
        nearest, radio = self._walk.nearest, self._layout.radios[0]
        if nearest is None or not nearest.held:
            self._check_radios()
            raise KioskError(
                f"radio {radio} hears no phone with the app near it: open the app, switch the phone's Bluetooth on, "
                "hold it to the radio and start again"
            )
        if not nearest.sure:
            raise KioskError(
                "another phone with the app is as strong as the one at the kiosk: take it five metres away, start again"
            )

    def _assess(self) -> Findings:
        record = self._walk.record
        found = estimate(record, self._layout)
        faults = unsuited(
            record,
            self._layout,
            found,
            modes={state.name: state.mode for state in (ask() for ask in self._radios)},
            broken_since=self._walk.broken_since,
            end=self._clock.monotonic(),
        )
        return Findings(found, faults, record)

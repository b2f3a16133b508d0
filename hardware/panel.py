"""The officer's buttons."""

from collections.abc import Mapping

from hardware.clock import Clock
from hardware.errors import HardwareError
from hardware.events import Action, Button, PutEvent
from hardware.lines import Lines
from hardware.pins import Factory


class Panel:
    """An event source that reports every edge of its buttons, not debounced: the core does that.

    `pins` gives the BCM pin of each action that has a button; a button connects its pin to ground. Raises
    HardwareError for a name that is no action.
    """

    def __init__(self, pins: Mapping[str, int], *, factory: Factory, clock: Clock) -> None:
        unknown = [name for name in pins if name not in list(Action)]
        if unknown:
            raise HardwareError(f"panel.pins: no such action {', '.join(unknown)}; there are {', '.join(Action)}")
        self._lines = Lines(pins, pull_up=True, factory=factory)
        self._clock = clock

    def start(self, put: PutEvent) -> None:
        """Begin to report. Raises HardwareError when a pin cannot be had."""
        self._lines.open(lambda name, down: put(Button(self._clock.monotonic(), Action(name), down)))

    def stop(self) -> None:
        """Let go of the pins. May be called twice."""
        self._lines.close()

"""Several input pins that each report their edges: what a door and a panel have in common."""

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from functools import partial
from typing import Any

from gpiozero import DigitalInputDevice

from hardware.pins import Factory, plain_errors

Report = Callable[[str, bool], None]


class Lines:
    """Input lines by name, each on a BCM pin with the Pi's own pull resistor.

    `pull_up` is true for lines that are active when pulled to ground.
    """

    def __init__(self, pins: Mapping[str, int], *, pull_up: bool, factory: Factory) -> None:
        self._pins = dict(pins)
        self._pull_up = pull_up
        self._factory = factory
        self._open = ExitStack()

    def open(self, report: Report) -> None:
        """Take the pins; from now on `report(name, active)` is called, from gpiozero's thread, at every edge.

        A line that is already active is reported at once, for otherwise a stuck one would never be noticed. Raises
        HardwareError, with no pin held, when one cannot be had.
        """
        with ExitStack() as opened:
            for name, pin in self._pins.items():
                with plain_errors(f"pin {pin} of {name} cannot be used"):
                    device: Any = DigitalInputDevice(pin, pull_up=self._pull_up, pin_factory=self._factory)
                opened.callback(device.close)
                # partial() has a signature gpiozero cannot ask to hand it the device, unlike a lambda with defaults.
                device.when_activated = partial(report, name, True)
                device.when_deactivated = partial(report, name, False)
                if device.is_active:
                    report(name, True)
            self._open = opened.pop_all()

    def close(self) -> None:
        """Let go of the pins. May be called twice."""
        self._open.close()

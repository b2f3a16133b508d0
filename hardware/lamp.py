"""The status lamp: what an officer sees across the lobby without reading anything."""

from enum import StrEnum
from typing import Any

from gpiozero import LED

from hardware.pins import Factory, plain_errors


class LampSignal(StrEnum):
    """What the lamp says. A blink of 2 a second stays under the 3 that can harm."""

    OFF = "off"  # not running
    STEADY = "steady"  # all is well
    SLOW = "slow"  # counting goes on, but something wants attention
    FAST = "fast"  # entries are not being saved


_BLINK_SECONDS = {LampSignal.SLOW: 1.0, LampSignal.FAST: 0.25}


class Lamp:
    """A lamp on a BCM pin; without a pin (None) all it is told goes nowhere. Raises HardwareError for a pin in use."""

    def __init__(self, pin: int | None, *, factory: Factory) -> None:
        self._signal = LampSignal.OFF
        self._led: Any = None
        if pin is not None:
            with plain_errors(f"pin {pin} of the lamp cannot be used"):
                self._led = LED(pin, pin_factory=factory)

    @property
    def signal(self) -> LampSignal:
        """What the lamp says at the moment."""
        return self._signal

    def show(self, signal: LampSignal) -> None:
        """Say something else; saying the same again costs nothing. Raises HardwareError when the pin fails."""
        if signal is self._signal:
            return
        self._signal = signal
        if self._led is None:
            return
        with plain_errors("the lamp's pin fails"):
            if seconds := _BLINK_SECONDS.get(signal):
                self._led.blink(on_time=seconds, off_time=seconds)
            elif signal is LampSignal.STEADY:
                self._led.on()
            else:
                self._led.off()

    def close(self) -> None:
        """Put the lamp out and let go of its pin. May be called twice."""
        self.show(LampSignal.OFF)
        led, self._led = self._led, None
        if led is not None:
            led.close()

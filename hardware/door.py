"""The sensors across the door: two break-beams, one, a motion sensor, or none at all."""

from collections.abc import Mapping, Sequence

from hardware.clock import Clock
from hardware.errors import HardwareError
from hardware.events import Beam, PutEvent
from hardware.lines import Lines
from hardware.pins import Factory


class Door:
    """An event source that reports every edge of its sensors as a Beam, not debounced: the core does that.

    `sensors` are their names ("outer" and "inner", "beam", "motion", or none), `pins` the BCM pin of each,
    `active_low` is true where a broken beam pulls its pin to ground. Raises HardwareError for a sensor without a pin.
    """

    def __init__(
        self, sensors: Sequence[str], pins: Mapping[str, int], *, active_low: bool, factory: Factory, clock: Clock
    ) -> None:
        missing = [sensor for sensor in sensors if sensor not in pins]
        if missing:
            raise HardwareError(f"no pin is given for the door's sensor {', '.join(missing)}: add it to door.pins")
        self._lines = Lines({sensor: pins[sensor] for sensor in sensors}, pull_up=active_low, factory=factory)
        self._clock = clock

    def start(self, put: PutEvent) -> None:
        """Begin to report. Raises HardwareError when a pin cannot be had."""
        self._lines.open(lambda sensor, active: put(Beam(self._clock.monotonic(), sensor, active)))

    def stop(self) -> None:
        """Let go of the pins. May be called twice."""
        self._lines.close()

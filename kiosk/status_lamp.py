"""The lamp on the officer's desk: how the kiosk is, seen across the lobby."""

import logging
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from kiosk.errors import HardwareError
from kiosk.health import Part, State

if TYPE_CHECKING:
    from hardware.lamp import Lamp, LampSignal  # gpiozero costs 0.13 s, which a kiosk without pins does without

log = logging.getLogger(__name__)

LOSES_ENTRIES = ("logbook", "disk", "core")
"""Parts whose failure means that entries may not be saved: the officer must look up."""


class StatusLamp:
    """Lights a lamp made by `build`; one that fails stays dark and is named once, and nothing else changes."""

    def __init__(self, build: "Callable[[], Lamp]") -> None:
        self._lamp: Lamp | None = None
        try:
            self._lamp = build()
        except HardwareError as error:
            log.warning("lamp: %s; the kiosk goes on without it", error)

    def show(self, faults: Sequence[Part]) -> None:
        """Say how the kiosk is, given the parts that do not work as they should."""
        if self._lamp is None:
            return
        try:
            self._lamp.show(_signal(faults))
        except HardwareError as error:
            log.warning("lamp: %s; the kiosk goes on without it", error)
            self._lamp = None

    def close(self) -> None:
        """Put the lamp out."""
        if self._lamp is not None:
            self._lamp.close()


def _signal(faults: Sequence[Part]) -> "LampSignal":
    from hardware.lamp import LampSignal  # noqa: PLC0415 (as above)

    if any(part.name in LOSES_ENTRIES and part.state is State.DOWN for part in faults):
        return LampSignal.FAST
    return LampSignal.SLOW if faults else LampSignal.STEADY

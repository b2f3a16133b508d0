"""One Bluetooth radio: every advert that bleak hears, as a plain value, and whether it hears at all.

Listening only: the kiosk never connects to a phone. All radios share an event loop in a thread of its own; each keeps
one scanner for as long as that lives, and opens another one only on the watchdog's word. Whatever goes wrong with
Bluetooth ends up as a Scanner event with a reason; nothing is raised, and trying goes on for ever.
"""

import asyncio
import logging
import random
from collections.abc import Sequence
from dataclasses import dataclass

from bleak import BleakScanner
from bleak.backends.device import BLEDevice
from bleak.backends.scanner import AdvertisementData

from hardware.adapters import Adapter, choose, list_adapters
from hardware.clock import Clock
from hardware.errors import HardwareError
from hardware.event_loop import SharedEventLoop, Stop
from hardware.events import Advert, PutEvent, Scanner
from hardware.profiles import BeaconProfile
from hardware.scanning import (
    STOP_SECONDS,
    build_scanner,
    keep_adverts_out_of_the_log,
    start_scanner,
    stop_scanner,
)
from hardware.watchdog import Mode, Patience, Verdict, Watchdog

_log = logging.getLogger(__name__)

_LOOP = SharedEventLoop("radios")

_NO_RSSI = (-127, 127)
"""What stands for "not known" in bleak and in the Bluetooth specification: news of a device, not an advert heard."""


@dataclass(frozen=True, slots=True)
class RadioState:
    """How a radio fares, for `doctor` and the status line. Counts since the start; `last_advert` is monotonic."""

    name: str
    adapter: str
    mode: str
    listening: bool
    degraded: bool
    reason: str
    adverts: int
    last_advert: float | None
    openings: int


class Radio:
    """An event source that reports every advert heard by one adapter, and when it begins or ceases to listen.

    `name` is what the adverts are signed with ("inside"). `adapter` is an adapter's name (hci0) or its Bluetooth
    address, "" for the first one. `mode` is auto, passive or active. `profiles` tell passive scanning what to let
    through. `patience` holds the times of the watchdog.
    """

    def __init__(
        self,
        name: str,
        adapter: str,
        mode: str,
        profiles: Sequence[BeaconProfile],
        clock: Clock,
        *,
        patience: Patience | None = None,
    ) -> None:
        self.name = name
        self._wanted = adapter
        self._profiles = tuple(profiles)
        self._clock = clock
        self._patience = patience or Patience()
        self._watchdog = Watchdog(Mode(mode), self._patience)
        self._adapter: Adapter | None = None
        self._listening = False
        self._reason = "not started"
        self._adverts = 0
        self._last_advert: float | None = None
        self._openings = 0
        self._put: PutEvent = _nowhere
        self._stop: Stop | None = None

    def start(self, put: PutEvent) -> None:
        """Begin to listen; `put` is called from the radios' thread. What goes wrong is said in Scanner events."""
        if self._stop is None:
            keep_adverts_out_of_the_log()
            self._put = put
            self._stop = _LOOP.spawn(self._listen)

    def stop(self) -> None:
        """Cease to listen and let go of the adapter. May be called twice."""
        stop, self._stop = self._stop, None
        if stop is not None:
            stop(2 * STOP_SECONDS)

    def state(self) -> RadioState:
        """Return how the radio fares right now; may be called from any thread."""
        return RadioState(
            name=self.name,
            adapter=self._adapter.name if self._adapter else "",
            mode=self._watchdog.mode.value,
            listening=self._listening,
            degraded=self._watchdog.degraded,
            reason=self._reason,
            adverts=self._adverts,
            last_advert=self._last_advert,
            openings=self._openings,
        )

    async def _listen(self) -> None:
        while True:
            try:
                await self._listen_once()
            except asyncio.CancelledError:
                self._say(False, "stopped", logging.INFO)
                raise
            except Exception as error:  # an error of ours or of a library: no reason to be deaf for ever
                _log.exception("radio %s: unforeseen", self.name)
                self._watchdog.failed()
                await self._failed(f"unforeseen {type(error).__name__}: {error}")

    async def _listen_once(self) -> None:
        """Open the radio and keep it open for as long as the watchdog is content with it."""
        scanner = await self._open()
        if scanner is None:
            return
        try:
            verdict = await self._watch()
        finally:
            await stop_scanner(scanner)
        await self._reopen(verdict)

    async def _open(self) -> BleakScanner | None:
        """Return a scanner that listens; None when that failed and what was due after it, a wait mostly, is over."""
        try:
            async with asyncio.timeout(self._patience.answer):
                adapter = self._adapter = choose(await list_adapters(), self._wanted)
        except (HardwareError, TimeoutError) as error:
            self._watchdog.failed()
            await self._failed(str(error) or "BlueZ does not answer: is the bluetooth service running?")
            return None
        mode = self._watchdog.mode
        scanner = build_scanner(adapter.name, mode, self._profiles, self._heard)
        try:
            await start_scanner(scanner, self._patience.answer)
        except HardwareError as error:
            reason = f"{mode} scanning on {adapter.name} failed: {error}"
            if self._watchdog.refused():
                _log.warning("radio %s: %s; trying active scanning", self.name, reason)
            else:
                await self._failed(reason)
            return None
        self._openings += 1
        self._watchdog.opened(self._clock.monotonic())
        if not self._watchdog.suspected:
            self._say(True, self._way())
        return scanner

    async def _watch(self) -> Verdict:
        """Wait until the scanner has to be closed, and return why."""
        while True:
            now = self._clock.monotonic()
            verdict = self._watchdog.verdict(now)
            if verdict is Verdict.STAY and self._watchdog.quiet(now) and await self._changed():
                verdict = Verdict.CHANGED
            if verdict is not Verdict.STAY:
                return verdict
            await asyncio.sleep(max(0.0, min(self._watchdog.deadline() - now, self._patience.glance)))

    async def _changed(self) -> bool:
        """Tell whether the adapter, or bluetoothd itself, is not any more what it was when scanning began."""
        try:
            async with asyncio.timeout(self._patience.answer):
                return choose(await list_adapters(), self._wanted) != self._adapter
        except (HardwareError, TimeoutError):
            return True

    async def _reopen(self, verdict: Verdict) -> None:
        """Say why the scanner was closed and wait for as long as that calls for."""
        mode, adapter = self._watchdog.mode, self._adapter.name if self._adapter else ""
        self._watchdog.closed(verdict, self._clock.monotonic())
        match verdict:
            case Verdict.UNPROVEN:
                self._say(False, f"{mode} scanning on {adapter} hears nothing at all: trying {self._watchdog.mode}")
            case Verdict.SILENT:
                self._say(False, f"nothing heard on {adapter} for long: an empty place or a silent radio; trying again")
                await asyncio.sleep(self._watchdog.wait(random.random()))
            case Verdict.CHANGED:
                self._say(False, f"adapter {adapter} or the bluetooth service has changed; opening again")
            case _:
                _log.info("radio %s: passive scanning gets a second chance", self.name)

    async def _failed(self, reason: str) -> None:
        self._say(False, reason)
        await asyncio.sleep(self._watchdog.wait(random.random()))

    def _heard(self, device: BLEDevice, data: AdvertisementData) -> None:
        """Hand one advert on; called by bleak for each, so it does as little as it can."""
        if data.rssi in _NO_RSSI:
            return
        t = self._clock.monotonic()
        self._watchdog.heard(t)
        self._adverts += 1
        self._last_advert = t
        if not self._listening:
            self._say(True, self._way())
        self._put(
            Advert(
                t,
                device.address,
                data.rssi,
                self.name,
                tuple(data.service_uuids),
                data.service_data,
                data.manufacturer_data,
                data.local_name,
                data.tx_power,
            )
        )

    def _way(self) -> str:
        why = ", because passive scanning ended the bluetooth service twice" if self._watchdog.passive_kills else ""
        return f"{self._watchdog.mode} scanning on {self._adapter.name if self._adapter else '?'}{why}"

    def _say(self, listening: bool, reason: str, level: int = logging.WARNING) -> None:
        """Report a change once: the same state for the same reason is no news."""
        if (listening, reason) == (self._listening, self._reason):
            return
        self._listening, self._reason = listening, reason
        _log.log(logging.INFO if listening else level, "radio %s: %s", self.name, reason)
        self._put(Scanner(self._clock.monotonic(), self.name, listening, reason))


def _nowhere(_event: object) -> None:
    """Take events before the radio is started."""

"""One Bluetooth radio: every advert that bleak hears, as a plain value, and whether it hears at all.

Listening only: the kiosk never connects to a phone. The radio runs an event loop in a thread of its own, keeps one
scanner for as long as it lives, and opens another one only on the watchdog's word. Whatever goes wrong with Bluetooth
ends up as a Scanner event with a reason; nothing is raised, and trying goes on for ever.
"""

import asyncio
import logging
import random
import threading
from collections.abc import Sequence
from dataclasses import dataclass

from bleak import BleakScanner
from bleak.args.bluez import BlueZScannerArgs
from bleak.backends.device import BLEDevice
from bleak.backends.scanner import AdvertisementData

from hardware.adapters import choose, list_adapters
from hardware.clock import Clock
from hardware.errors import HardwareError
from hardware.events import Advert, PutEvent, Scanner
from hardware.patterns import or_patterns
from hardware.profiles import BeaconProfile
from hardware.watchdog import Mode, Patience, Verdict, Watchdog

_log = logging.getLogger(__name__)

_NO_RSSI = (-127, 127)
"""What stands for "not known" in bleak and in the Bluetooth specification: news of a device, not an advert heard."""

_STOP_SECONDS = 5.0
"""For a scanner to stop: BlueZ answers within milliseconds, and shutting down must not hang on one that does not."""


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
        self._adapter = ""
        self._listening = False
        self._reason = "not started"
        self._adverts = 0
        self._last_advert: float | None = None
        self._openings = 0
        self._put: PutEvent = _nowhere
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopping = threading.Event()
        self._woken: asyncio.Event | None = None

    def start(self, put: PutEvent) -> None:
        """Begin to listen in a thread of its own; `put` is called from there. Never raises: see the Scanner events."""
        if self._thread is not None:
            return
        self._put = put
        self._loop = self._woken = None
        self._stopping.clear()
        self._thread = threading.Thread(target=self._run, name=f"radio-{self.name}", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Cease to listen and let go of the adapter. May be called twice."""
        thread, self._thread = self._thread, None
        if thread is None:
            return
        self._stopping.set()
        loop, woken = self._loop, self._woken
        if loop is not None and woken is not None:
            try:
                loop.call_soon_threadsafe(woken.set)
            except RuntimeError:  # the loop has closed by itself meanwhile
                _log.debug("radio %s had already ended", self.name)
        thread.join(2 * _STOP_SECONDS)

    def state(self) -> RadioState:
        """Return how the radio fares right now; may be called from any thread."""
        return RadioState(
            name=self.name,
            adapter=self._adapter,
            mode=self._watchdog.mode.value,
            listening=self._listening,
            degraded=self._watchdog.degraded,
            reason=self._reason,
            adverts=self._adverts,
            last_advert=self._last_advert,
            openings=self._openings,
        )

    def _run(self) -> None:
        try:
            asyncio.run(self._listen())
        except Exception as error:
            _log.exception("radio %s ended", self.name)
            self._say(False, f"radio ended: {error}")

    async def _listen(self) -> None:
        self._loop, self._woken = asyncio.get_running_loop(), asyncio.Event()
        while not self._stopping.is_set():
            scanner = await self._open()
            if scanner is None:
                continue
            verdict = await self._watch()
            await self._close(scanner)
            if self._stopping.is_set():
                break
            await self._reopen(verdict)
        self._say(False, "stopped")

    async def _open(self) -> BleakScanner | None:
        """Return a scanner that listens; None when that failed and what was due after it, a wait mostly, is over."""
        watchdog = self._watchdog
        try:
            async with asyncio.timeout(self._patience.answer):
                adapter = choose(await list_adapters(), self._wanted)
        except (HardwareError, TimeoutError) as error:
            watchdog.failed()
            await self._failed(str(error) or "BlueZ does not answer")
            return None
        self._adapter = adapter.name
        scanner = self._scanner(adapter.name)
        try:
            async with asyncio.timeout(self._patience.answer):
                await scanner.start()
        except Exception as error:  # bleak raises its own errors, OSError, and plain KeyError or AssertionError
            await self._close(scanner)
            reason = f"{watchdog.mode} scanning on {adapter.name} failed: {_one_line(error)}"
            if watchdog.refused():
                _log.warning("radio %s: %s; trying active scanning", self.name, reason)
            else:
                await self._failed(reason)
            return None
        self._openings += 1
        watchdog.opened(self._clock.monotonic())
        if not watchdog.suspected:
            self._say(True, f"{watchdog.mode} scanning on {adapter.name}")
        return scanner

    def _scanner(self, adapter: str) -> BleakScanner:
        """Return a scanner for every advert: a filter by UUID would keep backgrounded iPhones out."""
        bluez = BlueZScannerArgs(adapter=adapter)
        if self._watchdog.mode is Mode.PASSIVE:
            bluez["or_patterns"] = list(or_patterns(self._profiles))
            return BleakScanner(self._heard, scanning_mode="passive", bluez=bluez)
        bluez["filters"] = {"DuplicateData": True}
        return BleakScanner(self._heard, scanning_mode="active", bluez=bluez)

    async def _watch(self) -> Verdict:
        """Wait until the watchdog wants the scanner closed, or the radio is to stop."""
        while True:
            now = self._clock.monotonic()
            verdict = self._watchdog.verdict(now)
            if verdict is not Verdict.STAY or await self._stopped_within(self._watchdog.deadline() - now):
                return verdict

    async def _reopen(self, verdict: Verdict) -> None:
        """Say why the scanner was closed and wait for as long as that calls for."""
        mode, adapter = self._watchdog.mode, self._adapter
        self._watchdog.closed(verdict)
        match verdict:
            case Verdict.UNPROVEN:
                self._say(False, f"{mode} scanning on {adapter} hears nothing at all: trying {self._watchdog.mode}")
            case Verdict.SILENT:
                self._say(False, f"nothing heard on {adapter} for long: an empty place or a silent radio; trying again")
                await self._stopped_within(self._watchdog.wait(random.random()))
            case _:
                _log.info("radio %s: passive scanning gets a second chance", self.name)

    async def _close(self, scanner: BleakScanner) -> None:
        """Stop a scanner, which may fail in many ways after the trouble it was closed for; none of them matters."""
        try:
            async with asyncio.timeout(_STOP_SECONDS):
                await scanner.stop()
        except Exception as error:
            _log.debug("radio %s: scanner did not stop cleanly: %s", self.name, _one_line(error))

    async def _failed(self, reason: str) -> None:
        self._say(False, reason)
        await self._stopped_within(self._watchdog.wait(random.random()))

    async def _stopped_within(self, seconds: float) -> bool:
        """Wait; return true, at once, when the radio is to stop."""
        assert self._woken is not None
        try:
            await asyncio.wait_for(self._woken.wait(), max(seconds, 0.001))
        except TimeoutError:
            return False
        return True

    def _heard(self, device: BLEDevice, data: AdvertisementData) -> None:
        """Hand one advert on; called by bleak for each, so it does as little as it can."""
        if data.rssi in _NO_RSSI:
            return
        t = self._clock.monotonic()
        self._watchdog.heard(t)
        self._adverts += 1
        self._last_advert = t
        if not self._listening:
            self._say(True, f"{self._watchdog.mode} scanning on {self._adapter}")
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

    def _say(self, listening: bool, reason: str) -> None:
        """Report a change once: the same state for the same reason is no news."""
        if (listening, reason) == (self._listening, self._reason):
            return
        self._listening, self._reason = listening, reason
        _log.log(logging.INFO if listening else logging.WARNING, "radio %s: %s", self.name, reason)
        self._put(Scanner(self._clock.monotonic(), self.name, listening, reason))


def _nowhere(_event: object) -> None:
    """Take events before the radio is started."""


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split()) or type(error).__name__

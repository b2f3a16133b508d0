"""bleak as this project uses it: which scanner to make, how to start and how to stop it."""

import asyncio
import logging
from collections.abc import Callable, Iterable
from typing import Final

from bleak import BleakScanner
from bleak.args.bluez import BlueZScannerArgs
from bleak.backends.device import BLEDevice
from bleak.backends.scanner import AdvertisementData

from hardware.errors import HardwareError
from hardware.patterns import or_patterns
from hardware.profiles import BeaconProfile
from hardware.watchdog import Mode

Heard = Callable[[BLEDevice, AdvertisementData], None]

STOP_SECONDS: Final = 5.0
"""For a scanner to stop: BlueZ answers within milliseconds, and shutting down must not hang on one that does not."""

_log = logging.getLogger(__name__)


def build_scanner(adapter: str, mode: Mode, profiles: Iterable[BeaconProfile], heard: Heard) -> BleakScanner:
    """Return a scanner for every advert, repeats too: a filter by UUID would keep backgrounded iPhones out."""
    bluez = BlueZScannerArgs(adapter=adapter)
    if mode is Mode.PASSIVE:
        bluez["or_patterns"] = list(or_patterns(profiles))
        return BleakScanner(heard, scanning_mode="passive", bluez=bluez)
    bluez["filters"] = {"DuplicateData": True}
    return BleakScanner(heard, scanning_mode="active", bluez=bluez)


async def start_scanner(scanner: BleakScanner, seconds: float) -> None:
    """Start to scan within `seconds`; leaves nothing behind when that fails. Raises HardwareError with one line."""
    try:
        async with asyncio.timeout(seconds):
            await scanner.start()
    except Exception as error:  # bleak raises its own errors, OSError, and plain KeyError or AssertionError
        await stop_scanner(scanner)
        raise HardwareError(_one_line(error)) from error


async def stop_scanner(scanner: BleakScanner) -> None:
    """Stop to scan. That may fail in many ways after whatever the scanner is stopped for; none of them matters."""
    try:
        async with asyncio.timeout(STOP_SECONDS):
            await scanner.stop()
    except Exception as error:
        _log.debug("a scanner did not stop cleanly: %s", _one_line(error))


def keep_adverts_out_of_the_log() -> None:
    """Silence the libraries' debug messages: they hold every advert with its address, which no log may ever hold."""
    for library in ("bleak", "dbus_fast"):
        logging.getLogger(library).setLevel(logging.INFO)


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split()) or type(error).__name__

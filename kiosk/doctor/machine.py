"""The machine: versions, clock, disk, power and temperature."""

import importlib.metadata
import platform
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from hardware.clock import Clock
from kiosk.doctor.finding import Finding, Grade
from kiosk.version import version

PACKAGES: Final = (
    "bleak", "click", "gpiozero", "lgpio", "pydantic", "pygame-ce", "requests", "rich", "segno", "sqlite-utils",
)  # fmt: skip

HOT: Final = 80.0
"""Degrees Celsius at which a Raspberry Pi begins to slow down (its documentation: 80 to 85)."""

LOW_DISK: Final = 500 * 1024 * 1024
"""Bytes free below which it is worth a remark: backups and the system's own updates need room."""

# https://www.raspberrypi.com/documentation/computers/os.html#get_throttled
_NOW: Final = {0: "the voltage is too low now: use the official power supply", 2: "it is slowed down now"}
_SINCE_BOOT: Final = {16: "the voltage was too low since it started: use the official power supply"}


def versions(root: Path = Path("/")) -> Iterator[Finding]:
    """What runs here."""
    model = root / "proc/device-tree/model"
    board = model.read_text(encoding="utf-8", errors="replace").rstrip("\0") if model.exists() else platform.machine()
    yield Finding("machine", Grade.OK, f"{board}, Linux {platform.release()}")
    made_with = f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    yield Finding("kiosk", Grade.OK, f"{version()}, {made_with}")
    yield Finding("packages", Grade.OK, ", ".join(_package(name) for name in PACKAGES))


def clock(clock: Clock) -> Iterator[Finding]:
    """Whether the time of day can be trusted."""
    if clock.trusted():
        yield Finding("clock", Grade.OK, "set")
    else:
        yield Finding(
            "clock", Grade.REMARK, "not set yet: entries are moved to their right time once it is; check the network"
        )


def disk(folder: Path) -> Iterator[Finding]:
    """Room where the logbook is."""
    place = next(path for path in (folder, *folder.parents) if path.exists())
    free = shutil.disk_usage(place).free
    grade = Grade.OK if free >= LOW_DISK else Grade.FAULT
    advice = "" if free >= LOW_DISK else ": make room"
    yield Finding("disk", grade, f"{free // 1024**2} MiB free at {place}{advice}")


def power(root: Path = Path("/")) -> Iterator[Finding]:
    """Power and temperature, where the machine tells them."""
    throttled = root / "sys/devices/platform/soc/soc:firmware/get_throttled"
    if throttled.exists():
        bits = int(throttled.read_text(encoding="ascii"), 16)
        now = [text for bit, text in _NOW.items() if bits >> bit & 1]
        before = [text for bit, text in _SINCE_BOOT.items() if bits >> bit & 1]
        grade = Grade.FAULT if now else Grade.REMARK if before else Grade.OK
        yield Finding("power", grade, "; ".join(now or before) or "steady")
    else:
        yield Finding("power", Grade.OFF, "this machine does not tell")
    thermal = root / "sys/class/thermal/thermal_zone0/temp"
    if thermal.exists():
        degrees = int(thermal.read_text(encoding="ascii")) / 1000
        hot = degrees >= HOT
        yield Finding("temperature", Grade.FAULT if hot else Grade.OK, f"{degrees:.0f} °C" + hot * ": give it air")
    else:
        yield Finding("temperature", Grade.OFF, "this machine does not tell")


def _package(name: str) -> str:
    try:
        return f"{name} {importlib.metadata.version(name)}"
    except importlib.metadata.PackageNotFoundError:
        return f"{name} missing"

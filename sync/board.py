"""The board's own mark, so that two kiosks cloned from one SD card are told apart.

A Raspberry Pi's serial number is burnt into its chip and does not travel with the card. It is hashed before it leaves
the machine: the district needs to see only that two boards differ.
"""

import hashlib
import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from sync.errors import CredentialsError

SERIAL_FILES: Final = (
    Path("/sys/firmware/devicetree/base/serial-number"),
    Path("/proc/device-tree/serial-number"),
)
"""Where Linux shows the serial number of a board that has one; the second is the older name."""


def board_mark(state_folder: Path, serial_files: Sequence[Path] = SERIAL_FILES) -> str:
    """The mark of this board, 32 hexadecimal digits.

    A machine without a serial number (a PC, a container) gets a random one, kept in `state_folder`; it holds for one
    installation, but a clone of its disk would carry it along. Raises CredentialsError when it cannot be kept.
    """
    for path in serial_files:
        serial = _read(path)
        if serial:
            return _hash(serial)
    return _hash(_kept_serial(state_folder / "board"))


def _kept_serial(path: Path) -> str:
    kept = _read(path)
    if kept:
        return kept
    made = secrets.token_hex(16)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(made, encoding="ascii")
    except OSError as error:
        raise CredentialsError(
            f"{path}: cannot keep this machine's mark ({error.strerror}); make the folder writable"
        ) from error
    return made


def _read(path: Path) -> str:
    try:
        # The device tree ends its strings with NUL.
        return path.read_text(encoding="ascii", errors="replace").strip("\0 \n")
    except OSError:
        return ""


def _hash(serial: str) -> str:
    return hashlib.sha256(b"entrance-kiosk board\0" + serial.encode()).hexdigest()[:32]

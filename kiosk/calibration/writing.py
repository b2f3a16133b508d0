"""The measured numbers into the configuration: the administrator's comments stay, and so does the former file."""

import os
import shutil
import tempfile
import tomllib
from collections.abc import MutableMapping
from dataclasses import asdict
from pathlib import Path
from typing import Final

import tomlkit
from pydantic import ValidationError
from tomlkit.exceptions import TOMLKitError

from kiosk.doorway.layout import Calibration
from kiosk.errors import SettingsError
from kiosk.settings import Settings

UNITS: Final = {
    "reference": "dBm at 1 m, phone in hand",
    "slope": "path-loss exponent",
    "pocket_loss": "dB",
    "second_offset": "dB, second radio over the first",
    "close": "dBm, held to the kiosk from here on",
    "door": "dBm, in a pocket at the door line",
}


def with_calibration(text: str, calibration: Calibration, date: str) -> str:
    """The configuration `text` (TOML) with these numbers in its section `[calibration]`, everything else as it was.

    Numbers of an earlier walk that this one did not measure are taken out. Raises SettingsError when the text is no
    TOML, or when what comes out would not be a right configuration.
    """
    try:
        document = tomlkit.parse(text)
        if "calibration" not in document:
            if text.strip():
                document.add(tomlkit.nl())
            document["calibration"] = tomlkit.table()
        _fill(document["calibration"], calibration, date)
        result = tomlkit.dumps(document)
        Settings.model_validate(tomllib.loads(result))
    except (TOMLKitError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"not valid TOML: {error}") from error
    except ValidationError as error:
        raise SettingsError("`kiosk config check` names what is wrong with it; nothing was written") from error
    return result


def check_writable(path: Path) -> None:
    """Raise SettingsError when `write_configuration` would be refused: before the walk, not after it."""
    folder = path.resolve().parent
    while not folder.exists():
        folder = folder.parent
    if not os.access(folder, os.W_OK | os.X_OK):
        raise SettingsError(f"{path}: {folder} cannot be written by this user; use sudo, or add --dry-run")


def write_configuration(path: Path, text: str) -> Path | None:
    """Put `text` in place of the file at once, and keep what was there; returns where, None when nothing was.

    Owner and permissions stay; a new file is its owner's alone, for it may come to hold an officer's PIN. Raises
    OSError naming the file when the folder cannot be written.
    """
    path = path.resolve()  # a link stays a link, to the new file
    path.parent.mkdir(parents=True, exist_ok=True)
    former = None
    if path.exists():
        former = path.with_name(f"{path.name}.before-calibration")
        _replace(former, path.read_bytes(), like=path)
    _replace(path, text.encode(), like=path if former else None)
    return former


def _fill(section: object, calibration: Calibration, date: str) -> None:
    if not isinstance(section, MutableMapping):
        raise SettingsError("calibration should be a table; nothing was written")
    section["date"] = date
    for key, value in asdict(calibration).items():
        if value is None:
            section.pop(key, None)
        elif key in section:
            section[key] = value
        else:
            section[key] = tomlkit.item(value).comment(UNITS[key])


def _replace(path: Path, content: bytes, like: Path | None) -> None:
    """Write beside it, to the disk, then rename: whoever reads finds the old file or the new one, never half of one."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if like is not None:
            shutil.copymode(like, name)
            status = like.stat()
            if (status.st_uid, status.st_gid) != (os.geteuid(), os.getegid()):
                os.chown(name, status.st_uid, status.st_gid)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)  # or a power cut could undo the renaming
    finally:
        os.close(folder)

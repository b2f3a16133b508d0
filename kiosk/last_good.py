"""A typo must not close the entrance: the last good text of the same configuration file goes on, and is said to."""

import contextlib
import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

from kiosk.configuration import Loaded, find_source, load
from kiosk.errors import SettingsError
from kiosk.paths import state_folder


def load_enduring(config: Path | None = None, overrides: Sequence[str] = (), folder: Path | None = None) -> Loaded:
    """As `load`, for a kiosk that must not stay closed because of a typo: the last good text of the same file goes on.

    Its text is kept in `folder` (else the state folder), for the owner's eyes alone. Raises SettingsError when there
    never was a good one, or the fault is not the file's.
    """
    source = find_source(config)
    kept = (folder or state_folder() / "last-good") / f"{_mark(source)}.toml" if source else None
    try:
        loaded = load(config, overrides)
    except SettingsError as error:
        if kept is None or not kept.exists():
            raise
        last_good = load(kept, overrides)
        return Loaded(last_good.settings, source, str(error))
    if source is not None and kept is not None:
        _keep(source, kept)
    return loaded


def _mark(source: Path) -> str:
    return hashlib.sha256(str(source).encode()).hexdigest()[:16]


def _keep(source: Path, kept: Path) -> None:
    """Keep the file's text; a disk that does not take it costs the next typo's comfort, nothing now."""
    with contextlib.suppress(OSError):
        text = source.read_bytes()
        if kept.exists() and kept.read_bytes() == text:
            return
        kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        partial = kept.with_suffix(".partial")
        partial.unlink(missing_ok=True)
        with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(text)
        partial.replace(kept)

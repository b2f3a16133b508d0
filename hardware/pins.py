"""The way to the pins: gpiozero's factory, real or simulated, never one in place of the other.

gpiozero falls back to whatever works and can be told by an environment variable to mock every pin. At a real door
that is a kiosk whose buttons do nothing and which says nothing, so here it is an error unless simulation was asked
for.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

from gpiozero.pins.mock import MockFactory

from hardware.errors import HardwareError

Factory = Any  # gpiozero has no types; what it calls a Factory

_DEFAULT = "lgpio"  # works on every Pi, the Pi 5 too; a Pi's system packages bring it


def pin_factory(simulated: bool) -> Factory:
    """Return the factory that makes pins: gpiozero's mock when `simulated`, else the Pi's own.

    GPIOZERO_PIN_FACTORY may name another real one. Raises HardwareError when the pins cannot be reached, and when that
    variable asks for mock pins although simulation was not asked for.
    """
    if simulated:
        return MockFactory()
    refuse_mock_pins()
    name = os.environ.get("GPIOZERO_PIN_FACTORY", _DEFAULT)
    return _real_factory(name)


@cache
def _real_factory(name: str) -> Factory:
    """Return the one factory of this process: each would keep the chip open, however often a door is tried again."""
    if name == _DEFAULT:
        _check_lgpio_folder()
    with plain_errors("pins cannot be reached (is python3-lgpio installed, is the user in group gpio?)"):
        found = next((entry for entry in entry_points(group="gpiozero_pin_factories") if entry.name == name), None)
        if found is None:
            raise HardwareError(f"GPIOZERO_PIN_FACTORY={name} names no pin factory: unset it or use lgpio")
        factory = found.load()()
    if isinstance(factory, MockFactory):
        raise HardwareError(f"GPIOZERO_PIN_FACTORY={name} made mock pins although no simulation was asked for")
    return factory


def refuse_mock_pins() -> None:
    """Raise HardwareError where GPIOZERO_PIN_FACTORY asks for mock pins; for a door that is no simulation."""
    name = os.environ.get("GPIOZERO_PIN_FACTORY", "")
    if "mock" in name.lower():
        raise HardwareError(
            f"GPIOZERO_PIN_FACTORY={name} would simulate door and buttons at a real door: unset it, or simulate all"
        )


@contextmanager
def plain_errors(what: str) -> Iterator[None]:
    """Turn whatever gpiozero and the library under it raise into one plain line: a HardwareError that begins `what`.

    They raise errors of four unrelated families, so every Exception is caught.
    """
    try:
        yield
    except HardwareError:
        raise
    except Exception as error:
        detail = " ".join(str(error).split()) or type(error).__name__
        raise HardwareError(f"{what}: {detail}") from error


def _check_lgpio_folder() -> None:
    """Refuse a folder in which lgpio cannot make its pipe `.lgd-nfy*`, which it does on being imported.

    It makes it in LG_WD, to which it then moves the whole process, or else in the current folder. In the service
    that is WorkingDirectory=; LG_WD is best left alone.
    """
    folder = Path(os.environ.get("LG_WD", "."))
    if not (folder.is_dir() and os.access(folder, os.W_OK)):
        raise HardwareError(f"lgpio needs to write in {folder.absolute()}: start in a folder that is writable")

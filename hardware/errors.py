"""The root of every error this project raises on purpose, and the children that hardware raises.

Each child also inherits the built-in that a caller would catch, so that both kinds of `except` work.
The message of every error is one line that names the thing and the remedy; commands print it as it is.
"""


class KioskError(Exception):
    """The root: whatever goes wrong in a way we foresaw."""


class HardwareError(KioskError, OSError):
    """A part of the door is missing, busy or silent."""


class RecordingError(KioskError, ValueError):
    """A recording cannot be read; the message names the file and the line."""


class ProfileError(KioskError, ValueError):
    """A beacon profile is not well formed; the message names the profile and the key."""

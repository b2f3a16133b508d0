"""The errors of the kiosk; the root lives with the hardware, which knows nothing of us."""

from hardware.errors import HardwareError, KioskError, ProfileError, RecordingError

__all__ = [
    "CampaignError",
    "DisplayError",
    "HardwareError",
    "KioskError",
    "LogbookError",
    "ProfileError",
    "RecordingError",
    "SettingsError",
]


class SettingsError(KioskError, ValueError):
    """The configuration is wrong; the message has one line a fault, each naming the key."""


class CampaignError(KioskError, ValueError):
    """A campaign or language file is wrong; the message names the file and the key."""


class LogbookError(KioskError, OSError):
    """The database cannot be opened, read or written."""


class DisplayError(KioskError, OSError):
    """There is no screen that a visitor could see."""

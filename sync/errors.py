"""What can go wrong between kiosk and district; each message is one line that names the thing and the remedy."""

from hardware.errors import KioskError


class SyncError(KioskError):
    """The counts could not be delivered; they stay in the outbox and nothing is lost."""


class UnreachableError(SyncError, ConnectionError):
    """The district did not answer at all: no network, no such host, a time-out, a certificate that does not hold."""


class AnswerError(SyncError, ValueError):
    """Something answered, but it was not the district: a captive portal, a redirect, another program."""


class EchoError(SyncError):
    """The district answered, but does not hold what it was sent, even after a second attempt."""


class RefusedError(SyncError, PermissionError):
    """The district knows us and says no: the token is revoked, or another board uses this name. Sending stops."""


class StoppedError(RefusedError):
    """The district said no less than a day ago and the token is still the same: nothing was sent."""


class ClockError(SyncError):
    """The clock has not been set since the start, so no certificate can be checked and no hour can be trusted."""


class CredentialsError(SyncError, ValueError):
    """There is no token, or its file is not well formed or readable by others."""


class OutboxError(SyncError, OSError):
    """The logbook with the tallies cannot be opened, read or written."""


class DistrictError(KioskError):
    """The district's own database or configuration does not allow what was asked for."""

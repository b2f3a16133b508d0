"""Why the district says no to a request: one line in the answer, with the status code that fits."""

from sync.errors import DistrictError


class RefusalError(DistrictError):
    """A request that is not granted. `status` is the HTTP status code."""

    status = 400


class NotRecognisedError(RefusalError, PermissionError):
    """The token or code is unknown, used up, expired or revoked."""

    status = 401


class NotYoursError(RefusalError, PermissionError):
    """The token is good, but for another kiosk's name."""

    status = 403


class OtherBoardError(RefusalError, PermissionError):
    """The token is good, but on another board: the kiosk's card was cloned or moved."""

    status = 409

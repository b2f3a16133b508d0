"""The kiosk's side of the wire, on requests: one call, one answer, or one clear reason why not.

A captive portal answers 200 to anything, so an answer counts only when it has the expected schema and echoes the
batch's own ID. Redirects are never followed (the token would go along) and TLS verification is never switched off.
"""

import time
from collections.abc import Callable
from types import TracebackType
from typing import Final, Self, TypeVar

import requests
from pydantic import BaseModel, ValidationError
from requests.auth import AuthBase

from sync.credentials import Credentials, check_url
from sync.errors import AnswerError, CredentialsError, RefusedError, UnreachableError
from sync.wire import (
    BATCHES_PATH,
    BODY_BYTES,
    ENROLL_PATH,
    Answer,
    Batch,
    EnrollAnswer,
    EnrollRequest,
    Refusal,
)

CONNECT_SECONDS: Final = 10.0
"""Time to connect: three TCP retransmissions (1, 3 and 7 s) on a bad line; more seldom helps."""

REFUSED: Final = frozenset({401, 403, 409})
"""The token is unknown or revoked, or the name belongs to another board: trying again changes nothing."""

_Model = TypeVar("_Model", bound=BaseModel)


class BearerToken(AuthBase):
    """Sends the token itself, so that no .netrc on the machine can put another in its place."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        """Add the header."""
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request


class Client:
    """Talks to one district. `timeout` is in seconds and bounds the wait for the whole answer."""

    def __init__(self, url: str, timeout: float = 20.0, monotonic: Callable[[], float] = time.monotonic) -> None:
        """Raises CredentialsError when the address is not one that a token may be sent to."""
        self._url = check_url(url)
        self._timeout = timeout
        self._monotonic = monotonic
        self._session = requests.Session()
        # Plain http is this machine alone: no proxy of the environment may come between.
        self._session.trust_env = self._url.startswith("https:")
        self._session.headers.update({"User-Agent": "entrance-kiosk", "Accept": "application/json"})

    def close(self) -> None:
        """Close the connection. May be called twice."""
        self._session.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def send(self, batch: Batch, credentials: Credentials) -> Answer:
        """Send a batch and return the district's answer, with the batch's ID checked.

        Raises UnreachableError, AnswerError or RefusedError.
        """
        answer = self._post(BATCHES_PATH, batch, Answer, BearerToken(credentials.token))
        if answer.batch != batch.batch:
            raise AnswerError(f"{self._url}: the answer is to another batch; nothing is acknowledged")
        return answer

    def enroll(self, code: str, board: str) -> Credentials:
        """Exchange a one-time code for a token. Raises as `send` does, and CredentialsError for a mistyped code."""
        try:
            asked = EnrollRequest(code=code, board=board)
        except ValidationError:
            raise CredentialsError(
                f"{code}: a code looks like entrance-1.k7qf2m9x4r8t; ask the district for one"
            ) from None
        return Credentials(self._url, self._post(ENROLL_PATH, asked, EnrollAnswer, None).token)

    def _post(self, path: str, body: BaseModel, expected: type[_Model], auth: AuthBase | None) -> _Model:
        started = self._monotonic()
        try:
            with self._session.post(
                self._url + path,
                data=body.model_dump_json(exclude_none=True).encode(),
                headers={"Content-Type": "application/json"},
                # A callable that does nothing also keeps .netrc away.
                auth=auth or (lambda request: request),
                timeout=(min(CONNECT_SECONDS, self._timeout), self._timeout),
                allow_redirects=False,
                stream=True,
                verify=True,
            ) as response:
                text = self._read(response, started)
                status = response.status_code
        except requests.exceptions.SSLError as error:
            raise UnreachableError(f"{self._url}: its certificate does not hold ({_reason(error)})") from error
        except requests.exceptions.Timeout as error:
            raise UnreachableError(f"{self._url}: no answer within {self._timeout:g} s") from error
        except requests.exceptions.RequestException as error:
            raise UnreachableError(f"{self._url}: the district cannot be reached ({_reason(error)})") from error
        return self._judge(status, text, expected)

    def _read(self, response: requests.Response, started: float) -> bytes:
        """The body, bounded in size and in time: a portal may send for ever, a few bytes at a time."""
        parts = bytearray()
        for chunk in response.iter_content(8192):
            parts += chunk
            if len(parts) > BODY_BYTES:
                raise AnswerError(
                    f"{self._url}: the answer is longer than a district's can be; is this a captive portal?"
                )
            if self._monotonic() - started > self._timeout:
                raise UnreachableError(f"{self._url}: no whole answer within {self._timeout:g} s")
        return bytes(parts)

    def _judge(self, status: int, text: bytes, expected: type[_Model]) -> _Model:
        if status == requests.codes.ok:
            try:
                return expected.model_validate_json(text)
            except ValidationError:
                raise AnswerError(
                    f"{self._url}: something answered that is no district (a captive portal?); nothing is acknowledged"
                ) from None
        try:
            said = Refusal.model_validate_json(text).error
        except ValidationError:
            # A proxy or portal may answer 401 or 403 too: only the district's own words stop the sending.
            raise AnswerError(
                f"{self._url}: answered {status} in no district's words; nothing is acknowledged"
            ) from None
        if status in REFUSED:
            raise RefusedError(f"the district refuses this kiosk: {said}")
        raise AnswerError(f"{self._url}: answered {status}: {said}")


def _reason(error: BaseException) -> str:
    """The innermost reason in one line: requests wraps it three deep, with addresses of objects."""
    while (inner := error.__cause__ or error.__context__) is not None:
        error = inner
    return " ".join((getattr(error, "strerror", None) or str(error) or type(error).__name__).split())[:200]

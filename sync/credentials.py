"""Which district, and the token that opens it: one small file, readable by its owner alone."""

import json
import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from sync.errors import CredentialsError
from sync.wire import SECRET_PATTERN

FILE_NAME = "token"
"""Name of the file in the state folder, where the settings name no other."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """Where to send and how to be recognised. `token` is `NAME.SECRET`; NAME is how the district calls this kiosk."""

    url: str
    token: str

    @property
    def kiosk(self) -> str:
        """The name by which the district knows this kiosk."""
        return self.token.partition(".")[0]

    def __repr__(self) -> str:
        """Never shows the secret, whatever logs it."""
        return f"Credentials(url={self.url!r}, kiosk={self.kiosk!r})"


def check_url(url: str) -> str:
    """The address without a closing slash. Raises CredentialsError where a token would travel in the clear."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise CredentialsError(f"{url or 'empty address'}: the district's address looks like https://district.example")
    if parts.scheme == "http" and parts.hostname not in {"localhost", "127.0.0.1", "::1"}:
        raise CredentialsError(f"{url}: use https; plain http would show the token to everybody on the way")
    if parts.username or parts.query or parts.fragment:
        raise CredentialsError(f"{parts.hostname}: the district's address holds no name, query or fragment")
    return url.rstrip("/")


def save_credentials(path: Path, credentials: Credentials) -> None:
    """Write the file whole or not at all, with mode 0600. Raises CredentialsError when the folder is not writable."""
    beside = path.with_name(path.name + ".new")
    body = json.dumps({"url": credentials.url, "token": credentials.token}) + "\n"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.unlink(missing_ok=True)
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        raise CredentialsError(f"{path}: cannot keep the token ({error.strerror}); make the folder writable") from error


def load_credentials(path: Path, url: str = "") -> Credentials:
    """Read the file; a `url` from the settings wins, so that a district that moved needs no new enrolment.

    Raises CredentialsError when the file is missing, open to others or not well formed.
    """
    try:
        mode = path.stat().st_mode
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise CredentialsError(
            f"{path}: no token yet; ask the district for a code and run: kiosk enroll URL CODE"
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise CredentialsError(f"{path}: cannot be read ({error})") from error
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise CredentialsError(f"{path}: others can read the token; run: chmod 600 {path}")
    try:
        kept = json.loads(text)
        token, kept_url = kept["token"], kept["url"]
    except (ValueError, KeyError, TypeError):
        raise CredentialsError(f"{path}: not a token file; run kiosk enroll URL CODE again") from None
    if not isinstance(token, str) or not re.fullmatch(SECRET_PATTERN, token) or not isinstance(kept_url, str):
        raise CredentialsError(f"{path}: the token in it is damaged; run kiosk enroll URL CODE again")
    return Credentials(check_url(url or kept_url), token)

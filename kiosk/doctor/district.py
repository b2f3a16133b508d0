"""The way to the district: its address, this kiosk's token, and whether anybody answers."""

from collections.abc import Iterator
from typing import Final

from kiosk.doctor.finding import Finding, Grade
from kiosk.paths import token_path
from kiosk.settings import Settings

PATIENCE: Final = 5.0
"""Seconds to wait for an answer: an admin waits with it."""


def district(settings: Settings) -> Iterator[Finding]:
    """Whether counts can be sent; the token is read, used and not shown."""
    if not settings.sync.url:
        yield Finding("district", Grade.OFF, "sync.url is empty: nothing is sent")
        return
    import requests  # noqa: PLC0415 (0.2 s, and many entrances send nothing)

    from sync.credentials import load_credentials  # noqa: PLC0415

    credentials = load_credentials(token_path(settings), settings.sync.url)
    yield Finding("token", Grade.OK, f"there, for kiosk {credentials.kiosk}")
    try:
        answer = requests.get(settings.sync.url, timeout=PATIENCE, allow_redirects=False)
    except requests.RequestException as error:
        yield Finding("district", Grade.FAULT, f"{settings.sync.url} does not answer: {_reason(error)}")
        return
    taken = answer.elapsed.total_seconds() * 1000
    if answer.is_redirect:
        yield Finding("district", Grade.FAULT, f"{settings.sync.url} sends us elsewhere: a captive portal?")
    else:
        yield Finding("district", Grade.OK, f"{settings.sync.url} answers in {taken:.0f} ms")


def _reason(error: Exception) -> str:
    words = {"ConnectTimeout": "no answer in time", "ReadTimeout": "no answer in time", "SSLError": "its certificate"}
    return words.get(type(error).__name__, "no connection; check the network and the address")

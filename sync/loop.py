"""Delivering again and again: for a kiosk without systemd's timer. Waiting is a parameter, so that tests do none."""

from collections.abc import Callable

from sync.backoff import Backoff
from sync.delivery import Delivery
from sync.errors import RefusedError, SyncError


def keep_delivering(
    deliver: Callable[[], Delivery],
    backoff: Backoff,
    wait: Callable[[float], bool],
    sent: Callable[[Delivery], None],
    failed: Callable[[SyncError], None],
) -> None:
    """Deliver until `wait(seconds)` returns true, which means stop. No failure ends the loop."""
    while True:
        try:
            delivery = deliver()
        except SyncError as error:
            failed(error)
            pause = backoff.refused() if isinstance(error, RefusedError) else backoff.failed()
        else:
            sent(delivery)
            pause = backoff.succeeded()
        if wait(pause):
            return

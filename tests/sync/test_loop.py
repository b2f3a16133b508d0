"""The loop, with waiting that takes no time."""

from random import Random

from sync.backoff import INTERVAL, Backoff
from sync.delivery import Delivery
from sync.errors import RefusedError, SyncError, UnreachableError
from sync.loop import keep_delivering


def run(*outcomes: SyncError | None) -> tuple[list[float], list[str]]:
    """Play the outcomes, one an attempt; return the waits and what was said."""
    left, waits, said = list(outcomes), [], []

    def deliver() -> Delivery:
        outcome = left.pop(0)
        if outcome is not None:
            raise outcome
        return Delivery()

    def wait(seconds: float) -> bool:
        waits.append(seconds)
        return not left

    keep_delivering(
        deliver, Backoff(Random(1)), wait, lambda _: said.append("sent"), lambda error: said.append(str(error))
    )
    return waits, said


def test_no_failure_ends_the_loop_and_success_starts_anew():
    waits, said = run(UnreachableError("down"), UnreachableError("still down"), None, UnreachableError("down"))
    assert said == ["down", "still down", "sent", "down"]
    assert waits[0] <= 30
    assert waits[1] <= 60
    assert waits[2] >= INTERVAL
    assert waits[3] <= 30


def test_a_refusal_waits_long():
    waits, said = run(RefusedError("revoked"), RefusedError("revoked"))
    assert (waits, said) == ([INTERVAL, INTERVAL], ["revoked", "revoked"])

"""One delivery: everything that is due goes to the district, oldest first, and is settled batch by batch."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import Final
from uuid import UUID, uuid4

from sync.client import Client
from sync.credentials import Credentials
from sync.errors import ClockError, EchoError, OutboxError, RefusedError, StoppedError, SyncError
from sync.outbox import Outbox
from sync.state import note_failure, note_success, read_state
from sync.wire import Answer, Batch, Row, from_epoch

_SOMEWHERE: Final = -1
"""Stands among the lost hours for a loss that an audit found, which tells how much is missing but not where."""


@dataclass(slots=True)
class Delivery:
    """What one delivery did.

    `hours` (epoch seconds) were settled; `remarks` are plain lines about what was not as it should be; `lost` are the
    hours that the district did not hold as it should have, and were put back into the outbox.
    """

    batches: int = 0
    rows: int = 0
    hours: set[int] = field(default_factory=set)
    remarks: list[str] = field(default_factory=list)
    lost: set[int] = field(default_factory=set)

    def line(self) -> str:
        """What was sent, in one line."""
        if not self.rows:
            return "nothing new; the district heard from us and holds all that it acknowledged"
        return f"rows sent and acknowledged: {self.rows} (hours: {len(self.hours)}, batches: {self.batches})"

    def facts(self, zone: tzinfo) -> dict[str, object]:
        """The same for programs; the hours in ISO 8601 with the offset of `zone`."""
        return {
            "batches": self.batches,
            "rows": self.rows,
            "hours": [from_epoch(hour).astimezone(zone).isoformat() for hour in sorted(self.hours)],
            "remarks": self.remarks,
        }


@dataclass(frozen=True, slots=True)
class Courier:
    """Carries the outbox of one kiosk to one district.

    `board` is this board's mark; `clock_trusted` says whether the clock was set since the start; `now_ms` is the wall
    clock in epoch milliseconds; `new_id` makes the ID of each batch.
    """

    outbox: Outbox
    client: Client
    credentials: Credentials
    board: str
    clock_trusted: Callable[[], bool]
    now_ms: Callable[[], int]
    new_id: Callable[[], UUID] = uuid4

    def deliver(self) -> Delivery:
        """Send all that is due and keep in the logbook how it went.

        Raises a SyncError; whatever was settled before it stays settled. StoppedError: nothing was even tried.
        """
        with self.outbox.transaction() as connection:
            state = read_state(connection)
        if state.stopped(self.credentials.token, self.now_ms()):
            raise StoppedError(f"sending is stopped until a new kiosk enroll: {state.last_failure}")
        try:
            delivery = self._send_all()
        except OutboxError:
            raise  # the logbook that cannot be read can hardly keep that it could not
        except SyncError as error:
            refused = self.credentials.token if isinstance(error, RefusedError) else None
            with self.outbox.transaction() as connection:
                note_failure(connection, self.now_ms(), str(error), refused)
            raise
        with self.outbox.transaction() as connection:
            note_success(connection, self.now_ms(), delivery.line())
        return delivery

    def _send_all(self) -> Delivery:
        if not self.clock_trusted():
            raise ClockError("the clock has not been set yet; sending waits for time synchronisation")
        delivery = Delivery()
        while True:
            self._send(delivery)
            if not self.outbox.waiting().rows:
                return delivery

    def _send(self, delivery: Delivery) -> None:
        """Send one batch and settle it. Raises EchoError when the district has lost the same thing twice."""
        rows = self.outbox.next_rows()
        since = self._audit_since(rows)
        batch = Batch(
            batch=self.new_id(),
            kiosk=self.credentials.kiosk,
            board=self.board,
            rows=rows,
            audit_since=None if since is None else from_epoch(since),
        )
        answer = self.client.send(batch, self.credentials)
        verdict = self.outbox.settle(rows, answer)
        delivery.batches += 1
        delivery.rows += len(verdict.settled)
        delivery.hours |= {cell[0] for cell in verdict.settled}
        delivery.remarks += verdict.remarks()
        lost = set(verdict.again)
        if not self._holds_all(since, answer):
            delivery.remarks.append("the district lacks counts it once acknowledged (restored from a backup?)")
            lost.add(_SOMEWHERE)
        # One second chance each: a district that loses what it is sent twice in a row needs a person.
        if lost & delivery.lost:
            raise EchoError(f"{delivery.remarks[-1]}; it does not keep them: have its database looked at")
        delivery.lost |= lost

    def _audit_since(self, rows: Sequence[Row]) -> int | None:
        """Ask for an audit with the batch that empties the outbox: once a delivery is often enough."""
        return self.outbox.oldest_hour() if self.outbox.waiting().rows <= len(rows) else None

    def _holds_all(self, since: int | None, answer: Answer) -> bool:
        held = answer.held
        return since is None or held is None or self.outbox.audit(since, held.rows, held.revisions)

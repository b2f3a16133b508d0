"""Taking a batch: recognise the kiosk, keep the higher revisions, answer with what is now held. One transaction."""

from collections.abc import Callable, Sequence
from typing import Final

from sqlalchemy import Connection, Engine, Row, bindparam, func, select, text, update

from kiosk.decisions import App, Direction
from sync import wire
from sync.district.database import WRITES
from sync.district.refusals import NotRecognisedError, NotYoursError, OtherBoardError
from sync.district.tables import kiosks, tallies
from sync.district.tokens import Verifier

_ON_CONFLICT: Final = """
    ON CONFLICT (kiosk_id, hour, direction, app) DO UPDATE SET count = excluded.count, revision = excluded.revision
    WHERE excluded.revision > tallies.revision
"""
# One statement with six arrays instead of one a row: twice the requests per second of SQLAlchemy's own many-row insert.
_UPSERT_POSTGRESQL: Final = text(f"""
    INSERT INTO tallies (kiosk_id, hour, direction, app, count, revision)
    SELECT :kiosk_id, * FROM unnest(
        CAST(:hours AS bigint[]), CAST(:directions AS text[]), CAST(:apps AS text[]),
        CAST(:counts AS integer[]), CAST(:revisions AS bigint[])
    ) {_ON_CONFLICT}
""")
_UPSERT_SQLITE: Final = f"""
    INSERT INTO tallies (kiosk_id, hour, direction, app, count, revision) VALUES (?, ?, ?, ?, ?, ?) {_ON_CONFLICT}
"""
# Built once: building a statement costs as much as running it.
HEARD: Final = (
    update(kiosks)
    .where(kiosks.c.name == bindparam("kiosk"))
    .values(heard_ms=bindparam("now"))
    .returning(kiosks.c.id, kiosks.c.board, kiosks.c.token_hash)
)
"""Notes that a kiosk was heard `now` (epoch ms), which also makes whoever else writes for it wait."""
_TOTALS: Final = select(tallies.c.hour, tallies.c.direction, tallies.c.app, tallies.c.count, tallies.c.revision).where(
    tallies.c.kiosk_id == bindparam("kiosk_id"), tallies.c.hour.in_(bindparam("hours", expanding=True))
)
_UNKNOWN: Final = "this token is unknown or revoked; enrol again with a new code"


class Ingest:
    """Takes batches into the district's database. `now_ms` is the wall clock in epoch milliseconds."""

    def __init__(self, engine: Engine, verifier: Verifier, now_ms: Callable[[], int]) -> None:
        self._engine = engine.execution_options(**WRITES)
        self._verifier = verifier
        self._now_ms = now_ms

    def take(self, batch: wire.Batch, token: str) -> wire.Answer:
        """Keep the batch and say what is held. The same batch again, late or out of order, changes nothing.

        Raises NotRecognisedError, NotYoursError or OtherBoardError; then nothing of the batch is kept.
        """
        name, _, secret = token.partition(".")
        if name != batch.kiosk:
            raise NotYoursError(f"this token belongs to {name}, the batch says it comes from {batch.kiosk}")
        if not self._verifier.knows(secret):
            self._warm(name, secret)
        try:
            with self._engine.begin() as connection:
                kiosk = self._recognise(connection, name, secret, batch.board)
                keep(connection, kiosk.id, batch.rows)
                return _answer(connection, kiosk.id, batch)
        except OtherBoardError:
            self._note_other_board(name, batch.board)
            raise

    def _warm(self, name: str, secret: str) -> None:
        """Pay argon2 once for a token, outside the transaction: it must not hold up other kiosks."""
        with self._engine.execution_options(district_writes=False).connect() as connection:
            stored = connection.execute(select(kiosks.c.token_hash).where(kiosks.c.name == name)).scalar()
        if not self._verifier.verify(stored, secret):
            raise NotRecognisedError(_UNKNOWN)

    def _recognise(self, connection: Connection, name: str, secret: str, board: str) -> Row[tuple[int, str, str]]:
        """Note that the kiosk was heard, and check it against what is stored at this very moment."""
        kiosk = connection.execute(HEARD, {"kiosk": name, "now": self._now_ms()}).first()
        if kiosk is None or not self._verifier.remembers(kiosk.token_hash, secret):
            raise NotRecognisedError(_UNKNOWN)
        if kiosk.board != board:
            raise OtherBoardError(
                f"{name} is enrolled on another board: was this card cloned or moved?"
                " Give this board a name of its own: district enroll-code NAME"
            )
        return kiosk

    def _note_other_board(self, name: str, board: str) -> None:
        with self._engine.begin() as connection:
            connection.execute(
                update(kiosks).where(kiosks.c.name == name).values(refused_board=board, refused_ms=self._now_ms())
            )


def keep(connection: Connection, kiosk_id: int, batch: Sequence[wire.Row]) -> None:
    """Put at most a batch's rows beside what is held, where their revision is higher."""
    if not batch:
        return
    if connection.dialect.name == "postgresql":
        columns = {
            "kiosk_id": kiosk_id,
            "hours": [row.epoch for row in batch],
            "directions": [row.direction.value for row in batch],
            "apps": [row.app.value for row in batch],
            "counts": [row.count for row in batch],
            "revisions": [row.revision for row in batch],
        }
        connection.execute(_UPSERT_POSTGRESQL, columns)
    else:
        rows = [(kiosk_id, row.epoch, row.direction.value, row.app.value, row.count, row.revision) for row in batch]
        connection.exec_driver_sql(_UPSERT_SQLITE, rows)


def _answer(connection: Connection, kiosk_id: int, batch: wire.Batch) -> wire.Answer:
    hours = sorted({row.epoch for row in batch.rows})
    found = connection.execute(_TOTALS, {"kiosk_id": kiosk_id, "hours": hours})
    totals = tuple(
        wire.Row(
            hour=wire.from_epoch(hour), direction=Direction(direction), app=App(app), count=count, revision=revision
        )
        for hour, direction, app, count, revision in found
    )
    return wire.Answer(batch=batch.batch, totals=totals, held=_held(connection, kiosk_id, batch))


def _held(connection: Connection, kiosk_id: int, batch: wire.Batch) -> wire.Held | None:
    if batch.audit_since is None:
        return None
    since = int(batch.audit_since.timestamp())
    rows, revisions = connection.execute(
        select(func.count(), func.coalesce(func.sum(tallies.c.revision), 0)).where(
            tallies.c.kiosk_id == kiosk_id, tallies.c.hour >= since
        )
    ).one()
    # PostgreSQL sums whole numbers into a Decimal.
    return wire.Held(since=batch.audit_since, rows=rows, revisions=int(revisions))

"""Register, verifier and ingest on one database with a clock of the test's own."""

from dataclasses import dataclass, field
from uuid import uuid4

from argon2 import PasswordHasher
from sqlalchemy import Engine, select

from kiosk.decisions import App, Direction
from sync.district.ingest import Ingest
from sync.district.register import Register
from sync.district.tables import kiosks, tallies
from sync.district.tokens import Verifier
from sync.wire import Answer, Batch, Row, from_epoch
from tests.sync.parts import BOARD, EIGHT, NOW_MS

CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
"""argon2 at its least, so that a test costs no second of CPU."""


def row(hour: int = EIGHT, count: int = 1, revision: int = 1, direction=Direction.IN, app=App.SHOWN) -> Row:
    return Row(hour=from_epoch(hour), direction=direction, app=app, count=count, revision=revision)


@dataclass
class Desk:
    """What the web application does, without the web."""

    engine: Engine
    now_ms: int = NOW_MS
    verifier: Verifier = field(default_factory=lambda: Verifier(CHEAP))

    def __post_init__(self) -> None:
        self.register = Register(self.engine, self.verifier, lambda: self.now_ms)
        self.ingest = Ingest(self.engine, self.verifier, lambda: self.now_ms)

    def token(self, name: str = "entrance-1", board: str = BOARD) -> str:
        """Enrol a kiosk."""
        return self.register.enroll(self.register.make_code(name), board).token

    def take(self, token: str, *rows: Row, board: str = BOARD, audit_since: int | None = None) -> Answer:
        """Send a batch."""
        since = None if audit_since is None else from_epoch(audit_since)
        batch = Batch(batch=uuid4(), kiosk=token.partition(".")[0], board=board, rows=rows, audit_since=since)
        return self.ingest.take(batch, token)

    def held(self) -> set[tuple[str, int, str, str, int, int]]:
        """Every tally in the database, with its kiosk's name."""
        columns = (tallies.c.hour, tallies.c.direction, tallies.c.app, tallies.c.count, tallies.c.revision)
        with self.engine.connect() as connection:
            return {tuple(found) for found in connection.execute(select(kiosks.c.name, *columns).join(kiosks))}

    def kiosk(self, name: str = "entrance-1"):
        """The row of the register."""
        with self.engine.connect() as connection:
            return connection.execute(select(kiosks).where(kiosks.c.name == name)).one()

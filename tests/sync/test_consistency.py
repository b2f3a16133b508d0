"""Whatever is lost, repeated, overtaken or restored on the way: in the end the district holds what the kiosk counted.

The real outbox, courier and ingest on two real SQLite files; only the network between them is played.
"""

import contextlib
import shutil
import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from sqlalchemy import delete, insert, select

from kiosk.decisions import App, Direction
from sync.credentials import Credentials
from sync.delivery import Courier
from sync.district.database import database_url, make_file, open_database
from sync.district.migrations import upgrade
from sync.district.tables import tallies
from sync.errors import UnreachableError
from sync.outbox import Outbox
from sync.wire import Answer, Batch
from tests.sync.district.desk import Desk
from tests.sync.parts import BOARD, EIGHT, HOUR, NOW_MS, ZONE, Book


class Network:
    """Between client and district: may lose the request or the answer, and remembers old batches."""

    def __init__(self, desk: Desk, token: str) -> None:
        self.desk = desk
        self.token = token
        self.trouble: list[str] = []
        self.past: list[Batch] = []

    def send(self, batch: Batch, _credentials: Credentials) -> Answer:
        trouble = self.trouble.pop(0) if self.trouble else "none"
        if trouble == "request lost":
            raise UnreachableError("lost")
        self.past.append(batch)
        answer = self.desk.ingest.take(batch, self.token)
        if trouble == "answer lost":
            raise UnreachableError("lost")
        return answer


class KioskAndDistrict(RuleBasedStateMachine):
    """A door that counts and corrects, a network that fails, a district that is put back to an old backup."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="consistency-"))
        self.book = Book(self.folder / "logbook.db")
        url = database_url(str(self.folder / "district.db"))
        make_file(url)
        self.engine = open_database(url)
        upgrade(self.engine)
        self.desk = Desk(self.engine)
        token = self.desk.token()
        self.network = Network(self.desk, token)
        self.outbox = Outbox(self.book.path, ZONE)
        parts = (Credentials("http://127.0.0.1", token), BOARD, lambda: True, lambda: NOW_MS)
        self.courier = Courier(self.outbox, self.network, *parts)  # type: ignore[arg-type]
        self.backup: list[dict[str, object]] = []

    def teardown(self) -> None:
        try:
            self.deliver_everything()
        finally:
            self.outbox.close()
            self.engine.dispose()
            shutil.rmtree(self.folder)

    @rule(
        hour=st.integers(0, 30),
        count=st.integers(0, 50),
        direction=st.sampled_from(Direction),
        app=st.sampled_from(App),
    )
    def count(self, hour: int, count: int, direction: Direction, app: App) -> None:
        self.book.count(EIGHT + hour * HOUR, count, direction, app)

    @rule(trouble=st.lists(st.sampled_from(["none", "request lost", "answer lost"]), max_size=3))
    def deliver(self, trouble: list[str]) -> None:
        self.network.trouble = trouble
        with contextlib.suppress(UnreachableError):
            self.courier.deliver()

    @rule(data=st.data())
    def an_old_batch_arrives_once_more(self, data: st.DataObject) -> None:
        if self.network.past:
            self.desk.ingest.take(data.draw(st.sampled_from(self.network.past)), self.network.token)

    @rule()
    def the_district_is_backed_up(self) -> None:
        with self.engine.connect() as connection:
            self.backup = [dict(row) for row in connection.execute(select(tallies)).mappings()]

    @rule()
    def the_district_is_put_back(self) -> None:
        with self.engine.execution_options(district_writes=True).begin() as connection:
            connection.execute(delete(tallies))
            if self.backup:
                connection.execute(insert(tallies), self.backup)

    @invariant()
    def nothing_is_acknowledged_that_was_not_counted(self) -> None:
        assert all(acknowledged <= revision for *_, revision, acknowledged in self.book.rows())

    def deliver_everything(self) -> None:
        """Once the network works, one delivery is enough, whatever happened before."""
        self.network.trouble = []
        self.courier.deliver()
        counted = {("entrance-1", *row[:5]) for row in self.book.rows()}
        assert self.desk.held() == counted
        assert self.book.unsent() == 0


TestKioskAndDistrict = KioskAndDistrict.TestCase
TestKioskAndDistrict.settings = settings(max_examples=15, stateful_step_count=15, deadline=None)

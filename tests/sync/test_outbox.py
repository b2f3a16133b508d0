"""The outbox on a real logbook file."""

from uuid import uuid4

import pytest

from kiosk.decisions import App, Direction
from sync.errors import OutboxError
from sync.outbox import Outbox, Waiting
from sync.wire import Answer
from tests.sync.parts import EIGHT, HOUR, ZONE


@pytest.fixture
def outbox(book):
    with Outbox(book.path, ZONE) as opened:
        yield opened


def test_rows_say_their_hour_in_the_kiosks_zone(book, outbox):
    book.count(EIGHT, 3, Direction.OUT, App.DECLINED)
    (row,) = outbox.next_rows()
    assert row.hour.isoformat() == "2026-11-24T09:00:00+07:00"
    assert (row.direction, row.app, row.count, row.revision) == (Direction.OUT, App.DECLINED, 3, 1)


def test_only_what_changed_since_is_due(book, outbox):
    book.count(EIGHT, 1)
    book.count(EIGHT + HOUR, 1)
    rows = outbox.next_rows()
    outbox.settle(rows, Answer(batch=uuid4(), totals=rows))
    assert (outbox.next_rows(), outbox.waiting()) == ((), Waiting(0, 0, None))
    book.count(EIGHT, 2)
    assert [(row.epoch, row.revision) for row in outbox.next_rows()] == [(EIGHT, 2)]
    assert outbox.waiting() == Waiting(1, 1, EIGHT)


def test_a_late_answer_never_takes_an_acknowledgement_back(book, outbox):
    book.count(EIGHT, 1)
    early = outbox.next_rows()
    book.count(EIGHT, 2)
    late = outbox.next_rows()
    outbox.settle(late, Answer(batch=uuid4(), totals=late))
    outbox.settle(early, Answer(batch=uuid4(), totals=late))
    assert book.rows() == [(EIGHT, "in", "detected", 2, 2, 2)]


def test_an_audit_is_content_with_more_and_alarmed_by_less(book, outbox):
    book.count(EIGHT, 1)
    rows = outbox.next_rows()
    outbox.settle(rows, Answer(batch=uuid4(), totals=rows))
    assert outbox.audit(EIGHT, held_rows=2, held_revisions=9)
    assert not outbox.audit(EIGHT, held_rows=0, held_revisions=0)
    assert book.unsent() == 1


def test_a_missing_logbook_is_named(tmp_path):
    with pytest.raises(OutboxError, match=r"nowhere.db: no logbook there yet; kiosk run"):
        Outbox(tmp_path / "nowhere.db", ZONE)
    assert not (tmp_path / "nowhere.db").exists()


def test_a_file_that_is_no_database_is_one_line(tmp_path):
    path = tmp_path / "notes.db"
    path.write_text("not a database, but long enough to be taken for a header" * 20)
    with Outbox(path, ZONE) as outbox, pytest.raises(OutboxError, match=r"notes.db: the tallies cannot be read"):
        outbox.next_rows()


def test_a_tally_of_another_kind_is_named(book, outbox):
    book.run(
        "INSERT INTO tallies (hour, direction, app, count, revision) VALUES (?, 'in', 'levitating', 1, 1)", (EIGHT,)
    )
    with pytest.raises(OutboxError, match=r"no district takes .*levitating"):
        outbox.next_rows()


def test_counting_goes_on_while_a_batch_is_away(book, outbox):
    book.count(EIGHT, 1)
    rows = outbox.next_rows()
    book.count(EIGHT, 2)
    outbox.settle(rows, Answer(batch=uuid4(), totals=rows))
    assert book.rows() == [(EIGHT, "in", "detected", 2, 2, 1)]

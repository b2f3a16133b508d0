"""From the logbook's tallies to the district and back, over real HTTP and two real SQLite files."""

import json
import sqlite3
from dataclasses import replace

import pytest

from kiosk.decisions import App, Direction
from sync.errors import AnswerError, ClockError, EchoError, RefusedError, StoppedError, UnreachableError
from sync.state import SyncState, read_state
from sync.wire import BATCH_HOURS
from tests.sync.parts import BOARD, EIGHT, HOUR, NOW_MS, OTHER_BOARD

IN_DETECTED = (EIGHT, "in", "detected")


def state_of(book) -> SyncState:
    connection = sqlite3.connect(book.path)
    state = read_state(connection)
    connection.close()
    return state


def sync_part(book) -> tuple[str, str]:
    return book.run("SELECT state, detail FROM parts WHERE part = 'sync'")[0]


def test_what_was_counted_arrives_and_is_acknowledged(book, district, send):
    kiosk = district.enrolled()
    book.count(EIGHT, 3)
    book.count(EIGHT, 2, Direction.OUT, App.UNKNOWN)
    delivery = send(kiosk).deliver()
    assert (delivery.rows, delivery.hours, delivery.batches, delivery.remarks) == (2, {EIGHT}, 1, [])
    assert district.held(kiosk) == {IN_DETECTED: (3, 1), (EIGHT, "out", "unknown"): (2, 1)}
    assert book.unsent() == 0
    assert state_of(book) == SyncState(last_success_ms=NOW_MS)
    assert sync_part(book)[0] == "ok"


def test_sending_again_changes_nothing(book, district, send):
    kiosk = district.enrolled()
    book.count(EIGHT, 3)
    courier = send(kiosk)
    courier.deliver()
    book.run("UPDATE tallies SET acknowledged = 0")
    courier.deliver()
    assert district.held(kiosk) == {IN_DETECTED: (3, 1)}
    assert courier.deliver().line().startswith("nothing new")


def test_a_correction_replaces_the_count(book, district, send):
    kiosk = district.enrolled()
    courier = send(kiosk)
    book.count(EIGHT, 3)
    courier.deliver()
    book.count(EIGHT, 2)
    courier.deliver()
    assert district.held(kiosk) == {IN_DETECTED: (2, 2)}


def test_weeks_offline_go_oldest_first_in_bounded_batches(book, district, send):
    kiosk = district.enrolled()
    hours = [EIGHT - hour * HOUR for hour in range(2 * BATCH_HOURS + 5)]
    for hour in hours:
        book.count(hour, 1)
    courier = send(kiosk)
    oldest = courier.outbox.next_rows()
    assert [row.epoch for row in oldest] == sorted(hours)[:BATCH_HOURS]
    assert courier.deliver().batches == 3
    assert len(district.held(kiosk)) == len(hours)
    assert book.unsent() == 0


def test_a_count_that_grows_while_the_batch_travels_is_sent_next(book, district, send, monkeypatch):
    kiosk = district.enrolled()
    book.count(EIGHT, 1)
    courier = send(kiosk)
    really_send = courier.client.send

    def send_while_somebody_enters(batch, credentials):
        answer = really_send(batch, credentials)
        if not batch.rows or batch.rows[0].count == 1:
            book.count(EIGHT, 2)
        return answer

    monkeypatch.setattr(courier.client, "send", send_while_somebody_enters)
    assert courier.deliver().batches == 2
    assert district.held(kiosk) == {IN_DETECTED: (2, 2)}
    assert book.unsent() == 0


def test_a_district_restored_from_an_old_backup_gets_what_it_lost(book, district, send):
    kiosk = district.enrolled()
    courier = send(kiosk)
    for hour in range(30):
        book.count(EIGHT + hour * HOUR, hour + 1)
    courier.deliver()
    before = district.held(kiosk)
    district.sql(
        "DELETE FROM tallies WHERE hour > ? AND kiosk_id = (SELECT id FROM kiosks WHERE name = ?)",
        (EIGHT + 9 * HOUR, kiosk.kiosk),
    )
    delivery = courier.deliver()
    assert delivery.remarks == ["the district lacks counts it once acknowledged (restored from a backup?)"]
    assert district.held(kiosk) == before
    assert book.unsent() == 0


def test_a_loss_in_the_hour_that_is_sent_and_elsewhere_too_is_mended_at_once(book, district, send):
    kiosk = district.enrolled()
    courier = send(kiosk)
    book.count(EIGHT, 1)
    book.count(EIGHT + HOUR, 1)
    courier.deliver()
    district.sql("DELETE FROM tallies WHERE kiosk_id = (SELECT id FROM kiosks WHERE name = ?)", (kiosk.kiosk,))
    book.count(EIGHT, 1, Direction.OUT)
    courier.deliver()
    assert len(district.held(kiosk)) == 3


def test_a_count_changed_at_the_district_is_put_right(book, district, send):
    kiosk = district.enrolled()
    courier = send(kiosk)
    book.count(EIGHT, 5)
    courier.deliver()
    district.sql("UPDATE tallies SET count = 4 WHERE kiosk_id = (SELECT id FROM kiosks WHERE name = ?)", (kiosk.kiosk,))
    book.run("UPDATE tallies SET acknowledged = 0")
    assert any("other counts" in remark for remark in courier.deliver().remarks)
    assert district.held(kiosk)[IN_DETECTED][0] == 5
    assert book.unsent() == 0


def test_a_logbook_from_an_old_backup_does_not_lower_the_district(book, district, send):
    kiosk = district.enrolled()
    courier = send(kiosk)
    for count in (1, 2, 3):
        book.count(EIGHT, count)
    courier.deliver()
    book.run("UPDATE tallies SET count = 1, revision = 1, acknowledged = 0")
    assert any("newer row" in remark for remark in courier.deliver().remarks)
    assert district.held(kiosk) == {IN_DETECTED: (3, 3)}
    assert book.unsent() == 0


def test_a_district_that_drops_rows_acknowledges_nothing(book, district, impostor, send):
    impostor.answer = lambda body: (200, {}, json.dumps({"batch": json.loads(body)["batch"], "totals": []}).encode())
    book.count(EIGHT, 3)
    courier = send(replace(district.enrolled(), url=impostor.url))
    with pytest.raises(EchoError, match=r"lacks counts of 1 hour.*database"):
        courier.deliver()
    assert len(impostor.requests) == 2
    assert book.unsent() == 1
    assert sync_part(book)[0] == "degraded"


def test_a_captive_portal_acknowledges_nothing(book, district, impostor, send):
    impostor.answer = lambda body: (200, {"Content-Type": "text/html"}, b"<html>Xin moi dang nhap</html>")
    book.count(EIGHT, 3)
    with pytest.raises(AnswerError, match="captive portal"):
        send(replace(district.enrolled(), url=impostor.url)).deliver()
    assert book.rows() == [(*IN_DETECTED, 3, 1, 0)]
    assert "captive portal" in (state_of(book).last_failure or "")


def test_a_revoked_token_stops_the_sending_and_nothing_storms(book, district, impostor, send):
    kiosk = district.enrolled()
    book.count(EIGHT, 3)
    courier = send(kiosk)
    courier.deliver()
    district.revoke(kiosk)
    book.count(EIGHT, 4)
    with pytest.raises(RefusedError, match="unknown or revoked; enrol again"):
        courier.deliver()
    assert sync_part(book)[0] == "down"
    silent = send(replace(kiosk, url=impostor.url))
    for _ in range(5):
        with pytest.raises(StoppedError, match="until a new kiosk enroll"):
            silent.deliver()
    assert impostor.requests == []
    assert state_of(book).last_success_ms == NOW_MS

    a_day_later = send(kiosk, now_ms=lambda: NOW_MS + 25 * 3_600_000)
    with pytest.raises(RefusedError, match="unknown or revoked"):
        a_day_later.deliver()

    send(district.enrolled(kiosk.kiosk)).deliver()
    assert book.unsent() == 0
    assert district.held(kiosk) == {IN_DETECTED: (4, 2)}


def test_a_cloned_card_is_refused_and_the_district_says_so(book, district, send):
    kiosk = district.enrolled(board=BOARD)
    book.count(EIGHT, 3)
    with pytest.raises(RefusedError, match="enrolled on another board: was this card cloned"):
        send(kiosk, board=OTHER_BOARD).deliver()
    assert district.held(kiosk) == {}
    assert district.sql("SELECT refused_board FROM kiosks WHERE name = ?", (kiosk.kiosk,)) == [(OTHER_BOARD,)]
    assert "another board" in district.run("report")


def test_nothing_is_sent_before_the_clock_is_set(book, district, impostor, send):
    kiosk = replace(district.enrolled(), url=impostor.url)
    with pytest.raises(ClockError, match="waits for time synchronisation"):
        send(kiosk, clock_trusted=lambda: False).deliver()
    assert impostor.requests == []
    assert sync_part(book)[0] == "degraded"


def test_an_unreachable_district_is_one_line_and_keeps_the_outbox(book, district, send):
    book.count(EIGHT, 3)
    with pytest.raises(
        UnreachableError, match=r"^http://127.0.0.1:9: the district cannot be reached \(Connection refused"
    ):
        send(replace(district.enrolled(), url="http://127.0.0.1:9")).deliver()
    assert book.unsent() == 1
    assert state_of(book).last_failure_ms == NOW_MS

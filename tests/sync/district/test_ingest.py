"""Taking batches, on SQLite and on PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from kiosk.decisions import App, Direction
from sync.district.refusals import NotRecognisedError, NotYoursError, OtherBoardError
from sync.district.tables import tallies
from sync.wire import Batch, Held, Row, from_epoch
from tests.sync.district.desk import Desk, row
from tests.sync.parts import BOARD, EIGHT, HOUR, NOW_MS, OTHER_BOARD


def test_the_answer_is_all_that_is_held_of_the_hours_sent(desk):
    token = desk.token()
    first, second, later = row(count=3), row(count=2, app=App.DECLINED), row(EIGHT + HOUR, count=9)
    desk.take(token, first, later)
    assert set(desk.take(token, second).totals) == {first, second}
    assert desk.kiosk().heard_ms == NOW_MS


def test_a_lower_or_equal_revision_changes_nothing(desk):
    token = desk.token()
    desk.take(token, row(count=5, revision=7))
    for revision in (6, 7):
        assert desk.take(token, row(count=1, revision=revision)).totals == (row(count=5, revision=7),)
    assert desk.take(token, row(count=4, revision=8)).totals == (row(count=4, revision=8),)


def test_an_empty_batch_is_a_sign_of_life(desk):
    token = desk.token()
    desk.now_ms += 60_000
    assert desk.take(token).totals == ()
    assert desk.kiosk().heard_ms == NOW_MS + 60_000


def test_an_audit_sums_what_is_held_since(desk):
    token = desk.token()
    desk.take(token, row(EIGHT, 1, 3), row(EIGHT + HOUR, 1, 4), row(EIGHT + 2 * HOUR, 1, 5))
    answer = desk.take(token, audit_since=EIGHT + HOUR)
    assert answer.held == Held(since=from_epoch(EIGHT + HOUR), rows=2, revisions=9)


def test_kiosks_do_not_mix(desk):
    first, second = desk.token("first"), desk.token("second")
    desk.take(first, row(count=1))
    assert desk.take(second, row(count=2)).totals == (row(count=2),)
    assert {(name, people) for name, _, _, _, people, _ in desk.held()} == {("first", 1), ("second", 2)}


def test_a_token_is_for_one_kiosk(desk):
    token = desk.token("first")
    desk.token("second")
    with pytest.raises(NotYoursError, match="belongs to first"):
        desk.ingest.take(Batch(batch=uuid4(), kiosk="second", board=BOARD, rows=()), token)


@pytest.mark.parametrize("token", ["entrance-1.wrong", "nobody.wrong", "entrance-1."])
def test_a_wrong_token_keeps_nothing(desk, token):
    desk.token()
    with pytest.raises(NotRecognisedError, match="unknown or revoked"):
        desk.take(token, row())
    assert (desk.held(), desk.kiosk().heard_ms) == (set(), None)


def test_revocation_holds_at_once_even_for_a_remembered_token(desk):
    token = desk.token()
    desk.take(token, row(count=1))
    Desk(desk.engine).register.revoke("entrance-1")
    with pytest.raises(NotRecognisedError):
        desk.take(token, row(count=2, revision=2))
    assert {people for *_, people, _ in desk.held()} == {1}


def test_another_board_is_refused_and_noted(desk):
    token = desk.token()
    with pytest.raises(OtherBoardError, match="entrance-1 is enrolled on another board"):
        desk.take(token, row(), board=OTHER_BOARD)
    assert desk.held() == set()
    noted = desk.kiosk()
    assert (noted.heard_ms, noted.refused_board, noted.refused_ms) == (None, OTHER_BOARD, NOW_MS)


def test_a_new_code_moves_the_name_to_the_new_board(desk):
    old = desk.token(board=BOARD)
    new = desk.token(board=OTHER_BOARD)
    assert desk.take(new, row(), board=OTHER_BOARD).totals == (row(),)
    with pytest.raises(NotRecognisedError):
        desk.take(old, row())


def test_batches_of_one_kiosk_at_once_leave_the_highest_revision(desk):
    token = desk.token()
    desk.take(token)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda n: desk.take(token, row(count=n, revision=n)), range(1, 41)))
    assert len(answers) == 40
    assert desk.held() == {("entrance-1", EIGHT, "in", "shown", 40, 40)}


def test_kiosks_at_once_do_not_wait_for_each_other_for_ever(desk):
    tokens = [desk.token(f"kiosk-{n}") for n in range(8)]
    rows = [row(EIGHT + hour * HOUR) for hour in range(24)]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda token: desk.take(token, *rows), tokens * 3))
    assert all(len(answer.totals) == 24 for answer in answers)
    assert len(desk.held()) == 8 * 24


cells = st.tuples(
    st.sampled_from([EIGHT, EIGHT + HOUR]), st.sampled_from(Direction), st.sampled_from([App.SHOWN, App.UNKNOWN])
)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.data())
def test_late_repeated_and_out_of_order_batches_come_to_the_same(desk, data):
    """Against a model: the history of a kiosk's counts, cut into batches, delivered in any order and number."""
    token = desk.token()
    with desk.engine.execution_options(district_writes=True).begin() as connection:
        connection.execute(delete(tallies))
    history: dict[tuple, list[Row]] = {}
    for cell, people in data.draw(st.lists(st.tuples(cells, st.integers(0, 9)), min_size=1, max_size=12)):
        past = history.setdefault(cell, [])
        past.append(row(cell[0], people, len(past) + 1, *cell[1:]))
    versions = [version for past in history.values() for version in past]
    deliveries = data.draw(st.permutations(versions + data.draw(st.lists(st.sampled_from(versions), max_size=8))))
    for version in deliveries:
        (echoed,) = [total for total in desk.take(token, version).totals if total.cell == version.cell]
        assert echoed.revision >= version.revision
    newest = {("entrance-1", *cell, past[-1].count, past[-1].revision) for cell, past in history.items()}
    assert desk.held() == newest

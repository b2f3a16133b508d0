"""What an answer means, without any network."""

from hypothesis import given
from hypothesis import strategies as st

from kiosk.decisions import App, Direction
from sync.echo import Tally, compare
from sync.wire import Row, from_epoch
from tests.sync.parts import EIGHT, HOUR

CELL = (EIGHT, Direction.IN, App.SHOWN)
OTHER_CELL = (EIGHT, Direction.OUT, App.UNKNOWN)


def row(cell, count, revision) -> Row:
    return Row(hour=from_epoch(cell[0]), direction=cell[1], app=cell[2], count=count, revision=revision)


def test_the_same_revision_and_count_settle():
    verdict = compare([row(CELL, 3, 5)], [Tally(CELL, 3, 5)], [row(CELL, 3, 5)])
    assert (verdict.settled, verdict.again, verdict.remarks()) == ({CELL: 5}, frozenset(), [])


def test_what_grew_meanwhile_settles_only_as_it_was_sent():
    verdict = compare([row(CELL, 3, 5)], [Tally(CELL, 4, 6)], [row(CELL, 3, 5)])
    assert verdict.settled == {CELL: 5}


def test_a_missing_row_sends_its_whole_hour_again_and_no_other():
    later = (EIGHT + HOUR, Direction.IN, App.SHOWN)
    sent = [row(CELL, 3, 5), row(OTHER_CELL, 1, 1), row(later, 1, 1)]
    local = [Tally(CELL, 3, 5), Tally(OTHER_CELL, 1, 1), Tally(later, 1, 1)]
    verdict = compare(sent, local, [row(CELL, 3, 5), row(later, 1, 1)])
    assert (verdict.settled, verdict.again) == ({later: 1}, {EIGHT})


def test_a_lower_revision_is_a_loss():
    assert compare([row(CELL, 3, 5)], [Tally(CELL, 3, 5)], [row(CELL, 2, 4)]).again == {EIGHT}


def test_a_row_acknowledged_long_ago_is_missed_too():
    local = [Tally(CELL, 3, 5), Tally(OTHER_CELL, 7, 9, acknowledged=9)]
    assert compare([row(CELL, 3, 5)], local, [row(CELL, 3, 5)]).again == {EIGHT}


def test_a_row_that_was_never_sent_is_not_missed():
    local = [Tally(CELL, 3, 5), Tally(OTHER_CELL, 1, 1)]
    assert compare([row(CELL, 3, 5)], local, [row(CELL, 3, 5)]).settled == {CELL: 5}


def test_another_count_under_the_same_revision_is_contradicted():
    verdict = compare([row(CELL, 3, 5)], [Tally(CELL, 3, 5)], [row(CELL, 4, 5)])
    assert (verdict.settled, verdict.again, verdict.contradicted) == ({}, {EIGHT}, {CELL})


def test_a_higher_revision_at_the_district_stands_and_is_said():
    verdict = compare([row(CELL, 3, 5)], [Tally(CELL, 3, 5)], [row(CELL, 9, 8)])
    assert (verdict.settled, verdict.newer) == ({CELL: 5}, {CELL})
    assert "restored from a backup" in verdict.remarks()[0]


def test_an_answer_that_was_overtaken_is_no_fault():
    """Another delivery sent revision 6 in between: ours is 6 by now, so nothing is newer than we are."""
    verdict = compare([row(CELL, 3, 5)], [Tally(CELL, 4, 6, acknowledged=6)], [row(CELL, 4, 6)])
    assert (verdict.settled, verdict.again, verdict.newer) == ({CELL: 5}, frozenset(), frozenset())


cells = st.tuples(st.sampled_from([EIGHT, EIGHT + HOUR]), st.sampled_from(Direction), st.sampled_from(App))
figures = st.tuples(st.integers(0, 3), st.integers(1, 3))


@given(st.dictionaries(cells, figures, max_size=6), st.dictionaries(cells, figures, max_size=6))
def test_nothing_is_settled_that_the_district_does_not_hold(ours, theirs):
    sent = [row(cell, *figure) for cell, figure in ours.items()]
    local = [Tally(cell, *figure) for cell, figure in ours.items()]
    verdict = compare(sent, local, [row(cell, *figure) for cell, figure in theirs.items()])
    for cell, revision in verdict.settled.items():
        count, held = theirs[cell]
        assert held > revision or (held, count) == (revision, ours[cell][0])
    assert {cell[0] for cell in ours} == {cell[0] for cell in verdict.settled} | verdict.again

"""The second copy: what is in it comes back, and what is not a link of the chain does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.logbook.chain import START, encode, link_hash
from kiosk.logbook.trail import Link, Trail


def links(count, first=1, before=START):
    found = []
    for number in range(first, first + count):
        values = (number, "in", 0.5, number)
        encoded = encode(values)
        before = link_hash(before, encoded)
        found.append(Link("entries", list(values), encoded, before))
    return found


@pytest.fixture
def trail(tmp_path):
    trail = Trail(tmp_path / "trail")
    yield trail
    trail.close()


def test_what_was_appended_is_read_in_order(trail):
    trail.append(links(3))
    assert list(trail.read(0)) == links(3)
    assert [link.number for link in trail.read(2)] == [3]
    assert trail.last == 3


def test_it_goes_on_where_it_was_when_opened_again(trail):
    trail.append(links(3))
    again = Trail(trail.folder)
    assert again.last == 3
    again.append(links(5)[3:])
    again.close()
    assert list(Trail(trail.folder).read(0)) == links(5)


def test_a_line_that_was_cut_does_not_spoil_the_next(trail):
    trail.append(links(3))
    [file] = trail.folder.iterdir()
    file.write_bytes(file.read_bytes()[:-5])
    again = Trail(trail.folder)
    assert again.last == 2
    again.append(links(3)[2:])
    again.close()
    assert list(Trail(trail.folder).read(0)) == links(3)


def test_files_that_the_oldest_backup_holds_are_pruned(trail):
    trail.append(links(3))
    trail.begin_anew(4)
    trail.append(links(6)[3:])
    trail.begin_anew(7)
    trail.prune(2)
    assert [link.number for link in trail.read(0)] == [1, 2, 3, 4, 5, 6]
    trail.prune(3)
    assert [link.number for link in trail.read(0)] == [4, 5, 6]
    trail.prune(99)
    assert [file.stem for file in trail.folder.iterdir()] == ["000000000007"]


@given(st.binary(max_size=300), st.integers(0, 400))
def test_whatever_is_in_the_file_only_whole_lines_are_read(tmp_path_factory, garbage, place):
    trail = Trail(tmp_path_factory.mktemp("trail"))
    trail.append(links(4))
    [file] = trail.folder.iterdir()
    content = file.read_bytes()
    file.write_bytes(content[:place] + garbage + content[place:])
    for link in Trail(trail.folder).read(0):
        assert link.table in ("entries", "corrections")
        assert isinstance(link.number, int)
    trail.close()

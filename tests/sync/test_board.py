"""The board's mark."""

import re

import pytest

from sync.board import board_mark
from sync.errors import CredentialsError
from sync.wire import BOARD_PATTERN


def test_two_boards_with_one_card_have_two_marks(tmp_path):
    marks = []
    for serial in ("10000000a1b2c3d4\0", "10000000a1b2c3d5\0"):
        file = tmp_path / "serial-number"
        file.write_text(serial)
        marks.append(board_mark(tmp_path / "state", (tmp_path / "none", file)))
        assert serial.strip("\0") not in marks[-1]
    assert marks[0] != marks[1]
    assert all(re.match(BOARD_PATTERN, mark) for mark in marks)
    assert not (tmp_path / "state").exists()


def test_a_machine_without_a_serial_keeps_a_mark_of_its_own(tmp_path):
    first = board_mark(tmp_path / "state", ())
    assert board_mark(tmp_path / "state", ()) == first
    assert board_mark(tmp_path / "elsewhere", ()) != first


def test_a_mark_that_cannot_be_kept_is_an_error(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(CredentialsError, match="make the folder writable"):
        board_mark(tmp_path / "file", ())

"""The mark of a running kiosk."""

import fcntl
import os
from threading import Timer

from kiosk.logbook.presence import Presence, is_held


def test_it_is_held_until_its_end(tmp_path):
    path = tmp_path / "logbook.lock"
    assert is_held(path) is None
    presence = Presence(path)
    assert is_held(path) is True
    presence.end()
    presence.end()
    assert is_held(path) is False


def test_looking_needs_no_right_to_write(tmp_path):
    path = tmp_path / "logbook.lock"
    presence = Presence(path)
    path.chmod(0o440)
    assert is_held(path) is True
    presence.end()


def test_one_who_looks_at_the_wrong_moment_does_not_keep_the_mark_away(tmp_path):
    path = tmp_path / "logbook.lock"
    looking = os.open(path, os.O_RDONLY | os.O_CREAT, 0o640)
    fcntl.flock(looking, fcntl.LOCK_EX)
    Timer(0.05, os.close, [looking]).start()
    presence = Presence(path)
    assert is_held(path) is True
    presence.end()


def test_a_mark_that_cannot_be_left_is_no_error(tmp_path):
    presence = Presence(tmp_path / "nowhere" / "logbook.lock")
    presence.end()
    assert is_held(tmp_path / "nowhere" / "logbook.lock") is None

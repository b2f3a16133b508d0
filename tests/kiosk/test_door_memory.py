"""What a door has learned outlives the process, a kill, a damaged file, and a version that knows more or less."""

import json
import logging
import signal
import subprocess
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.door_memory import MemoryFile, memory_of
from kiosk.doorway import DoorMemory
from kiosk.doorway.model import usual_model
from kiosk.doorway.share import MEMORY, Share
from tests.running import ROOT, running_kiosk

LEARNED = DoorMemory(0.625, 120.0, 45.0, 3600.0, -2.5, 75.0, 0.25, 60.0, 0.5, 90.0)

WRITES_FOR_EVER = """
import sys
from itertools import count
from pathlib import Path
from kiosk.door_memory import MemoryFile
from kiosk.doorway import DoorMemory
file = MemoryFile(Path(sys.argv[1]), "Bluezone")
for number in count(1):
    file.keep(DoorMemory(0.5, float(number)))
"""


@pytest.fixture
def path(tmp_path):
    return tmp_path / "logbook.door.json"


def test_what_is_kept_is_read_again(path):
    MemoryFile(path, "Bluezone").keep(LEARNED)
    assert MemoryFile(path, "Bluezone").read() == LEARNED
    assert json.loads(path.read_text()) == {
        "app": "Bluezone",
        "learned": {
            "share": 0.625,
            "passages": 120.0,
            "bystanders": 45.0,
            "seconds": 3600.0,
            "excess": -2.5,
            "phones": 75.0,
            "with_app": 0.25,
            "with_people": 60.0,
            "without_app": 0.5,
            "without_people": 90.0,
        },
    }


def test_a_door_that_has_learned_nothing_yet_says_nothing(path, caplog):
    assert MemoryFile(path, "Bluezone").read() is None
    assert caplog.text == ""


def test_another_campaign_begins_anew(path, caplog):
    MemoryFile(path, "Bluezone").keep(LEARNED)
    assert MemoryFile(path, "PC-Covid").read() is None
    assert caplog.text == ""


@pytest.mark.parametrize(
    "damage",
    [
        b"", b"\0" * 90, b"{", b"[]", b"null", b'{"app": "Bluezone"}', b'{"app": "Bluezone", "learned": []}',
        b'{"app": "Bluezone", "learned": {"passages": 3}}',
        b'{"app": "Bluezone", "learned": {"share": "x", "passages": 3}}',
        b'{"app": "Bluezone", "learned": {"share": NaN, "passages": 3}}', b"[" * 4000, b"\xff\xfe", b"1" * 9999,
    ],
)  # fmt: skip
def test_a_damaged_file_is_one_line_and_a_fresh_start(path, caplog, damage):
    path.write_bytes(damage)
    file = MemoryFile(path, "Bluezone")
    assert file.read() is None
    assert [record.levelno for record in caplog.records] == [logging.WARNING]
    assert str(path) in caplog.text
    file.keep(LEARNED)
    assert file.read() == LEARNED


@given(st.binary(max_size=200))
def test_no_bytes_raise(tmp_path_factory, damage):
    path = tmp_path_factory.getbasetemp() / "any.json"
    path.write_bytes(damage)
    assert MemoryFile(path, "Bluezone").read() is None


def test_what_another_version_kept_is_taken_as_far_as_it_is_known():
    assert memory_of({"share": 0.5, "passages": 9, "of_a_later_version": [1, 2]}) == DoorMemory(0.5, 9.0)


def test_a_disk_that_takes_nothing_is_one_line_however_often_it_is_tried(tmp_path, caplog):
    file = MemoryFile(tmp_path / "missing" / "logbook.door.json", "Bluezone")
    for passages in (1.0, 2.0, 3.0):
        file.keep(DoorMemory(0.5, passages))
    assert len(caplog.records) == 1


def test_a_kill_at_any_moment_leaves_a_whole_file(path):
    for _ in range(3):
        process = subprocess.Popen([sys.executable, "-c", WRITES_FOR_EVER, str(path)], cwd=ROOT)
        end = time.monotonic() + 20
        while not path.exists() and time.monotonic() < end:
            time.sleep(0.01)
        time.sleep(0.1)
        process.send_signal(signal.SIGKILL)
        process.wait(10)
        memory = MemoryFile(path, "Bluezone").read()
        assert memory is not None
        assert memory.passages >= 1


def test_starting_again_and_again_does_not_draw_a_door_back_to_the_usual():
    deciding = usual_model().decision
    memory = DoorMemory(0.9, 150.0)
    for _ in range(100):
        memory = DoorMemory(*Share(deciding, memory).kept)
    assert memory == DoorMemory(0.9, 150.0)
    assert Share(deciding, DoorMemory(0.9, 1e9)).kept == (0.9, MEMORY)


def test_a_young_memory_is_still_held_by_what_is_usual():
    deciding = usual_model().decision
    share, passages = Share(deciding, DoorMemory(1.0, 1.0)).kept
    assert passages == deciding.share_weight
    assert deciding.share < share < 1.0


def test_a_kiosk_goes_on_from_what_it_knew_before_it_was_restarted(tmp_path):
    path = tmp_path / "logbook.door.json"
    MemoryFile(path, "Bluezone").keep(DoorMemory(0.9, 50.0))
    with running_kiosk(tmp_path, "--simulate", "--headless") as kiosk:
        time.sleep(2)
        kiosk.stop()
        assert not any(str(path) in line for line in kiosk.lines)
    first = MemoryFile(path, "Bluezone").read()
    assert first is not None
    assert first.passages >= 50
    assert 0.7 < first.share <= 0.95
    path.write_bytes(path.read_bytes()[:-20])
    with running_kiosk(tmp_path, "--simulate", "--headless") as kiosk:
        kiosk.stop()
        assert kiosk.process.returncode == 0
        said = [line for line in kiosk.lines if str(path) in line]
        assert len(said) == 1
        assert not any("Traceback" in line for line in kiosk.lines)
    again = MemoryFile(path, "Bluezone").read()
    assert again is not None
    assert again.passages < 50

"""A recording that was written is complete or not there at all."""

from datetime import UTC, datetime

import pytest

from hardware.errors import RecordingError
from hardware.events import Action, Advert, Beam, Button, Press
from hardware.recording import Header, read_recording
from hardware.recording_writer import RecordingWriter

HEADER = Header(started_at=datetime(2026, 3, 2, tzinfo=UTC), seconds=900, door=("outer", "inner"))


def as_it_is(advert: Advert) -> Advert:
    return advert


def test_what_is_written_is_read_with_times_from_the_start(tmp_path):
    with RecordingWriter(tmp_path / "door.gz", HEADER, as_it_is, start=1000.0) as writer:
        writer.write(Advert(1000.5, "A", -70))
        writer.write(Beam(1001.0, "outer", active=True))

    recording = read_recording(tmp_path / "door.gz")

    assert recording.header == HEADER
    assert recording.load() == [Advert(0.5, "A", -70), Beam(1.0, "outer", active=True)]
    assert [path.name for path in tmp_path.iterdir()] == ["door.gz"]


def test_the_length_is_known_only_at_the_end(tmp_path):
    writer = RecordingWriter(tmp_path / "door.gz", HEADER, as_it_is)
    writer.write(Press(3.0, Action.SHOWN, count=4))
    writer.close(seconds=12.5)
    writer.close()

    assert read_recording(tmp_path / "door.gz").header.seconds == 12.5


def test_an_event_that_comes_late_does_not_turn_time_back(tmp_path):
    with RecordingWriter(tmp_path / "door.gz", HEADER, as_it_is) as writer:
        writer.write(Advert(5.0, "A", -70))
        writer.write(Beam(4.9, "outer", active=True))

    assert [event.t for event in read_recording(tmp_path / "door.gz").load()] == [5.0, 5.0]


def test_nothing_is_left_when_the_recording_fails(tmp_path):
    with pytest.raises(ValueError, match="a Button cannot be recorded"):  # noqa: SIM117
        with RecordingWriter(tmp_path / "door.gz", HEADER, as_it_is) as writer:
            writer.write(Button(1.0, Action.SHOWN, down=True))

    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(RecordingError, match=r"door.gz: cannot be written \(No such file"):
        RecordingWriter(tmp_path / "none" / "door.gz", HEADER, as_it_is)

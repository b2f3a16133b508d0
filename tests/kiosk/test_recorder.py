"""What an entrance is told is written down, and what it decides is not changed by that."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from hardware.errors import RecordingError
from hardware.events import Action, Advert, Beam, Button, Press
from hardware.recording import Header, read_recording
from hardware.recording_writer import RecordingWriter
from hardware.simulation import DoorParameters, simulate
from kiosk.decisions import Entry
from kiosk.recorder import Recorder
from kiosk.replay import entrance_of, replay

HEADER = Header(started_at=datetime(2026, 3, 2, tzinfo=UTC), seconds=0, door=("outer", "inner"))


def recorder_to(path, header=HEADER, conceal=lambda advert: advert):
    return Recorder(entrance_of(header, ()), RecordingWriter(path, header, conceal))


def entries(deciding, events):
    return [d for step in replay(deciding, events, 300) for d in step.decisions if isinstance(d, Entry)]


def test_a_recorded_entrance_decides_as_one_that_is_not_and_so_does_the_replay(tmp_path):
    simulated = simulate(DoorParameters(), 300, seed=1)
    recorder = recorder_to(tmp_path / "door.gz", simulated.header)

    live = entries(recorder, simulated.events)
    recorder.close(300)

    recording = read_recording(tmp_path / "door.gz")
    assert live == entries(entrance_of(simulated.header, ()), simulated.events)
    assert recording.header.seconds == 300
    assert recording.load() == simulated.events


def test_fingers_are_written_as_the_press_that_the_desk_made_of_them(tmp_path):
    recorder = recorder_to(tmp_path / "door.gz")

    recorder.handle(Button(1.0, Action.SHOWN, down=True))
    recorder.advance(1.2)
    recorder.handle(Button(1.3, Action.SHOWN, down=False))
    recorder.advance(1.5)
    recorder.close(2.0)

    (press,) = read_recording(tmp_path / "door.gz").load()
    assert press == Press(press.t, Action.SHOWN)


def test_a_bouncing_beam_is_written_as_it_bounced(tmp_path):
    bounces = [Beam(1.0 + n / 1000, "outer", active=n % 2 == 0) for n in range(5)]
    recorder = recorder_to(tmp_path / "door.gz")

    for beam in bounces:
        recorder.handle(beam)
    recorder.close(2.0)

    assert read_recording(tmp_path / "door.gz").load() == bounces


def test_a_full_disk_ends_the_recording_and_not_the_counting(tmp_path):
    class FullDisk(RecordingWriter):
        def write(self, event):
            raise RecordingError("door.gz: cannot be written (No space left on device); name another file")

    simulated = simulate(DoorParameters(), 120, seed=1)
    entrance = entrance_of(simulated.header, ())
    recorder = Recorder(entrance, FullDisk(tmp_path / "door.gz", HEADER, lambda advert: advert))

    assert len(entries(recorder, simulated.events)) >= len(simulated.truth) - 1
    with pytest.raises(RecordingError, match="No space left"):
        recorder.close(120)
    assert list(tmp_path.iterdir()) == []


def test_what_the_writer_conceals_the_entrance_still_hears(tmp_path):
    heard = []

    class Listening:
        def handle(self, event):
            heard.append(event)
            return []

    def blank(advert):
        return replace(advert, address="hidden")

    recorder = Recorder(Listening(), RecordingWriter(tmp_path / "door.gz", HEADER, blank))
    recorder.handle(Advert(1.0, "43:8A", -60))
    recorder.close(2.0)

    assert heard == [Advert(1.0, "43:8A", -60)]
    assert read_recording(tmp_path / "door.gz").load() == [Advert(1.0, "hidden", -60)]

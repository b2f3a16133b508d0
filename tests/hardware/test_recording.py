"""Recordings are read whole, or refused with the file, the line and a remedy."""

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hardware.errors import RecordingError
from hardware.events import Action, Advert, Beam, Press, Scanner
from hardware.recording import read_recording
from hardware.recording_lines import write_event

HEADER = {
    "format": "kiosk-recording/1",
    "started_at": "2026-03-02T07:30:00+07:00",
    "door": ["outer", "inner"],
    "radios": ["inside"],
    "places": {"inside": [0.8, 1.2], "outer": [-0.15, 0], "inner": [0.15, 0]},
    "seconds": 900,
}
BLUEZONE = "00004e56-0000-1000-8000-00805f9b34fb"
ADVERT = {"address": "43:8A:5D:BE:75:9D", "rssi": -92, "service_uuids": [BLUEZONE.upper()]}


def record(folder: Path, *lines: object, header: object = HEADER) -> Path:
    texts = [line if isinstance(line, str) else json.dumps(line) for line in (header, *lines)]
    path = folder / "door.jsonl.gz"
    path.write_bytes(gzip.compress("\n".join(texts).encode()))
    return path


def fault_of(path: Path) -> str:
    try:
        read_recording(path).load()
    except RecordingError as error:
        return str(error)
    return "none"


def test_every_kind_of_event_is_read_with_its_type(tmp_path):
    recording = read_recording(
        record(
            tmp_path,
            {"t": 0.085, "advert": ADVERT | {"manufacturer_data": {"8885": "9a5952"}, "tx_power": -21}},
            {"t": 72, "door": {"sensor": "outer", "active": True}},
            {"t": 80.1, "press": {"action": "no_smartphone"}},
            {"t": 300.0, "scanner": {"radio": "inside", "listening": False}},
        )
    )

    assert recording.header.places["inside"] == (0.8, 1.2)
    assert recording.load() == [
        Advert(
            0.085,
            "43:8A:5D:BE:75:9D",
            -92,
            service_uuids=(BLUEZONE,),
            manufacturer_data={8885: bytes.fromhex("9a5952")},
            tx_power=-21,
        ),
        Beam(72.0, "outer", active=True),
        Press(80.1, Action.NO_SMARTPHONE),
        Scanner(300.0, "inside", listening=False),
    ]


def test_a_door_with_two_radios_and_one_beam(tmp_path):
    header = HEADER | {"radios": ["inside", "outside"], "door": ["beam"]}

    path = record(tmp_path, {"t": 1, "advert": ADVERT | {"radio": "outside"}}, header=header)

    assert [event.radio for event in read_recording(path).load()] == ["outside"]


def test_missing_radios_mean_the_one_beside_the_kiosk_and_later_keys_are_passed_over(tmp_path):
    header = {key: value for key, value in HEADER.items() if key not in {"radios", "places"}} | {"weather": "rain"}

    opened = read_recording(record(tmp_path, {"t": 1, "advert": ADVERT}, header=header))

    assert opened.header.radios == ("inside",)
    assert len(opened.load()) == 1


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", ":2: not a line of JSON"),
        ("\n", ":2: not a line of JSON"),
        ("[1]", ":2: the line is wrong"),
        ({"t": 1}, ":2: no event stands beside t"),
        ({"t": 1, "dance": {}}, ':2: unknown event "dance"'),
        ({"t": 1, "press": {"action": "exit"}, "door": {"sensor": "outer", "active": True}}, ":2: more than one event"),
        ({"advert": ADVERT}, ":2: t is missing"),
        ('{"t": NaN, "press": {"action": "exit"}}', ":2: t is wrong"),
        ({"t": -1, "press": {"action": "exit"}}, ":2: t is wrong"),
        ({"t": "1", "press": {"action": "exit"}}, ":2: t is wrong"),
        ({"t": 1, "press": {"action": "sing"}}, ":2: press.action is wrong"),
        ({"t": 1, "advert": ADVERT | {"rssi": "loud"}}, ":2: advert.rssi is wrong"),
        ({"t": 1, "advert": ADVERT | {"rssi": -500}}, ":2: advert.rssi is wrong"),
        ({"t": 1, "advert": ADVERT | {"manufacturer_data": {"8885": "xyz"}}}, ":2: advert.manufacturer_data.8885"),
        ({"t": 1, "advert": ADVERT | {"radio": "attic"}}, ':2: the radio "attic" is not in the header'),
        ({"t": 1, "door": {"sensor": "cellar", "active": True}}, ':2: the sensor "cellar" is not in the header'),
        ({"t": 1, "door": {"sensor": "out\u001b[2J\nside", "active": True}}, ':2: the sensor "out?[2J?side" is not'),
    ],
)
def test_a_bad_line_is_named_with_its_number(tmp_path, line, told):
    recording = read_recording(record(tmp_path, line))

    with pytest.raises(RecordingError, match=r"door\.jsonl\.gz") as refusal:
        recording.load()
    assert told in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_time_running_backwards_is_refused_at_its_line(tmp_path):
    path = record(tmp_path, {"t": 5, "advert": ADVERT}, {"t": 5, "advert": ADVERT}, {"t": 4.9, "advert": ADVERT})

    events = read_recording(path).events

    assert [next(events).t, next(events).t] == [5.0, 5.0]
    with pytest.raises(RecordingError, match=r":4: time runs backwards, from 5.000 to 4.900"):
        next(events)


@pytest.mark.parametrize(
    ("header", "told"),
    [
        (HEADER | {"format": "kiosk-recording/2"}, ":1: not a recording of this format"),
        ({"format": "kiosk-recording/1"}, ":1: started_at is missing"),
        (HEADER | {"started_at": "2026-03-02T07:30:00"}, ":1: started_at is wrong"),
        (HEADER | {"door": ["beam", "beam"]}, ":1: door is wrong"),
        ("<html>", ":1: not a line of JSON"),
    ],
)
def test_a_bad_header_is_refused_at_once(tmp_path, header, told):
    with pytest.raises(RecordingError) as refusal:
        read_recording(record(tmp_path, header=header))
    assert told in str(refusal.value)


def test_a_file_that_is_no_gzip(tmp_path):
    path = tmp_path / "plain.jsonl"
    path.write_text(json.dumps(HEADER))

    with pytest.raises(RecordingError, match=r"plain.jsonl:1: not gzip .*compress it"):
        read_recording(path)


def test_a_file_that_is_not_there_a_folder_and_an_empty_one(tmp_path):
    with pytest.raises(RecordingError, match=r"none.gz:1: cannot be read \(No such file"):
        read_recording(tmp_path / "none.gz")
    with pytest.raises(RecordingError, match=r"cannot be read \(Is a directory"):
        read_recording(tmp_path)
    (tmp_path / "empty.gz").write_bytes(gzip.compress(b""))
    with pytest.raises(RecordingError, match="the recording is empty"):
        read_recording(tmp_path / "empty.gz")


def test_a_line_without_end_does_not_fill_the_memory(tmp_path):
    path = record(tmp_path, '{"t": 1, "advert": "' + "x" * 10_000_000)

    with pytest.raises(RecordingError, match=":2: the line is longer than any event"):
        read_recording(path).load()


@given(data=st.data())
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_cut_short_anywhere_it_is_refused_and_nothing_is_handed_over(tmp_path, data):
    path = record(tmp_path, *({"t": t, "advert": ADVERT} for t in range(200)))
    whole = path.read_bytes()
    path.write_bytes(whole[: data.draw(st.integers(0, len(whole) - 1))])

    with pytest.raises(RecordingError, match=r"door.jsonl.gz:\d+: "):
        read_recording(path).load()


@given(junk=st.binary(max_size=300))
@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_whatever_the_lines_hold_only_a_recording_error_comes_out(tmp_path, junk):
    path = tmp_path / "junk.jsonl.gz"
    path.write_bytes(gzip.compress(json.dumps(HEADER).encode() + b"\n" + junk))

    assert not junk.strip() or fault_of(path).startswith(f"{path}:2: ")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
parts = st.sampled_from(["t", "advert", "door", "press", "scanner"])
keys = st.sampled_from(["address", "rssi", "radio", "sensor", "active", "action", "listening", "manufacturer_data"])


@given(line=st.dictionaries(parts, json_values | st.dictionaries(keys, json_values, max_size=4), max_size=3))
@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_wrong_types_in_any_place_are_a_recording_error(tmp_path, line):
    path = record(tmp_path, json.dumps(line))

    assert fault_of(path).startswith((f"{path}:2: ", "none"))


uuids = st.uuids().map(str)
payloads = st.binary(max_size=24)
times = st.integers(0, 10_000_000).map(lambda milliseconds: milliseconds / 1000)
adverts = st.builds(
    Advert,
    t=times,
    address=st.text(st.sampled_from("0123456789ABCDEF:"), min_size=1, max_size=17),
    rssi=st.integers(-127, 20),
    radio=st.just("inside"),
    service_uuids=st.lists(uuids, max_size=2).map(tuple),
    service_data=st.dictionaries(uuids, payloads, max_size=2),
    manufacturer_data=st.dictionaries(st.integers(0, 0xFFFF), payloads, max_size=2),
    local_name=st.none() | st.text(st.characters(codec="utf-8"), min_size=1, max_size=29),
    tx_power=st.none() | st.integers(-127, 127),
)
events = (
    adverts
    | st.builds(Beam, t=times, sensor=st.sampled_from(["outer", "inner"]), active=st.booleans())
    | st.builds(Press, t=times, action=st.sampled_from(Action), count=st.integers(1, 9))
    | st.builds(Scanner, t=times, radio=st.just("inside"), listening=st.booleans(), reason=st.sampled_from(["", "off"]))
)


@given(event=events)
@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_an_event_written_is_the_event_read(tmp_path, event):
    assert read_recording(record(tmp_path, write_event(event))).load() == [event]

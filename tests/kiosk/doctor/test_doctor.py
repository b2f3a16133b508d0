"""What the doctor looks at, each on stand-ins for the machine's files and on real parts."""

import socket
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from hardware.clock import SimulatedClock
from hardware.events import Action, Advert, Beam, Button
from hardware.radio import RadioState
from kiosk.app import Source
from kiosk.doctor import Finding, Grade, examine
from kiosk.doctor.district import district
from kiosk.doctor.machine import clock, disk, power, versions
from kiosk.doctor.senses import Senses
from kiosk.equipment import Hardware
from kiosk.errors import HardwareError
from kiosk.settings import Settings, SyncSection
from sync.credentials import Credentials, save_credentials


def grades(findings):
    return {finding.what: finding.grade for finding in findings}


def details(findings):
    return {finding.what: finding.detail for finding in findings}


def test_a_check_that_fails_is_a_finding_and_the_others_go_on():
    def bug():
        raise ZeroDivisionError("oh")

    def foreseen():
        raise HardwareError("no adapter; plug one in\nno second one either")

    found = list(examine({"a": bug, "b": foreseen, "c": lambda: [Finding("c", Grade.OK, "well")]}))
    assert [(one.what, one.grade) for one in found] == [
        ("a", Grade.FAULT),
        ("b", Grade.FAULT),
        ("b", Grade.FAULT),
        ("c", Grade.OK),
    ]


@pytest.mark.parametrize(
    ("bits", "grade", "word"),
    [("0", Grade.OK, "steady"), ("50005", Grade.FAULT, "too low now"), ("50000", Grade.REMARK, "since it started")],
)
def test_power_is_told_where_a_pi_tells_it(tmp_path, bits, grade, word):
    file = tmp_path / "sys/devices/platform/soc/soc:firmware/get_throttled"
    file.parent.mkdir(parents=True)
    file.write_text(f"{bits}\n")
    found = list(power(tmp_path))
    assert grades(found)["power"] is grade
    assert word in details(found)["power"]


@pytest.mark.parametrize(("millidegrees", "grade"), [("45678", Grade.OK), ("85000", Grade.FAULT)])
def test_temperature_is_told_where_it_is_measured(tmp_path, millidegrees, grade):
    file = tmp_path / "sys/class/thermal/thermal_zone0/temp"
    file.parent.mkdir(parents=True)
    file.write_text(millidegrees)
    assert grades(power(tmp_path)) == {"power": Grade.OFF, "temperature": grade}


def test_versions_clock_and_disk(tmp_path):
    model = tmp_path / "proc/device-tree/model"
    model.parent.mkdir(parents=True)
    model.write_bytes(b"Raspberry Pi Zero 2 W Rev 1.0\0")
    assert details(versions(tmp_path))["machine"].startswith("Raspberry Pi Zero 2 W Rev 1.0, Linux ")
    assert grades(clock(SimulatedClock(trusted=False))) == {"clock": Grade.REMARK}
    assert grades(clock(SimulatedClock())) == {"clock": Grade.OK}
    assert "disk" in grades(disk(tmp_path / "not" / "there" / "yet"))


class Part:
    def __init__(self, *events, refuses=""):
        self.events, self.refuses, self.stopped = events, refuses, False

    def start(self, put):
        if self.refuses:
            raise HardwareError(self.refuses)
        for event in self.events:
            put(event)

    def stop(self):
        self.stopped = True


def radio_state(listening=True, reason=""):
    return RadioState("inside", "hci0", "passive", listening, False, reason, 0, None, 1)


def test_senses_count_what_comes_and_let_go_of_everything():
    adverts = [Advert(0.0, "43:8A:5D:BE:75:9D", -60)] * 3
    parts = [Part(*adverts), Part(Beam(0.0, "outer", True)), Part(Button(0.0, Action.SHOWN, True))]
    sources = [Source(name, part) for name, part in zip(("radio:inside", "door", "panel"), parts, strict=True)]
    senses = Senses(Hardware(sources, [radio_state]))
    senses.listen(0.0)
    found = list(senses.findings(("outer", "inner"), 5.0))
    assert details(found) == {
        "radio:inside": "hci0, passive, 3 adverts in 5 s",
        "door": "opened; nothing of inner seen, outer 1 times: break each beam while this runs to see it",
        "panel": "opened; shown 1 times",
    }
    assert all(part.stopped for part in parts)
    assert "43:8A" not in repr(found)


def test_senses_tell_a_silent_radio_from_a_missing_one_and_name_refused_lines():
    quiet = Senses(Hardware([Source("radio:inside", Part())], [radio_state]))
    quiet.listen(0.0)
    assert grades(quiet.findings((), 5.0)) == {"radio:inside": Grade.REMARK}
    missing = Senses(Hardware([Source("door", Part(refuses="no pins"))], [lambda: radio_state(False, "no adapter")]))
    missing.listen(0.0)
    found = list(missing.findings(("outer",), 5.0))
    assert details(found) == {"radio:inside": "no adapter", "door": "no pins"}
    assert set(grades(found).values()) == {Grade.FAULT}


class Answering(BaseHTTPRequestHandler):
    status = 200

    def do_GET(self):
        self.send_response(self.status)
        self.send_header("Location", "/login")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture
def server():
    server = HTTPServer(("127.0.0.1", 0), Answering)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def token(tmp_path):
    path = tmp_path / "token"

    def enrolled(url):
        save_credentials(path, Credentials(url, "kiosk-1." + "s" * 43))
        return Settings(sync=SyncSection(url=url, token_file=path))

    return enrolled


def test_a_district_that_answers_and_one_that_does_not(server, token):
    url = f"http://127.0.0.1:{server.server_port}"
    found = list(district(token(url)))
    assert grades(found) == {"token": Grade.OK, "district": Grade.OK}
    assert "sss" not in repr(found)
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        nobody = f"http://127.0.0.1:{closed.getsockname()[1]}"
    assert grades(district(token(nobody))) == {"token": Grade.OK, "district": Grade.FAULT}


def test_a_captive_portal_is_recognised(server, token, monkeypatch):
    monkeypatch.setattr(Answering, "status", 302)
    found = list(district(token(f"http://127.0.0.1:{server.server_port}")))
    assert "captive portal" in details(found)["district"]


def test_nothing_is_sent_without_an_address():
    assert grades(district(Settings())) == {"district": Grade.OFF}

"""The district over real HTTP: what it answers, above all to what it did not expect."""

import json
import re
import socket
import time
from uuid import uuid4

import pytest
import requests
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sync.wire import BATCHES_PATH, BODY_BYTES, ENROLL_PATH, Answer, Refusal
from tests.sync.parts import BOARD, OTHER_BOARD


@pytest.fixture(scope="module")
def kiosk(district):
    return district.enrolled()


@pytest.fixture
def post(district, kiosk):
    def send(body, path=BATCHES_PATH, token=kiosk.token) -> requests.Response:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return requests.post(district.url + path, data=body, headers=headers, timeout=10)

    return send


def a_batch(sender, *rows, **changes) -> bytes:
    return json.dumps({"batch": str(uuid4()), "kiosk": sender.kiosk, "board": BOARD, "rows": rows} | changes).encode()


A_ROW = {"hour": "2026-11-24T08:00:00+07:00", "direction": "in", "app": "shown", "count": 2, "revision": 1}


def the_line(response: requests.Response) -> str:
    """The one line of a refusal; fails where it is anything else."""
    line = Refusal.model_validate_json(response.content).error
    assert line
    assert "\n" not in line
    assert "Traceback" not in line
    return line


def test_a_batch_is_taken(post, kiosk):
    response = post(a_batch(kiosk, A_ROW))
    assert response.status_code == 200
    (total,) = Answer.model_validate_json(response.content).totals
    assert total.count == 2


@pytest.mark.parametrize(
    ("body", "status", "line"),
    [
        (b"", 422, "Invalid JSON"),
        (b"\xff\xfe\x00", 422, "Invalid JSON"),
        (b"[]", 422, "Input should be an object"),
        (b"{}", 422, r"batch: Field required \(and 3 more\)"),
        (b"[" * 60_000, 422, "Invalid JSON"),
        (b" " * (BODY_BYTES + 1), 413, "longer than 65536 bytes"),
    ],
)
def test_a_body_that_is_no_batch_is_one_line(post, body, status, line):
    response = post(body)
    assert response.status_code == status
    assert response.headers["Content-Type"] == "application/json"
    assert re.search(line, the_line(response))


def test_the_fault_is_named_by_its_place(post, kiosk):
    assert the_line(post(a_batch(kiosk, A_ROW, A_ROW | {"count": "2"}))).startswith("rows.1.count: Input should be")


def test_surrogates_and_nul_are_refused(post, kiosk):
    assert post(a_batch(kiosk, kiosk="a\x00b")).status_code == 422
    assert post(b'{"batch": "\\ud800"}').status_code == 422


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.binary(max_size=300)
    | st.dictionaries(st.text(), st.text() | st.integers()).map(lambda v: json.dumps(v).encode())
)
def test_no_body_brings_it_to_its_knees(post, body):
    response = post(body)
    assert response.status_code == 422
    the_line(response)


@pytest.mark.parametrize(
    "header", [None, "", "Bearer", "Bearer nodot", "Basic dXNlcjpwYXNz", "Bearer a.b", "Bearer " + "x" * 5000 + ".y"]
)
def test_no_token_no_entry(district, kiosk, header):
    headers = {} if header is None else {"Authorization": header}
    response = requests.post(district.url + BATCHES_PATH, data=a_batch(kiosk, A_ROW), headers=headers, timeout=10)
    assert response.status_code in {401, 403}
    the_line(response)


def test_another_board_is_a_conflict(post, kiosk):
    response = post(a_batch(kiosk, A_ROW, board=OTHER_BOARD))
    assert response.status_code == 409
    assert "another board" in the_line(response)


def test_a_wrong_code_is_refused(post):
    response = post(json.dumps({"code": "nobody.aaaaaaaaaaaa", "board": BOARD}), ENROLL_PATH, None)
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == "Bearer"
    assert "district enroll-code" in the_line(response)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nowhere", 404),
        ("GET", "/../../etc/passwd", 404),
        ("GET", BATCHES_PATH, 405),
        ("DELETE", "/", 405),
        ("GET", "/?day=yesterday", 422),
        ("GET", "/api/v1/today?day=2026-13-01", 422),
    ],
)
def test_a_wrong_request_is_one_line(district, method, path, status):
    response = requests.request(method, district.url + path, timeout=10)
    assert response.status_code == status
    the_line(response)


@pytest.mark.parametrize(
    ("day", "status"), [("0001-01-01", 422), ("1970-01-01", 200), ("2100-12-31", 200), ("9999-12-31", 422)]
)
def test_the_ends_of_time(district, day, status):
    for path in ("/", "/api/v1/today"):
        assert requests.get(f"{district.url}{path}?day={day}", timeout=10).status_code == status


def test_the_page_is_whole_in_itself(district):
    page = requests.get(district.url, timeout=10)
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "default-src 'none'; style-src 'self'" in page.headers["Content-Security-Policy"]
    assert "<script" not in page.text
    assert "http" not in page.text.replace(district.url, "")
    assert requests.get(f"{district.url}/style.css", timeout=10).headers["Content-Type"].startswith("text/css")


def test_today_as_json(district, post, kiosk):
    post(a_batch(kiosk, A_ROW))
    found = requests.get(f"{district.url}/api/v1/today?day=2026-11-24", timeout=10).json()
    (ours,) = [one for one in found["kiosks"] if one["kiosk"] == kiosk.kiosk]
    assert ours["share"] == {"numerator": 2, "denominator": 2}
    assert ours["hours"] == [{"hour": "2026-11-24T08:00:00+07:00", "arrivals": 2, "departures": 0}]


def test_it_says_that_it_is_well(district):
    assert requests.get(f"{district.url}/healthz", timeout=10).json() == {"status": "ok"}


def test_a_caller_who_dawdles_does_not_hold_up_the_others(district, post, kiosk):
    host, port = district.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port))) as slow:
        slow.sendall(f"POST {BATCHES_PATH} HTTP/1.1\r\nHost: x\r\nContent-Length: 60000\r\n\r\n{{".encode())
        started = time.monotonic()
        assert post(a_batch(kiosk, A_ROW)).status_code == 200
        assert time.monotonic() - started < 5


def test_the_api_describes_itself(district):
    paths = requests.get(f"{district.url}/api/v1/openapi.json", timeout=10).json()["paths"]
    assert set(paths) == {BATCHES_PATH, ENROLL_PATH, "/api/v1/today", "/healthz"}

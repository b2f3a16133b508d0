"""The `district` command as a person types it: processes, exit codes, one line for each error."""

import json
import os
import signal
import socket
import subprocess
import sys
import time

import pytest
import requests
from click.testing import CliRunner

from sync.district.cli import main
from tests.sync.parts import running_district


@pytest.fixture
def district_command(tmp_path, monkeypatch):
    monkeypatch.setenv("DISTRICT_DATABASE", str(tmp_path / "d.db"))
    monkeypatch.setenv("COLUMNS", "120")
    return lambda *arguments: CliRunner().invoke(main, arguments, catch_exceptions=False)


def test_the_first_five_minutes(district_command, tmp_path):
    made = district_command("init")
    assert (made.exit_code, made.stdout) == (0, f"database ready: sqlite:///{tmp_path}/d.db\n")
    assert (tmp_path / "d.db").stat().st_mode & 0o007 == 0
    code = district_command("enroll-code", "entrance-1")
    assert code.exit_code == 0
    assert code.stdout.startswith("entrance-1.")
    assert "kiosk enroll URL CODE" in code.stderr
    report = json.loads(district_command("report", "--json").stdout)
    assert [(kiosk["kiosk"], kiosk["enrolled"]) for kiosk in report["kiosks"]] == [("entrance-1", False)]
    table = district_command("report", "--day", "2026-11-24").stdout
    assert "24/11/2026" in table
    assert "entrance-1" in table


@pytest.mark.parametrize("command", [["serve", "--port", "0"], ["report"], ["enroll-code", "a"], ["revoke", "a"]])
def test_without_a_database_the_remedy_is_said(district_command, tmp_path, command):
    result = district_command(*command)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == f"district: error: {tmp_path}/d.db: no database there; run: district init\n"


@pytest.mark.parametrize(
    ("arguments", "exit_code", "line"),
    [
        (["serve", "--port", "99999"], 2, "99999"),
        (["report", "--day", "soon"], 2, "soon"),
        (["report", "--timezone", "Mars/Base"], 2, "Mars/Base is no time zone; write it like Asia/Ho_Chi_Minh"),
        (["init", "--database", "mysql://h/d"], 1, "mysql is not supported"),
        (["init", "--database", "postgresql://nobody@127.0.0.1:9/none"], 1, "the database does not answer"),
        (["init", "--database", "/proc/none/d.db"], 1, "/proc/none"),
    ],
)
def test_a_mistake_is_one_line(district_command, arguments, exit_code, line):
    result = district_command(*arguments)
    assert result.exit_code == exit_code
    assert line in result.stderr
    assert "Traceback" not in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_password_is_never_printed(district_command):
    result = district_command("init", "--database", "postgresql://nobody:geheim@127.0.0.1:9/none")
    assert "geheim" not in result.output


def test_a_file_that_is_no_database_is_one_line(district_command, tmp_path):
    (tmp_path / "d.db").write_text("these are notes, long enough to be taken for a header of a file " * 20)
    result = district_command("report")
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert "file is not a database" in result.stderr


def test_a_port_that_is_taken_is_one_line(district_command):
    district_command("init")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        result = district_command("serve", "--port", str(taken.getsockname()[1]))
    assert result.exit_code == 1
    assert "--port 0 takes any free one" in result.stderr


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_cleanly_even_with_a_caller_on_the_line(tmp_path, number):
    with running_district(str(tmp_path / "d.db")) as district:
        host, port = district.url.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port))) as caller:
            caller.sendall(b"POST /api/v1/batches HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n")
            time.sleep(0.1)
            started = time.monotonic()
            district.process.send_signal(number)
            district.process.wait(timeout=10)
        assert time.monotonic() - started < 4
        assert district.process.returncode == 0


def test_counts_survive_a_sudden_end(tmp_path):
    """Acknowledged is on the disk: the process is killed the moment it has answered."""
    command = [sys.executable, "-m", "sync.district", "serve", "--port", "0", "--demo", "a", "--database"]
    with subprocess.Popen([*command, str(tmp_path / "d.db")], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        code = process.stdout.readline().split()[1]
        url = process.stdout.readline().split()[1]
        board = "0" * 32
        token = requests.post(f"{url}api/v1/enroll", json={"code": code, "board": board}, timeout=10).json()["token"]
        row = {"hour": "2026-11-24T08:00:00+07:00", "direction": "in", "app": "shown", "count": 7, "revision": 1}
        batch = {"batch": "0191f3a2-5c1d-4b7e-9a66-2f6f0c8d1e11", "kiosk": "a", "board": board, "rows": [row]}
        taken = requests.post(
            f"{url}api/v1/batches", json=batch, headers={"Authorization": f"Bearer {token}"}, timeout=10
        )
        process.kill()
    assert taken.status_code == 200
    report = subprocess.run(
        [sys.executable, "-m", "sync.district", "report", "--json", "--day", "2026-11-24"],
        env=os.environ | {"DISTRICT_DATABASE": str(tmp_path / "d.db")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(report.stdout)["arrivals"] == 7


def test_help_starts_without_the_heavy_parts():
    program = (
        "import sys, sync.district.cli; print([n for n in ('fastapi', 'sqlalchemy', 'pydantic') if n in sys.modules])"
    )
    output = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert output.stdout.strip() == "[]"

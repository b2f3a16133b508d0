"""`kiosk calibrate`: what it says, what it writes, and what it leaves alone."""

import json
import os
import pty
import signal
import subprocess
import sys
from contextlib import contextmanager

import pytest
from click.testing import CliRunner

from kiosk.cli import main
from kiosk.configuration import load
from tests.bus.conftest import bluez  # noqa: F401 (a fixture)

OWN = '[kiosk]\nname = "one-door" # ask Mrs Hoa\n'


@pytest.fixture
def configuration(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.delenv("KIOSK_CONFIG", raising=False)
    path = tmp_path / "kiosk.toml"
    path.write_text(OWN, encoding="utf-8")
    return path


def calibrate(*arguments):
    return CliRunner().invoke(main, ["calibrate", *map(str, arguments)], catch_exceptions=False)


def test_a_simulated_walk_measures_writes_and_draws(configuration, tmp_path):
    picture = tmp_path / "walk.png"

    result = calibrate("--simulate", "--config", configuration, "--png", picture)

    assert result.exit_code == 0, result.output
    assert "10/10  walk in, pocket" in result.output
    assert "The place is suited." in result.output
    settings = load(configuration).settings
    assert settings.kiosk.name == "one-door"
    assert settings.calibration.reference == pytest.approx(-63, abs=5)
    assert "# ask Mrs Hoa" in configuration.read_text(encoding="utf-8")
    assert configuration.with_name("kiosk.toml.before-calibration").read_text(encoding="utf-8") == OWN
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_json_is_one_object_on_standard_output(configuration):
    result = calibrate("--simulate", "--dry-run", "--json", "--config", configuration)

    facts = json.loads(result.stdout)
    assert facts["calibration"]["slope"] == pytest.approx(2.2, abs=0.7)
    assert [walk["direction"] for walk in facts["walks"]] == ["out", "in", "out", "in"]
    assert (facts["unsuited"], facts["written"], facts["former"]) == ([], None, None)


def test_the_same_seed_says_the_same(configuration):
    first, second = (calibrate("--simulate", "--dry-run", "--json", "--seed", "3").stdout for _ in range(2))

    assert first == second


def test_a_dry_run_writes_nothing(configuration, tmp_path):
    calibrate("--simulate", "--dry-run", "--config", configuration)

    assert configuration.read_text(encoding="utf-8") == OWN
    assert list(tmp_path.iterdir()) == [configuration]


def test_a_door_that_does_not_exist_never_slips_into_the_kiosks_own_file(configuration, tmp_path, monkeypatch):
    monkeypatch.setenv("KIOSK_CONFIG", str(configuration))

    result = calibrate("--simulate")

    assert "written   nothing" in result.output
    assert configuration.read_text(encoding="utf-8") == OWN


def test_without_a_terminal_somebody_must_say_yes(configuration):
    result = calibrate("--config", configuration)

    assert result.exit_code == 2
    assert "--yes" in result.output


def test_no_phone_is_named_anywhere(configuration, tmp_path):
    result = calibrate("--simulate", "--json", "--config", configuration)

    written = configuration.read_text(encoding="utf-8") + result.output
    assert ":" in written
    assert not any(part.count(":") == 5 for part in written.split())
    assert "phones" not in json.loads(result.stdout)


def test_a_real_door_without_its_hardware_is_one_line(configuration):
    command = [sys.executable, "-m", "kiosk", "calibrate", "--yes", "--config", str(configuration)]

    process = subprocess.run(command, capture_output=True, text=True, timeout=50, check=False)

    assert process.returncode == 1
    assert process.stderr.splitlines()[-1].startswith("kiosk: error: ")
    assert "Traceback" not in process.stderr
    assert configuration.read_text(encoding="utf-8") == OWN


@contextmanager
def at_a_terminal(configuration):
    """A walk at a real door without sensors, and the descriptor on which one presses Enter."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "kiosk", "calibrate", "-o", "door.sensors=[]", "--config", str(configuration)]
    with subprocess.Popen(
        command, stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, bufsize=1
    ) as process:
        os.close(theirs)
        try:
            yield process, ours
        finally:
            process.kill()
            os.close(ours)


def read_until(process, words):
    said = ""
    while words not in said:
        line = process.stdout.readline()
        assert line, said + process.stderr.read()
        said += line


def test_ctrl_c_at_the_terminal_leaves_everything_as_it_was(bluez, configuration, tmp_path):
    bluez.add_adapter()
    with at_a_terminal(configuration) as (process, terminal):
        read_until(process, "Move the phone slowly")
        os.write(terminal, b"\n")
        read_until(process, "listening, 45 s at most")

        process.send_signal(signal.SIGINT)
        _, stderr = process.communicate(timeout=20)

    assert process.returncode == 1
    assert stderr.splitlines()[-1].endswith("stopped by Ctrl-C")
    assert list(tmp_path.iterdir()) == [configuration]
    assert configuration.read_text(encoding="utf-8") == OWN


def test_a_terminal_that_closes_ends_it_in_one_line(bluez, configuration):
    bluez.add_adapter()
    with at_a_terminal(configuration) as (process, terminal):
        read_until(process, "Move the phone slowly")
        os.write(terminal, b"\x04")  # Ctrl-D
        _, stderr = process.communicate(timeout=20)

    assert process.returncode == 1
    assert "the terminal was closed before the walk was over; nothing was written" in stderr

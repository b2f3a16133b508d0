"""The units are what systemd itself accepts without a word, and hold what an entrance needs."""

import configparser
import shutil
import subprocess
from pathlib import Path

import pytest

SYSTEMD = Path(__file__).parents[2] / "systemd"
UNITS = ["kiosk.service", "kiosk-sync.service", "kiosk-sync.timer"]


def unit(name: str) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment]
    parser.read(SYSTEMD / name)
    return parser


def test_systemd_has_nothing_to_say_about_the_units(tmp_path):
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed (Debian package systemd)")
    for name in UNITS:
        # The program itself is not installed where the tests run; everything else is verified as it stands.
        text = (SYSTEMD / name).read_text().replace("/opt/entrance-kiosk/.venv/bin/kiosk", shutil.which("true"))
        (tmp_path / name).write_text(text)
    verified = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *(tmp_path / name for name in UNITS)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (verified.returncode, verified.stdout + verified.stderr) == (0, "")


def test_the_entrance_waits_for_no_network_and_is_watched():
    kiosk = unit("kiosk.service")
    assert "network" not in kiosk["Unit"].get("After", "") + kiosk["Unit"].get("Wants", "")
    assert kiosk["Service"]["Type"] == "notify"
    assert kiosk["Service"]["Restart"] == "always"
    assert int(kiosk["Service"]["WatchdogSec"]) >= 20
    assert kiosk["Service"]["User"] == "kiosk"


def test_the_counts_are_sent_every_hour_at_a_random_moment():
    timer = unit("kiosk-sync.timer")["Timer"]
    assert timer["OnCalendar"] == "*-*-* *:05:00"
    assert timer["RandomizedDelaySec"] == "20min"
    assert timer["Persistent"] == "true"


@pytest.mark.parametrize("script", ["systemd/install", "systemd/kiosk", "dev"])
def test_the_scripts_are_plain_shell_and_executable(script):
    path = SYSTEMD.parent / script
    assert path.stat().st_mode & 0o111
    assert subprocess.run(["sh", "-n", path], check=False).returncode == 0


def test_the_installer_installs_every_file_of_this_folder():
    installer = (SYSTEMD / "install").read_text()
    for path in SYSTEMD.iterdir():
        assert path.name == "install" or path.name in installer, path.name

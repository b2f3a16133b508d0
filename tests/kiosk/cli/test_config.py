"""`kiosk config`, as an admin uses it."""

import json
import stat

import pytest
from click.testing import CliRunner

from kiosk.cli import main


@pytest.fixture
def kiosk(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.delenv("KIOSK_CONFIG", raising=False)
    return lambda *arguments: CliRunner().invoke(main, list(arguments))


def test_init_writes_what_check_finds_right_and_never_overwrites(kiosk, tmp_path):
    path = tmp_path / "config" / "entrance-kiosk" / "kiosk.toml"
    assert kiosk("config", "init").stdout == f"wrote {path}\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert kiosk("config", "check").stdout == f"{path}: no fault\n"
    again = kiosk("config", "init")
    assert (again.exit_code, again.stderr.count("\n")) == (1, 1)
    assert "left as it is" in again.stderr


def test_check_ends_with_2_and_a_line_for_each_fault(kiosk, tmp_path):
    (tmp_path / "bad.toml").write_text('[kiosk]\nnmae = "x"\n[scan]\nmode = "loud"\n')
    result = kiosk("config", "check", "--config", str(tmp_path / "bad.toml"))
    assert (result.exit_code, result.stdout) == (2, "")
    assert [line.split(": ")[3] for line in result.stderr.splitlines()] == ["kiosk.nmae", "scan.mode"]


def test_show_prints_source_overrides_and_values(kiosk):
    assert kiosk("config", "show").stdout.startswith("# from the built-in defaults\n[kiosk]\n")
    result = kiosk("-o", "kiosk.name=a", "config", "show", "-o", "officer.0.name=B", "-o", "officer.0.pin=99", "--json")
    shown = json.loads(result.stdout)
    assert "99" not in result.stdout
    assert shown["source"] is None
    assert shown["settings"]["kiosk"]["name"] == "a"
    assert shown["settings"]["officer"] == [{"name": "B", "pin": "********"}]

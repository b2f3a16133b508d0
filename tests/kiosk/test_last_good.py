"""A typo in the configuration of a kiosk that runs."""

import stat
from pathlib import Path

import pytest

from kiosk.errors import SettingsError
from kiosk.last_good import load_enduring


@pytest.fixture
def written(tmp_path):
    def write(text: str) -> Path:
        path = tmp_path / "kiosk.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_after_a_typo_the_last_good_configuration_goes_on(written, tmp_path):
    kept = tmp_path / "kept"
    good = load_enduring(written('[kiosk]\nname = "good"\n'), folder=kept)
    assert (good.settings.kiosk.name, good.faults) == ("good", "")
    broken = load_enduring(written('[kiosk]\nnmae = "x"\n'), folder=kept)
    assert broken.settings.kiosk.name == "good"
    assert "did you mean kiosk.name?" in broken.faults
    better = load_enduring(written('[kiosk]\nname = "better"\n'), folder=kept)
    assert (better.settings.kiosk.name, better.faults) == ("better", "")
    assert {stat.S_IMODE(file.stat().st_mode) for file in kept.iterdir()} == {0o600}


def test_a_file_that_was_never_good_is_refused(written, tmp_path):
    (tmp_path / "other.toml").write_text("[kiosk]\n")
    load_enduring(tmp_path / "other.toml", folder=tmp_path / "kept")
    with pytest.raises(SettingsError):
        load_enduring(written('[kiosk]\nnmae = "x"\n'), folder=tmp_path / "kept")
    with pytest.raises(SettingsError, match="-o"):
        load_enduring(tmp_path / "other.toml", ["kiosk.nmae=x"], folder=tmp_path / "kept")

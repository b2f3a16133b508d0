"""The configuration after a walk: the numbers are in it, the administrator's own words are still there."""

import stat
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.calibration import writing
from kiosk.calibration.writing import check_writable, with_calibration, write_configuration
from kiosk.configuration import load
from kiosk.doorway.layout import Calibration
from kiosk.errors import SettingsError
from kiosk.settings_text import default_file

NUMBERS = Calibration(reference=-61.5, slope=2.3, pocket_loss=7.0, second_offset=-1.5, close=-55.0, door=-74.0)
OWN = """\
# Entrance of the people's committee; ask Mrs Hoa before you change anything.
[kiosk]
name = "one-door"   # the sign says Một cửa

[door]
pins = { outer = 17, inner = 27 } # yellow, green
"""


def test_the_numbers_are_in_force_afterwards(tmp_path):
    path = tmp_path / "kiosk.toml"
    path.write_text(with_calibration(OWN, NUMBERS, "2026-11-24"), encoding="utf-8")

    section = load(path).settings.calibration
    assert (section.date, section.reference, section.second_offset) == ("2026-11-24", -61.5, -1.5)


def test_whatever_stood_there_stays_to_the_letter():
    assert with_calibration(OWN, NUMBERS, "2026-11-24").startswith(OWN)


def test_the_commented_default_file_keeps_its_comments():
    before = default_file()
    after = with_calibration(before, NUMBERS, "2026-11-24")

    assert [line for line in before.splitlines() if line not in after.splitlines()] == []
    assert tomllib.loads(after)["calibration"]["slope"] == 2.3


def test_a_second_walk_replaces_the_first_and_leaves_remarks_alone():
    first = with_calibration(OWN, NUMBERS, "2026-11-24").replace("# dBm at 1 m, phone in hand", "# Mr Nam's phone")
    second = with_calibration(first, Calibration(reference=-65.0, slope=2.0), "2026-12-01")

    assert "reference = -65.0 # Mr Nam's phone" in second
    assert tomllib.loads(second)["calibration"] == {"date": "2026-12-01", "reference": -65.0, "slope": 2.0}
    assert with_calibration(second, Calibration(reference=-65.0, slope=2.0), "2026-12-01") == second


NUMBER = st.none() | st.floats(-60, -30).map(lambda value: round(value, 1))


@given(st.builds(Calibration, reference=NUMBER, close=NUMBER, door=NUMBER), st.sampled_from(["", OWN, default_file()]))
def test_what_is_written_is_what_is_read(calibration, text):
    section = tomllib.loads(with_calibration(text, calibration, "2026-11-24"))["calibration"]

    assert Calibration(**{key: value for key, value in section.items() if key != "date"}) == calibration


@pytest.mark.parametrize("text", ["[door", 'calibration = "no table"', "[kiosk]\nnmae = 1\n"])
def test_a_configuration_that_is_wrong_is_refused(text):
    with pytest.raises(SettingsError):
        with_calibration(text, NUMBERS, "2026-11-24")


def test_the_former_file_stays_beside_it_with_its_permissions(tmp_path):
    path = tmp_path / "kiosk.toml"
    path.write_text(OWN, encoding="utf-8")
    path.chmod(0o640)

    former = write_configuration(path, "new = 1\n")

    assert former == tmp_path / "kiosk.toml.before-calibration"
    assert former.read_text(encoding="utf-8") == OWN
    assert path.read_text(encoding="utf-8") == "new = 1\n"
    assert {stat.S_IMODE(one.stat().st_mode) for one in (path, former)} == {0o640}
    assert sorted(tmp_path.iterdir()) == [path, former]


def test_a_new_file_is_its_owners_alone(tmp_path):
    path = tmp_path / "folder" / "kiosk.toml"

    assert write_configuration(path, OWN) is None
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "real.toml").write_text(OWN, encoding="utf-8")
    link = tmp_path / "kiosk.toml"
    link.symlink_to("real.toml")

    write_configuration(link, "new = 1\n")

    assert link.is_symlink()
    assert (tmp_path / "real.toml").read_text(encoding="utf-8") == "new = 1\n"


def test_a_disk_that_fails_leaves_the_file_as_it_was(tmp_path, monkeypatch):
    path = tmp_path / "kiosk.toml"
    path.write_text(OWN, encoding="utf-8")

    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writing.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_configuration(path, "new = 1\n")

    assert path.read_text(encoding="utf-8") == OWN
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_of_somebody_else_is_named_before_the_walk(tmp_path, monkeypatch):
    check_writable(tmp_path / "later" / "kiosk.toml")
    monkeypatch.setattr(writing.os, "access", lambda *_: False)  # the tests may run as root, who may write everywhere

    with pytest.raises(SettingsError, match="cannot be written by this user; use sudo"):
        check_writable(tmp_path / "later" / "kiosk.toml")

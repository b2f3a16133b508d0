"""A stick is found by where it is mounted, and has a whole copy on it afterwards."""

from datetime import UTC, datetime

import pytest

from kiosk.errors import LogbookError
from kiosk.logbook.backups import check_backup
from kiosk.logbook.places import Places
from kiosk.logbook.stick import find_stick, save_to_stick

NOW = datetime(2026, 3, 2, 5, tzinfo=UTC)


@pytest.fixture
def mounted(tmp_path):
    """Write a table of mounts with these folders below `media`."""

    def mount(*names):
        lines = ["proc /proc proc rw 0 0", f"/dev/mmcblk0p2 {tmp_path} ext4 rw 0 0"]
        for name in names:
            folder = tmp_path / "media" / name
            folder.mkdir(parents=True)
            lines.append(f"/dev/sda1 {str(folder).replace(' ', chr(92) + '040')} vfat rw 0 0")
        table = tmp_path / "mounts"
        table.write_text("\n".join(lines) + "\n")
        return table, [tmp_path / "media"]

    return mount


def test_the_one_stick_is_found_whatever_it_is_called(mounted, tmp_path):
    assert find_stick(*mounted("MY STICK")) == tmp_path / "media" / "MY STICK"


def test_a_folder_that_is_mounted_twice_is_one_stick(mounted, tmp_path):
    table, roots = mounted("sda")
    table.write_text(table.read_text() + table.read_text())
    assert find_stick(table, roots) == tmp_path / "media" / "sda"


@pytest.mark.parametrize(("names", "complaint"), [((), "put one in"), (("a", "b"), "take one out")])
def test_none_or_several_are_said_in_one_line(mounted, names, complaint):
    with pytest.raises(LogbookError, match=complaint) as caught:
        find_stick(*mounted(*names))
    assert "\n" not in str(caught.value)


def test_what_is_on_the_stick_is_whole(logbook, entry, mounted, tmp_path):
    logbook.write([entry(1), entry(2)])
    backup = save_to_stick(Places(logbook.path), NOW, find_stick(*mounted("stick")))
    assert backup.path.parent == tmp_path / "media" / "stick"
    assert check_backup(backup.path) == 2

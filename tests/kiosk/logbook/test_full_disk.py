"""A disk that is really full: a tmpfs in a namespace of its own, where the machine allows one."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).with_name("filling.py")
NAMESPACE = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c"]


def has_namespaces() -> bool:
    if shutil.which("unshare") is None:
        return False
    return subprocess.run([*NAMESPACE, "mount -t tmpfs none /mnt"], capture_output=True, check=False).returncode == 0


needs_namespaces = pytest.mark.skipif(not has_namespaces(), reason="no user namespaces here, so no small disk")


def fill(folder: Path, size: str, room: int) -> dict[str, object]:
    command = f'mount -t tmpfs -o size={size} none "$1" && exec "$2" "$3" "$1" {room}'
    done = subprocess.run(
        [*NAMESPACE, command, "sh", str(folder), sys.executable, str(SCRIPT)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def kept_its_word(found: dict[str, object]) -> bool:
    return bool(found["all_saved"] and found["whole"]) and found["kept"] == found["confirmed"] == found["put"]


@needs_namespaces
def test_presses_that_cannot_be_saved_are_said_to_be_so_and_saved_once_there_is_room(tmp_path):
    found = fill(tmp_path, size="2m", room=60_000)
    assert kept_its_word(found), found
    assert (found["said_late"], found["twice"]) == (True, 0)
    assert found["trouble"] == ["full"]
    assert found["ballast"] == [False, False]
    assert "down L2" in found["health"]


@needs_namespaces
def test_the_ballast_lets_the_log_go_on_when_the_disk_is_full(tmp_path):
    found = fill(tmp_path, size="90m", room=20_000)
    assert kept_its_word(found), found
    assert found["ballast"] == [True, False]
    assert found["confirmed_while_full"] > 1000
    assert "degraded L2" in found["health"]

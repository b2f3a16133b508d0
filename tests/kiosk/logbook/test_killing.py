"""Whatever was confirmed before a SIGKILL is in the database afterwards, and nothing twice."""

import json
import subprocess
import sys
from pathlib import Path

import pytest


def survive(path: Path, kills: int, seed: int) -> dict[str, int | bool]:
    path.parent.mkdir(parents=True, exist_ok=True)
    script = Path(__file__).with_name("killing.py")
    command = [sys.executable, str(script), str(path), str(kills), str(seed)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def kept_its_word(found: dict[str, int | bool]) -> bool:
    return found["lost"] == 0 and found["twice"] == 0 and bool(found["tallies_right"])


def test_thirty_kills(path):
    found = survive(path, kills=30, seed=1)
    assert kept_its_word(found), found
    assert found["confirmed"] > 100


@pytest.mark.long
@pytest.mark.timeout(600)
@pytest.mark.parametrize("seed", [11, 22])
def test_three_hundred_kills(path, seed):
    found = survive(path, kills=300, seed=seed)
    assert kept_its_word(found), found
    assert found["confirmed"] > 1000

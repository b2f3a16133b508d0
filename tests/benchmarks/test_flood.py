"""200,000 random addresses in a minute: how much the process grows over its rest, and what becomes of the visitors."""

import json
import subprocess
import sys
from collections.abc import Callable

import pytest

from tests.kiosk.flooding import VISITS
from tests.running import ROOT

pytestmark = pytest.mark.bench

STRANGERS = 200_000
MOST = 30.0
"""Megabytes over the rest level that a flood may take."""


@pytest.mark.timeout(300)
def test_a_flood_takes_under_30_megabytes_and_no_passage(record_property: Callable) -> None:
    command = [sys.executable, "-m", "tests.kiosk.flooding", str(STRANGERS)]
    found = json.loads(subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout)
    record_property("flood", found)
    print(  # noqa: T201
        f"{STRANGERS} addresses: {found['above']:.1f} MB over a rest of {found['rest']:.1f} MB, "
        f"{found['seconds']:.1f} s of CPU, {len(found['said'])} entries"
    )
    assert found["above"] < MOST
    assert found["suspect"]
    assert found["said"] == ["detected"] * (2 * len(VISITS))

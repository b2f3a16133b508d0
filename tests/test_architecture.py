"""The arrows of docs/architecture.md, held against the imports as they are."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FORBIDDEN = {
    "hardware": ["kiosk", "sync"],
    "kiosk": ["sync.district"],
    "kiosk/doorway": [
        "kiosk.logbook",
        "kiosk.screen",
        "kiosk.settings",
        "sync",
        "pygame",
        "bleak",
        "threading",
        "time",
    ],
    "kiosk/calibration": ["kiosk.screen", "kiosk.logbook", "kiosk.cli", "sync", "pygame", "bleak", "gpiozero"],
    "kiosk/logbook": ["kiosk.screen", "sync", "pygame", "bleak"],
    "kiosk/screen": ["kiosk.logbook", "sync", "bleak", "gpiozero"],
    "sync": ["kiosk.screen", "pygame", "bleak", "gpiozero"],
    "sync/district": ["kiosk.cli", "kiosk.logbook"],
}


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


@pytest.mark.parametrize("room", FORBIDDEN)
def test_no_arrow_points_the_other_way(room):
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in sorted((ROOT / room).rglob("*.py"))
        for name in sorted(imports(path))
        for forbidden in FORBIDDEN[room]
        if name == forbidden or name.startswith(forbidden + ".")
    ]
    assert wrong == []


def test_the_rule_would_notice():
    assert "hardware.events" in imports(ROOT / "kiosk" / "desk.py")

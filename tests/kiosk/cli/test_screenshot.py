"""Pictures without a display, each command as it is typed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image


def kiosk(*arguments, cwd):
    environment = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    environment["PYTHONPATH"] = str(Path(__file__).parents[3])
    return subprocess.run(
        [sys.executable, "-m", "kiosk", *arguments],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


def test_a_scene_becomes_a_picture_of_the_asked_size(tmp_path):
    done = kiosk("screenshot", "invite", "out.png", "--size", "800x480", "--panel-inches", "7", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    with Image.open(tmp_path / "out.png") as picture:
        assert picture.size == (800, 480)


def test_the_language_changes_the_words(tmp_path):
    for language in ("vi", "en"):
        assert kiosk("screenshot", "invite", f"{language}.png", "--lang", language, cwd=tmp_path).returncode == 0
    assert (tmp_path / "vi.png").read_bytes() != (tmp_path / "en.png").read_bytes()


def test_the_list_names_every_scene(tmp_path):
    done = kiosk("screenshot", "--list", cwd=tmp_path)
    assert done.returncode == 0
    assert {"invite", "passage", "thanks", "hold", "installed", "confirmed", "undo", "handover"} <= set(
        done.stdout.split()
    )


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["nothing", "x.png"], 2, "no scene 'nothing'"),
        (["invite"], 2, "name a scene and a file"),
        (["invite", "x.png", "--size", "big"], 2, "width x height"),
        (["invite", "nowhere/x.png"], 1, "nowhere/x.png: cannot be written"),
    ],
)
def test_what_is_wrong_is_said_in_a_line(arguments, code, says, tmp_path):
    done = kiosk("screenshot", *arguments, cwd=tmp_path)
    assert done.returncode == code
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unknown_language_is_named_and_the_picture_is_made(tmp_path):
    done = kiosk("screenshot", "invite", "x.png", "--lang", "fr", cwd=tmp_path)
    assert done.returncode == 0
    assert "no language 'fr'" in done.stderr
    assert (tmp_path / "x.png").exists()

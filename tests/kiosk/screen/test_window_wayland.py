"""The window in a Wayland session: sway without a display, its picture taken by grim, keys typed by wtype."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PIL import Image
from pyzbar.pyzbar import ZBarSymbol, decode

pytestmark = pytest.mark.skipif(
    not all(map(shutil.which, ("sway", "grim", "wtype"))), reason="needs sway, grim and wtype (apt install them)"
)

CONFIGURATION = """
xwayland disable
default_border none
exec sh {folder}/session
"""

# A headless seat has no keyboard until wtype brings one: SDL gets a moment to notice it.
SESSION = """
cd {root}
{python} -m tests.kiosk.screen.window_script > {folder}/said 2> {folder}/errors &
kiosk=$!
while ! grep -q wayland {folder}/said && kill -0 $kiosk; do sleep 0.1; done
sleep 1
grim {folder}/picture.png
{python} -m tests.kiosk.screen.virtual_pointer 75,45 2>> {folder}/errors
grim {folder}/touched.png
{python} -m tests.kiosk.screen.virtual_pointer 75,45 92,97 2>> {folder}/errors
wtype -s 800 -k F2 -s 200 4 -s 200 -k Escape -s 200
wait $kiosk
swaymsg exit
"""

CAGE = """
cd {root}
WLR_BACKENDS=wayland cage -- {python} -m tests.kiosk.screen.window_script > {folder}/said 2> {folder}/errors &
for try in 1 2 3 4 5 6 7 8; do sleep 1; grim {folder}/picture.png; grep -q wayland {folder}/said && break; done
sleep 1
grim {folder}/picture.png
swaymsg exit
"""

NOBODY = 65534
READS_ALL = "+dac_override,+dac_read_search"
AS_NOBODY = [
    *("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"),
    *(f"--inh-caps={READS_ALL}", f"--ambient-caps={READS_ALL}", f"--bounding-set=-all,{READS_ALL}"),
]
"""sway refuses to run as root; in a container whose Python belongs to root, it runs as nobody who may read all."""


def run_session(folder, script):
    """A session in which `script` runs, from beginning to end."""
    folder.chmod(0o700)
    values = {"folder": folder, "root": Path(__file__).parents[3], "python": sys.executable}
    (folder / "configuration").write_text(CONFIGURATION.format(**values))
    (folder / "session").write_text(script.format(**values))
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("SDL_", "DISPLAY", "WAYLAND"))}
    ours = {
        "XDG_RUNTIME_DIR": str(folder),
        "WLR_BACKENDS": "headless",
        "WLR_LIBINPUT_NO_DEVICES": "1",
        "WLR_RENDERER": "pixman",
    }
    command = ["sway", "-c", str(folder / "configuration")]
    if os.geteuid() == 0:
        os.chown(folder, NOBODY, NOBODY)
        command = [*AS_NOBODY, *command]
    began = time.monotonic()
    subprocess.run(command, env=kept | ours, check=False, timeout=50, capture_output=True)
    assert time.monotonic() - began < 50
    return folder


def code_on(picture):
    with Image.open(picture) as image:
        return [found.data for found in decode(image, symbols=[ZBarSymbol.QRCODE])]


@pytest.fixture(scope="module")
def session(tmp_path_factory):
    return run_session(tmp_path_factory.mktemp("wayland"), SESSION)


def test_the_driver_is_wayland_and_the_picture_is_really_there(session):
    assert (session / "said").read_text().startswith("wayland\n"), (session / "errors").read_text()
    assert code_on(session / "picture.png") == [b"https://bluezone.gov.vn"]


@pytest.mark.skipif(shutil.which("cage") is None, reason="needs cage (apt install cage)")
def test_cage_shows_the_picture_too(tmp_path):
    """In a window of sway's: cage alone, without a GPU, does not even draw its own headless screen."""
    session = run_session(tmp_path, CAGE)
    assert (session / "said").read_text().startswith("wayland\n"), (session / "errors").read_text()
    assert code_on(session / "picture.png") == [b"https://bluezone.gov.vn"]


def test_a_touch_on_the_door_and_one_on_the_corner_arrive(session):
    """By a pointer; a finger comes the same way, for SDL makes a mouse button of it."""
    assert [line for line in (session / "said").read_text().splitlines() if line in ("listen", "pad")] == [
        *("listen", "listen", "pad"),
    ]
    assert code_on(session / "touched.png") == []  # the ring stands where the code was


def test_keys_arrive(session):
    said = (session / "said").read_text().splitlines()
    assert sum("installed_here" in line for line in said) == 2
    assert any("value=4" in line for line in said)
    assert said[-1] == "leave"

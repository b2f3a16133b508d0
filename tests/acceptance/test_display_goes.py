"""The display server dies while the kiosk runs: counting goes on, nothing confirmed is lost, the picture comes back."""

import contextlib
import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest
from PIL import Image, ImageGrab
from pyzbar.pyzbar import ZBarSymbol, decode

from tests.acceptance.test_run import walk_by
from tests.bus.conftest import bluez  # noqa: F401 (a fixture)
from tests.kiosk.screen.test_window_wayland import AS_NOBODY, NOBODY
from tests.running import OPEN, missing, running_kiosk

OPTIONS = ["-o", "door.sensors=[]", "-o", 'screen.night=["00:00","00:00"]', "-o", "panel.pins={}"]


@contextlib.contextmanager
def x_server(number=None):
    """An X server under this display number, or any that is free; yields the number. It dies as in a power cut."""
    read, write = os.pipe()
    command = ["Xvfb", *([f":{number}"] if number else []), "-displayfd", str(write)]
    server = subprocess.Popen(
        [*command, "-screen", "0", "1024x600x24", "-nolisten", "tcp"], pass_fds=[write], stderr=subprocess.DEVNULL
    )
    os.close(write)
    with os.fdopen(read) as answer:
        found = answer.readline().strip()
    try:
        yield found
    finally:
        server.kill()
        server.wait(10)
        for left in (Path(f"/tmp/.X{found}-lock"), Path(f"/tmp/.X11-unix/X{found}")):
            left.unlink(missing_ok=True)


def reads_code(picture):
    return [found.data for found in decode(picture, symbols=[ZBarSymbol.QRCODE])] == [b"https://bluezone.gov.vn"]


def on_x(kiosk):
    with contextlib.suppress(OSError):
        return reads_code(ImageGrab.grab(xdisplay=kiosk.environment["DISPLAY"]))
    return False


def sources(kiosk):
    """Who made each entry, in order."""
    return [entry["source"] for entry in kiosk.log()]


def press(kiosk):
    """One press of the officer's, until it is on the disk."""
    before = sources(kiosk)
    subprocess.run(["xdotool", "key", "F3"], env=kiosk.environment, check=True, timeout=10)
    kiosk.wait_until(lambda: sources(kiosk) == [*before, "officer"], "the press was not saved")


@pytest.fixture
def entrance(tmp_path, bluez):
    """Starts a kiosk that hears a radio and has no door; `environment` says where its display is."""
    bluez.add_adapter("hci0")

    def start(**environment):
        return running_kiosk(tmp_path, *OPTIONS, DBUS_SYSTEM_BUS_ADDRESS=bluez.address, **environment)

    return start


@pytest.mark.skipif(bool(missing("Xvfb", "xdotool")), reason="needs Xvfb and xdotool")
def test_the_x_server_dies_and_comes_back(entrance, bluez):
    with contextlib.ExitStack() as first:
        display = first.enter_context(x_server())
        with entrance(DISPLAY=f":{display}") as kiosk:
            bluez.wait_until_scanned("hci0")
            kiosk.wait_until(lambda: on_x(kiosk), "there is no picture")
            press(kiosk)
            first.close()
            kiosk.wait_for("the X server has gone")
            walk_by(bluez)
            with x_server(display):
                kiosk.wait_until(lambda: sum(OPEN in line for line in kiosk.lines) == 2, "it did not start anew")
                kiosk.wait_until(lambda: on_x(kiosk), "the picture did not come back")
                assert sources(kiosk) == ["officer", "radio"]  # what was not settled when it started anew, too
                press(kiosk)
                kiosk.stop()
            assert kiosk.process.returncode == 0
            assert sources(kiosk) == ["officer", "radio", "officer"]


@pytest.mark.skipif(bool(missing("Xvfb")), reason="needs Xvfb")
def test_told_to_stop_while_the_x_server_is_gone_it_ends_as_always(entrance):
    with contextlib.ExitStack() as first:
        display = first.enter_context(x_server())
        with entrance(DISPLAY=f":{display}") as kiosk:
            kiosk.wait_until(lambda: on_x(kiosk), "there is no picture")
            first.close()
            kiosk.wait_for("the X server has gone")
            kiosk.stop()
            assert kiosk.process.returncode == 0, kiosk.lines
            assert "the entrance is closed" in kiosk.lines[-1]


@contextlib.contextmanager
def sway(folder):
    """A Wayland compositor without a screen; yields the name of its socket."""
    (folder / "configuration").write_text("xwayland disable\ndefault_border none\n")
    command = ["sway", "-c", str(folder / "configuration")]
    if os.geteuid() == 0:
        os.chown(folder, NOBODY, NOBODY)
        command = [*AS_NOBODY, *command]
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("SDL_", "DISPLAY", "WAYLAND"))}
    ours = {"WLR_BACKENDS": "headless", "WLR_LIBINPUT_NO_DEVICES": "1", "WLR_RENDERER": "pixman"}
    compositor = subprocess.Popen(
        command,
        env=kept | ours | {"XDG_RUNTIME_DIR": str(folder)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    end = time.monotonic() + 10
    while not (folder / "wayland-1").exists() and time.monotonic() < end:
        time.sleep(0.05)
    try:
        yield "wayland-1"
    finally:
        compositor.kill()
        compositor.wait(10)
        for left in folder.glob("wayland-1*"):
            left.unlink()


def on_wayland(kiosk, runtime):
    picture = kiosk.folder / "picture.png"
    done = subprocess.run(["grim", str(picture)], env=kiosk.environment | runtime, capture_output=True, check=False)
    if done.returncode:
        return False
    with Image.open(picture) as image:
        return reads_code(image)


@pytest.mark.skipif(shutil.which("sway") is None or shutil.which("grim") is None, reason="needs sway and grim")
def test_the_wayland_compositor_dies_and_comes_back(entrance, bluez, tmp_path):
    folder = tmp_path / "runtime"
    folder.mkdir(mode=0o700)
    runtime = {"XDG_RUNTIME_DIR": str(folder), "WAYLAND_DISPLAY": "wayland-1"}
    with contextlib.ExitStack() as first:
        first.enter_context(sway(folder))
        with entrance(**runtime) as kiosk:
            bluez.wait_until_scanned("hci0")
            kiosk.wait_until(lambda: on_wayland(kiosk, runtime), "there is no picture")
            first.close()
            kiosk.wait_for("counting goes on without a screen")
            walk_by(bluez)
            with sway(folder):
                kiosk.wait_until(lambda: on_wayland(kiosk, runtime), "the picture did not come back")
                kiosk.stop()
            assert kiosk.process.returncode == 0
            assert sources(kiosk) == ["radio"]

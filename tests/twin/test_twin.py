"""The installed kiosk on a virtual Pi: real kernel, systemd, BlueZ and console.

One machine serves all the tests, in their order: the last ones give it a radio.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pyzbar.pyzbar import ZBarSymbol, decode

from tests.running import ROOT

pytestmark = [pytest.mark.long, pytest.mark.timeout(900)]

ALIKE = 5.0
"""Mean difference of two pictures of the same scene, of 255: 1.3 where hints differ, 10.7 in another language."""

MOUNTED = "grep -q ' /media/sd' /proc/mounts"

LOOK = """
import glob, sqlite3
[copy] = glob.glob("/media/*/*.db")
database = sqlite3.connect(f"file:{copy}?mode=ro", uri=True)
[verdict] = database.execute("PRAGMA quick_check").fetchone()
print(verdict, database.execute("SELECT count(*) FROM entries").fetchone()[0])
"""
"""What is on the stick: a whole database, and how many entries."""

RADIO_ONLY = "[door]\nsensors = []\n"


def test_the_service_says_that_it_is_ready_and_is_confined(machine):
    machine.wait_until("systemctl is-active kiosk", seconds=240)
    shown = service(machine, "Type", "User", "ProtectSystem", "MainPID")
    assert (shown["Type"], shown["User"], shown["ProtectSystem"]) == ("notify", "kiosk", "strict")
    assert machine.run(f"stat -c %U /proc/{shown['MainPID']}").output == "kiosk\n"
    assert machine.run(f"grep NoNewPrivs /proc/{shown['MainPID']}/status").output.split() == ["NoNewPrivs:", "1"]


def test_the_console_shows_the_invitation(machine, tmp_path):
    """Judged by what the graphics card would send to the panel: that frames were drawn proves nothing."""
    picture = picture_with_a_code(machine, seconds=120)
    assert [found.data for found in decode(picture, symbols=[ZBarSymbol.QRCODE])] == [b"https://bluezone.gov.vn"]
    drawn = [screenshot(tmp_path, picture.size, language) for language in ("vi", "en")]
    assert min(difference(picture, other) for other in drawn) < ALIKE


def test_a_key_on_the_console_is_an_entry(machine):
    machine.press("f3")
    machine.wait_until("kiosk log --json | grep -q no_smartphone", seconds=30)


def test_a_panel_that_is_unplugged_and_comes_back_disturbs_nothing(machine):
    process = service(machine, "MainPID")
    (connector,) = machine.run("ls -d /sys/class/drm/card*-*").output.split()
    machine.run(f"echo off > {connector}/status")
    assert machine.run(f"cat {connector}/status").output == "disconnected\n"
    machine.press("f4")
    machine.wait_until("kiosk log --json | grep -q declined", seconds=30)
    machine.run(f"echo detect > {connector}/status")
    picture = picture_with_a_code(machine, seconds=120)
    assert [found.data for found in decode(picture, symbols=[ZBarSymbol.QRCODE])] == [b"https://bluezone.gov.vn"]
    assert service(machine, "MainPID") == process


def test_a_stick_is_mounted_and_gets_the_log_by_a_key_and_may_be_taken_out(machine, tmp_path):
    stick = tmp_path / "stick.img"
    with stick.open("wb") as file:
        file.truncate(64 * 1024 * 1024)
    subprocess.run(["mkfs.vfat", "-n", "STICK", stick], check=True, capture_output=True)
    machine.plug_in(stick)
    machine.wait_until(MOUNTED, seconds=60)
    machine.press("f10")
    machine.wait_until("journalctl -u kiosk | grep 'copied to the stick: /media/sd'", seconds=60)
    machine.take_out()  # at once, and nobody has unmounted it
    machine.wait_until(f"! {MOUNTED}", seconds=60)
    machine.plug_in(stick)
    machine.wait_until(MOUNTED, seconds=60)
    machine.put(LOOK, "/root/look.py")
    assert machine.run("python3 /root/look.py").output == "ok 2\n"


def test_status_names_what_this_machine_lacks_and_nothing_else(machine):
    machine.wait_until("kiosk status --json | grep -q radio:inside", seconds=60)
    assert machine.run("kiosk status").code == 3
    states = parts(machine)
    assert {part for part, state in states.items() if state == "down"} == {"radio:inside", "door", "panel"}
    assert states["screen"] == "ok"


def test_the_watchdog_is_content_for_two_of_its_periods(machine):
    before = service(machine, "MainPID", "WatchdogTimestampMonotonic")
    time.sleep(65)
    after = service(machine, "MainPID", "WatchdogTimestampMonotonic", "NRestarts", "ActiveState")
    assert (after["ActiveState"], after["NRestarts"], after["MainPID"]) == ("active", "0", before["MainPID"])
    assert int(after["WatchdogTimestampMonotonic"]) > int(before["WatchdogTimestampMonotonic"])


def test_a_phone_that_walks_by_a_passively_scanning_bluetoothd_is_a_row(machine):
    machine.put(Path(__file__).with_name("radio.py").read_text(encoding="utf-8"), "/opt/radio/radio.py")
    machine.put(RADIO_ONLY, "/etc/entrance-kiosk/kiosk.toml")
    machine.run("modprobe hci_vhci && systemctl stop kiosk")
    machine.run("cd /opt/radio && (nohup bin/python radio.py > said 2>&1 &)")
    machine.wait_until("systemctl is-active bluetooth", seconds=60)
    machine.run("systemctl start kiosk", seconds=120)
    machine.wait_until("kiosk status --json | grep -q 'passive scanning on hci0'", seconds=120)
    machine.run("touch /opt/radio/go")
    machine.wait_until("grep -q sent= /opt/radio/said", seconds=60)
    # Half a minute after the phone has gone nothing can change the entry any more.
    heard = "kiosk log --source radio --json"
    machine.wait_until(f"{heard} | grep -q .", seconds=90)
    (entry,) = (json.loads(line) for line in machine.run(heard).output.splitlines())
    assert (entry["direction"], entry["app"]) == ("in", "detected")
    assert machine.run("cat /opt/radio/said").output == "sent=61 taken=61 passive=True\n"


def test_bluetoothd_has_survived_the_kiosk_s_patterns(machine):
    assert service(machine, "ActiveState", "NRestarts", unit="bluetooth")["ActiveState"] == "active"
    assert machine.run("journalctl -u bluetooth | grep -c 'Main process exited'").output == "0\n"


def service(machine, *names, unit="kiosk"):
    """Properties of a unit as systemd knows them."""
    wanted = " ".join(f"-p {name}" for name in names)
    lines = machine.run(f"systemctl show {unit} {wanted}").output.splitlines()
    return dict(line.split("=", 1) for line in lines)


def parts(machine):
    return {part["part"]: part["state"] for part in json.loads(machine.run("kiosk status --json").output)["parts"]}


def picture_with_a_code(machine, seconds):
    end = time.monotonic() + seconds
    while True:
        picture = machine.picture("invitation")
        if decode(picture, symbols=[ZBarSymbol.QRCODE]):
            return picture
        assert time.monotonic() < end, f"there is no code on the picture in {machine.folder}"
        time.sleep(2)


def screenshot(folder, size, language):
    """What `kiosk screenshot` draws on this machine for a panel of that size."""
    path = folder / f"{language}.png"
    command = [sys.executable, "-m", "kiosk", "screenshot", "invite", str(path), "--lang", language]
    command += ["--size", "{}x{}".format(*size)]
    subprocess.run(command, cwd=ROOT, check=True, env=os.environ | {"SDL_VIDEODRIVER": "dummy"})
    with Image.open(path) as picture:
        return picture.convert("RGB")


def difference(one, other):
    return float(np.abs(np.asarray(one, dtype=int) - np.asarray(other, dtype=int)).mean())

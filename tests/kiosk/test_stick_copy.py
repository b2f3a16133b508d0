"""The officer asks for the log on a stick: real mounts, and the gesture through the whole kiosk."""

import json
import shutil
import subprocess
import sys
import time

import pytest

from hardware.events import Action, Button
from kiosk.logbook.backups import check_backup
from kiosk.screen.scene import Tone
from kiosk.stick_copy import StickCopier
from tests.kiosk.whole import Running

NAMESPACE = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c"]
MOUNT = "mkdir -p 'media/{name}' && mount -t tmpfs -o {how} none 'media/{name}'"


def copied(folder, command):
    """What came of a copy in a namespace whose sticks `command` has mounted."""
    if shutil.which("unshare") is None or subprocess.run([*NAMESPACE, "true"], check=False).returncode:
        pytest.skip("no user namespaces here, so no stick can be mounted")
    run = f'here=$PWD && cd "$2" && {command} && cd "$here" && exec "$1" -m tests.kiosk.stick_script "$2"'
    done = subprocess.run(
        [*NAMESPACE, run, "sh", sys.executable, str(folder)], capture_output=True, text=True, check=False, timeout=50
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize(
    ("command", "told", "trouble"),
    [
        (MOUNT.format(name="MY STICK", how="size=20m"), "StickDone", None),
        ("true", "StickFailed", "missing"),
        (MOUNT.format(name="a", how="ro"), "StickFailed", "read_only"),
        (MOUNT.format(name="a", how="size=64k"), "StickFailed", "full"),
        (
            MOUNT.format(name="a", how="size=9m") + " && " + MOUNT.format(name="b", how="size=9m"),
            "StickFailed",
            "several",
        ),
    ],
    ids=["one", "none", "read-only", "full", "two"],
)
def test_a_stick_gets_the_log_or_the_officer_is_told_why_not(tmp_path, command, told, trouble):
    found = copied(tmp_path, command)
    assert (found["told"], found["trouble"]) == (["StickBegun", told], trouble)
    assert found["on the stick"] == ([".db"] if trouble is None else [])
    assert found["noted"] == ([["the officer, at the kiosk", "backup"]] if trouble is None else [])
    assert found["entries"] == 350  # all that was written meanwhile is there


@pytest.fixture
def running(tmp_path):
    one = Running(tmp_path)
    (tmp_path / "stick").mkdir()
    places = one.kiosk.copier._places  # the same logbook, and a folder for a stick
    one.kiosk.copier = StickCopier(places, one.clock, one.kiosk.front.told, lambda: tmp_path / "stick")
    one.kiosk.front.to_stick = one.kiosk.copier.begin
    yield one
    one.kiosk.stop()
    one.thread.join(5)
    assert not one.thread.is_alive()


def on_the_stick(folder):
    return [check_backup(file) for file in (folder / "stick").iterdir()]


def buttons(running, actions, seconds):
    """GPIO edges as gpiozero reports them, not through the screen."""
    for action in actions:
        running.kiosk.core.put(Button(running.clock.monotonic(), action, True))
    time.sleep(seconds)
    for action in actions:
        running.kiosk.core.put(Button(running.clock.monotonic(), action, False))


def test_the_first_and_the_last_button_together_copy_the_log(running, tmp_path):
    running.wait_for_card("saved.title", running.press(Action.DECLINED))
    buttons(running, (Action.SHOWN, Action.EXIT), 2.2)
    running.wait_for_card("holding_pair.title")
    _, scene = running.wait_for_card("stick_done.title")
    pill = scene.corner.pills[0]
    assert (pill.words.key, pill.tone) == ("corner.stick_done", Tone.GOOD)
    assert on_the_stick(tmp_path) == [1]
    assert len(running.entries()) == 1  # neither of the two buttons said anything about a visitor
    running.wait_for_card("saved.title", running.press(Action.DECLINED))


def test_a_key_or_a_touch_does_the_same_and_counting_goes_on(running, tmp_path):
    running.press(Action.STICK)  # the same edges come from F10 and from the key on the glass
    running.wait_for(lambda scene: [p.words.key for p in scene.corner.pills][:1] == ["corner.stick_done"])
    running.wait_for_card("saved.title", running.press(Action.SHOWN))
    assert on_the_stick(tmp_path) == [0]


def test_a_stick_that_is_gone_is_one_line_for_the_officer(running, tmp_path):
    (tmp_path / "stick").rmdir()
    (tmp_path / "stick").write_text("no folder")
    running.press(Action.STICK)
    _, scene = running.wait_for_card("stick_broken.title")
    assert scene.card.tone is Tone.BAD
    assert scene.corner.pills[0].words.key == "corner.stick_broken"

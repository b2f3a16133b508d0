"""What is heard, and when nothing is."""

import array
import datetime
import os
import subprocess
import sys
import wave

import pytest

from hardware.events import Action
from kiosk.decisions import Direction, Greeting, Passage
from kiosk.screen.cues import Listen, NotSaved, Refused, Saved, Undone
from kiosk.sound.moments import Moments
from kiosk.sound.player import shipped_invitation
from kiosk.sound.tones import RATE, Tone, samples
from kiosk.sound.voice import Voice

ZONE = datetime.timezone(datetime.timedelta(hours=7))
MORNING = datetime.datetime(2026, 11, 24, 8, 41, tzinfo=ZONE)


class Listener:
    """A speaker that remembers."""

    def __init__(self):
        self.heard = []

    def tone(self, tone, t):
        self.heard.append(tone)
        return True

    def invite(self, t):
        self.heard.append("invitation")
        return True

    def rest(self, t):
        self.heard.append("rest")

    def close(self):
        self.heard.append("close")


@pytest.fixture
def listener():
    return Listener()


@pytest.fixture
def voice(listener):
    return Voice(listener, Moments(60, (("11:30", "13:30"), ("20:00", "06:00"))))


def test_each_answer_to_the_officer_has_its_tone(voice, listener):
    for cue in (Saved(1.0, Action.SHOWN, 1), Undone(2.0, Action.SHOWN, 0), NotSaved(3.0), Refused(4.0), Listen(5.0)):
        voice.cue(cue)
    assert listener.heard == [Tone.SAVED, Tone.UNDONE, Tone.TROUBLE, Tone.TROUBLE]


def test_whoever_comes_in_is_invited_at_most_once_a_minute(voice, listener):
    for t in (0, 10, 59, 60, 61, 130):
        voice.see(Passage(1, float(t), Direction.IN), MORNING)
    assert len(listener.heard) == 3


def test_nobody_is_invited_when_leaving_or_for_having_the_app(voice, listener):
    voice.see(Passage(1, 0.0, Direction.OUT), MORNING)
    voice.see(Greeting(1.0, 1), MORNING)
    assert listener.heard == []


@pytest.mark.parametrize(("time", "spoken"), [("11:29", 1), ("11:30", 0), ("13:29", 0), ("13:30", 1), ("21:00", 0)])
def test_quiet_hours(voice, listener, time, spoken):
    hour, minute = map(int, time.split(":"))
    voice.see(Passage(1, 0.0, Direction.IN), MORNING.replace(hour=hour, minute=minute))
    assert len(listener.heard) == spoken


@pytest.mark.parametrize("tone", Tone)
def test_a_tone_is_short_and_neither_clicks_nor_clips(tone):
    values = array.array("h", samples(tone))
    assert 0.1 <= len(values) / RATE <= 0.4
    assert 15_000 < max(values) < 32_000
    assert abs(values[0]) < 500
    assert abs(values[-1]) < 2_000


def test_the_shipped_invitation_is_a_short_clear_wav():
    with wave.open(str(shipped_invitation())) as spoken:
        assert (spoken.getnchannels(), spoken.getsampwidth(), spoken.getframerate()) == (1, 2, RATE)
        assert 2 < spoken.getnframes() / RATE < 6
        values = array.array("h", spoken.readframes(spoken.getnframes()))
    assert 20_000 < max(values) < 32_000


def run(code, driver):
    environment = {k: v for k, v in os.environ.items() if not k.startswith("SDL_")} | {"SDL_AUDIODRIVER": driver}
    script = "from pathlib import Path\nfrom kiosk.sound.player import Player\nfrom kiosk.sound.tones import Tone\n"
    return subprocess.run(
        [sys.executable, "-c", script + code], env=environment, capture_output=True, text=True, timeout=30, check=False
    )


def test_without_a_device_the_kiosk_is_silent_and_says_so_once():
    code = (
        "player = Player(0.5)\n"
        "print(player.tone(Tone.SAVED, 0.0), player.invite(1.0), player.tone(Tone.SAVED, 99.0), len(player.remarks))\n"
        "player.rest(100.0); player.close()"
    )
    done = run(code, "nothing-like-it")
    assert done.stdout == "False False False 1\n", done.stderr


def test_with_a_device_both_are_played_and_it_is_let_go_after_a_while():
    code = (
        "player = Player(0.5)\n"
        "print(player.tone(Tone.SAVED, 0.0), player.invite(1.0), player.is_open)\n"
        "player.rest(30.0); print(player.is_open); player.rest(31.0); print(player.is_open, player.remarks)"
    )
    done = run(code, "dummy")
    assert done.stdout == "True True True\nTrue\nFalse []\n", done.stderr


def test_a_missing_file_of_ones_own_is_named_and_the_shipped_one_spoken():
    code = "player = Player(0.5, Path('/nowhere/own.wav'))\nprint(player.invite(0.0), *player.remarks)\nplayer.close()"
    done = run(code, "dummy")
    assert done.stdout.startswith("True sound.invitation: /nowhere/own.wav cannot be played"), done.stderr

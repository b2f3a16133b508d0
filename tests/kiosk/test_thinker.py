"""While a crowd is thought about, the officer is answered; and what comes of it is what would have come at once."""

import threading
import time

import pytest

from hardware.beacons import Recogniser, load_profiles
from hardware.events import Action, Advert, Beam, Button
from hardware.simulation import DoorParameters, simulate
from kiosk.core import Core
from kiosk.decisions import App, Entry, Pressed
from kiosk.doorway import Doorway, Layout
from kiosk.doorway.passing import Verdict
from kiosk.entrance import Entrance
from kiosk.outcomes import Outcomes
from kiosk.replay import entrance_of, replay


class SlowJudge:
    """Thinks until it is let go; says when it has begun."""

    def __init__(self):
        self.begun, self.go = threading.Event(), threading.Event()

    def judge(self, question):
        self.begun.set()
        assert self.go.wait(10)
        return {passing.number: Verdict(0.9) for passing in question.passings}


class BusyJudge:
    """Uses the processor for a second, as numpy's many small steps do."""

    def __init__(self):
        self.begun = threading.Event()

    def judge(self, question):
        self.begun.set()
        end = time.monotonic() + 1.0
        while time.monotonic() < end:
            sum(range(1000))
        return {passing.number: Verdict(0.9) for passing in question.passings}


class FailingJudge:
    def judge(self, question):
        raise ValueError("AA:BB:CC:DD:EE:FF")


class Heard:
    """Decisions with the moment at which they came."""

    def __init__(self):
        self.all = []

    def __call__(self, decisions):
        self.all += [(time.monotonic(), decision) for decision in decisions]

    def wait_for(self, kind):
        end = time.monotonic() + 5
        while time.monotonic() < end:
            for t, decision in list(self.all):
                if isinstance(decision, kind):
                    return t, decision
            time.sleep(0.001)
        raise AssertionError(self.all)


def running(judge):
    heard = Heard()
    doorway = Doorway(Layout(), Recogniser(load_profiles()), judge=judge)
    core = Core(Entrance(doorway), time.monotonic, heard, thinking=True)
    core.start()
    return core, heard


def somebody_came(core, ago):
    """Somebody with a phone came in `ago` seconds before now."""
    t = time.monotonic() - ago
    core.put(Advert(t, "somebody's phone", -60, manufacturer_data={0x22B5: bytes(12)}))
    for sensor, x in (("outer", -0.15), ("inner", 0.15)):
        core.put(Beam(t + x - 0.15, sensor, True))
        core.put(Beam(t + x + 0.15, sensor, False))


def press(core, action):
    t = time.monotonic()
    core.put(Button(t - 0.05, action, True, bounces=False))
    core.put(Button(t, action, False, bounces=False))
    return t


def test_a_press_is_answered_within_a_tenth_of_a_second_while_the_judge_thinks():
    judge = SlowJudge()
    core, heard = running(judge)
    somebody_came(core, ago=4.0)
    assert judge.begun.wait(5)
    pressed_at = press(core, Action.SHOWN)
    answered_at, pressed = heard.wait_for(Pressed)
    assert answered_at - pressed_at < 0.1
    assert [entry.app for entry in pressed.led_to] == [App.SHOWN]
    somebody_came(core, ago=0.5)  # and whoever comes meanwhile is seen
    judge.go.set()
    assert core.stop(10)
    entries = [decision for _, decision in heard.all if isinstance(decision, Entry)]
    assert [entry.app for entry in entries] == [App.SHOWN, App.DETECTED]


def test_presses_are_answered_while_the_judge_uses_the_processor():
    judge = BusyJudge()
    core, heard = running(judge)
    somebody_came(core, ago=4.0)
    assert judge.begun.wait(5)
    took = []
    for action in (Action.NO_SMARTPHONE, Action.SHOWN, Action.DECLINED):
        heard.all.clear()
        pressed_at = press(core, action)
        took.append(heard.wait_for(Pressed)[0] - pressed_at)
    assert core.stop(10)
    assert max(took) < 0.1


def test_a_judge_that_fails_leaves_the_app_unknown_and_counts_all_the_same(caplog):
    core, heard = running(FailingJudge())
    somebody_came(core, ago=29.5)
    _, entry = heard.wait_for(Entry)
    assert core.stop(10)
    assert entry.app is App.UNKNOWN
    assert "could not be weighed: ValueError in judge" in caplog.text
    assert "AA:BB" not in caplog.text


@pytest.fixture(scope="module")
def simulated():
    return simulate(DoorParameters(), 240.0, 3)


def test_a_crowd_that_is_caught_up_with_is_decided_as_in_a_replay(simulated):
    profiles = load_profiles()
    wanted = Outcomes()
    for step in replay(entrance_of(simulated.header, profiles), simulated.events, simulated.header.seconds):
        wanted.add(step.decisions)
    heard = Outcomes()
    core = Core(entrance_of(simulated.header, profiles), lambda: 1000.0, heard.add, thinking=True)
    for event in simulated.events:
        core.put(event)
    core.start()
    assert core.stop(60)
    assert len(wanted.entries) > 3
    passages, expected = ([(e.number, e.t, e.direction) for e in one.entries] for one in (heard, wanted))
    assert passages == expected
    for one, other in zip(heard.entries, wanted.entries, strict=True):
        assert one.confidence == pytest.approx(other.confidence, abs=0.1) or one.app is other.app


def test_what_was_asked_does_not_change_and_a_late_answer_says_nothing(simulated):
    entrance = entrance_of(simulated.header, load_profiles())
    questions = []
    entrance.think_elsewhere(questions.append)
    decisions = []
    for event in simulated.events:
        decisions += entrance.advance(event.t)
        decisions += entrance.handle(event)
        if questions and event.t > questions[0].now + 5:
            break
    [question] = questions  # one at a time, however long it takes
    latest = max((b.t for track in question.tracks for bins in track.bins.values() for b in bins), default=0.0)
    assert latest <= question.now
    assert all(track.last <= question.now for track in question.tracks)
    answer = question.answer()
    entrance.advance(question.now - 100.0)  # the clock was set back: everything was settled without it
    assert entrance.answered(answer) == []

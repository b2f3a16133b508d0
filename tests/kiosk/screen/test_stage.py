"""The stage, told what happened, shows the right thing for the right time."""

import dataclasses
import datetime
import itertools
import subprocess
import sys

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hardware.events import Action
from kiosk.decisions import App, Closeby, Direction, Entry, Greeting, Passage, Source
from kiosk.desk import DeskView
from kiosk.health import Part, State
from kiosk.screen import idle
from kiosk.screen.cues import Finger, HandOver, HandOverAsk, Listen, Pad, Question, Saved, StickBegun, StickDone, Undone
from kiosk.screen.scene import InDoor
from kiosk.screen.stage import Stage
from kiosk.screen.visitors import LISTENS

MORNING = datetime.datetime(2026, 11, 24, 8, 41, tzinfo=datetime.timezone(datetime.timedelta(hours=7)))
T = 1008.0
"""Monotonic seconds: a moment at which the gravest of any faults stands in front."""


def shown(stage, t, local=MORNING):
    return stage.at(t, local)[0]


def test_at_rest_the_screen_invites_and_lives():
    stage = Stage()
    scenes = [shown(stage, T + seconds) for seconds in (0, 3, 6, 9)]
    assert {scene.name for scene in scenes} == {"invite"}
    assert [scene.step for scene in scenes] == [1, 2, 3, 1]


def test_the_second_language_has_its_turn_at_rest_only():
    stage = Stage(languages=2)
    assert [shown(stage, T + seconds).language for seconds in (0, 9, 18, 21, 24, 27)] == [0, 0, 1, 1, 1, 0]
    stage.see(Passage(1, T + 46, Direction.IN))
    assert shown(stage, T + 46.1).language == 0


def test_somebody_passes_and_the_door_opens_and_closes():
    stage = Stage()
    stage.see(Passage(1, T, Direction.IN))
    assert shown(stage, T).opening == 0
    assert 0 < shown(stage, T + 0.1).opening < 1
    assert shown(stage, T + 0.3).opening == 1
    assert shown(stage, T + 4.9).name == "passage"
    assert 0 < shown(stage, T + 5.2).opening < 1
    assert (shown(stage, T + 6).name, shown(stage, T + 6).opening) == ("invite", 0)


def test_whoever_leaves_is_not_asked_to_scan():
    stage = Stage()
    stage.see(Passage(1, T, Direction.OUT))
    assert shown(stage, T + 1).name == "invite"
    assert shown(stage, T + 1).opening == 1


def test_a_beacon_adds_thanks():
    stage = Stage()
    stage.see(Passage(1, T, Direction.IN))
    stage.see(Greeting(T + 0.8, 1))
    assert shown(stage, T + 1).name == "thanks"
    assert shown(stage, T + 6).name == "invite"


def test_the_next_person_gets_the_invitation_after_half_a_glance_of_thanks():
    stage = Stage()
    stage.see(Greeting(T, 1))
    stage.see(Passage(2, T + 1, Direction.IN))
    assert shown(stage, T + 2).name == "thanks"
    assert shown(stage, T + 2.6).name == "passage"


def test_an_install_is_confirmed_then_listened_for_then_celebrated():
    stage = Stage()
    stage.cue(Saved(T, Action.INSTALLED_HERE, 128))
    assert shown(stage, T + 1).card is not None
    listening = shown(stage, T + 8)
    assert (listening.name, listening.in_door) == ("hold", InDoor.RING)
    assert listening.card is None
    stage.see(Greeting(T + 9, None, first_after_install=True))
    assert shown(stage, T + 9.1).name == "installed"


def test_a_ring_that_hears_nothing_waits_twenty_seconds_and_says_what_to_check():
    stage = Stage()
    stage.cue(Listen(T))
    assert shown(stage, T + 20).name == "hold"
    assert shown(stage, T + LISTENS + 1).name == "check"
    assert shown(stage, T + LISTENS + 9).name == "invite"


def test_the_ring_fills_evenly():
    stage = Stage()
    stage.cue(Listen(T))
    rings = [shown(stage, T + seconds).ring for seconds in range(0, 22, 2)]
    steps = [b - a for a, b in itertools.pairwise(rings)]
    assert max(steps) - min(steps) < 0.002


def test_a_phone_held_close_is_confirmed_at_once():
    stage = Stage()
    stage.cue(Listen(T))
    stage.see(Closeby(T + 3, -40))
    assert shown(stage, T + 3).name == "installed"


def test_somebody_elses_beacon_leaves_the_ring_to_whoever_holds_a_phone():
    stage = Stage()
    stage.cue(Listen(T))
    stage.see(Passage(1, T + 3, Direction.IN))
    stage.see(Greeting(T + 4, 1))
    assert shown(stage, T + 4).name == "hold"
    assert shown(stage, T + 4).opening == 1


def test_a_phone_close_by_without_a_ring_changes_nothing():
    stage = Stage()
    stage.see(Closeby(T, -40))
    assert shown(stage, T).name == "invite"


def test_a_confirmation_hides_the_steps_for_two_seconds_at_most_and_never_the_code():
    stage = Stage()
    stage.cue(Saved(T, Action.SHOWN, 128))
    assert shown(stage, T).card is not None
    assert shown(stage, T).in_door is InDoor.CODE
    assert shown(stage, T + 1.9).card is not None
    assert shown(stage, T + 2).card is None
    assert shown(stage, T + 2).corner.total == 128


def test_a_group_that_is_typed_is_shown_over_an_older_card():
    stage = Stage()
    stage.cue(HandOver(T, "Hùng", "", 5, 3))
    stage.desk(DeskView(group=4), T + 1)
    assert shown(stage, T + 1).card.title.key == "group.title"
    assert [pill.words.key for pill in shown(stage, T + 4).corner.pills] == ["group.title"]


def test_an_install_that_is_taken_back_is_not_listened_for():
    stage = Stage()
    stage.cue(Saved(T, Action.INSTALLED_HERE, 128))
    stage.cue(Undone(T + 5, Action.INSTALLED_HERE, 127))
    assert shown(stage, T + 8).name == "invite"


def test_holding_says_what_it_will_do_before_it_does():
    stage = Stage()
    stage.desk(DeskView(held_since=T), T)
    assert shown(stage, T + 0.2).card is None
    assert shown(stage, T + 0.6).card.title.key == "holding.title"


def test_the_officers_keys_lie_over_the_steps_until_they_are_answered():
    stage = Stage()
    stage.cue(Pad(T))
    stage.cue(Finger(T + 5, Action.SHOWN))
    assert (shown(stage, T + 12).pad, shown(stage, T + 12).pressed) == (True, Action.SHOWN)
    stage.cue(Saved(T + 12, Action.SHOWN, 5))
    assert not shown(stage, T + 12).pad
    assert shown(stage, T + 12).card is not None


def test_the_officers_keys_go_away_by_themselves():
    stage = Stage()
    stage.cue(Pad(T))
    assert shown(stage, T + 9.9).pad
    assert not shown(stage, T + 10).pad


def test_a_hand_over_by_touch_keeps_the_keys_and_asks_in_the_corner():
    stage = Stage()
    stage.cue(Pad(T))
    stage.cue(HandOverAsk(T + 1, ("Lan", "Hùng")))
    scene = shown(stage, T + 1)
    assert scene.pad
    assert [pill.words.key for pill in scene.corner.pills] == ["handover_ask.line"]


def test_a_second_touch_brings_the_code_back():
    stage = Stage()
    stage.cue(Listen(T))
    stage.cue(Listen(T + 3))
    assert shown(stage, T + 3).in_door is InDoor.CODE


def test_the_last_entry_keeps_its_own_time():
    stage = Stage()
    stage.see(Entry(1, T - 120, Direction.IN, App.DETECTED, 1.0, Source.DOOR))
    assert shown(stage, T).corner.last == "08:39"


def test_faults_are_told_the_gravest_first_with_their_time():
    stage = Stage()
    stage.report([Part("radio:inside", State.DOWN, T - 29 * 60), Part("logbook", State.DOWN, T, "L2 the disk is full")])
    pills = shown(stage, T).corner.pills
    assert [pill.words.key for pill in pills] == ["fault.disk", "fault.radio"]
    assert dict(pills[1].words.values)["since"] == "08:12"


@pytest.mark.parametrize(
    ("state", "detail", "key", "code"),
    [
        (State.DOWN, "L1 another program holds it", "fault.locked", "L1"),
        (State.DOWN, "L2 the disk is full", "fault.disk", "L2"),
        (State.DEGRADED, "L2 the disk is nearly full", "fault.disk_low", "L2"),
        (State.DOWN, "L3 the file is damaged", "fault.damaged", "L3"),
        (State.DOWN, "L6 it may only be read", "fault.logbook", "L6"),
        (State.DEGRADED, "L7 a backup was restored", "fault.restored", "L7"),
        (State.DOWN, "something else", "fault.logbook", ""),
    ],
)
def test_what_is_wrong_with_the_logbook_has_its_words_and_its_code(state, detail, key, code):
    stage = Stage()
    stage.report([Part("logbook", state, T, detail)])
    [pill] = shown(stage, T).corner.pills
    assert (pill.words.key, pill.code) == (key, code)


def test_what_two_parts_say_is_said_once_with_the_code():
    stage = Stage()
    stage.report([Part("disk", State.DEGRADED, T), Part("logbook", State.DEGRADED, T, "L2 the disk is nearly full")])
    assert [(pill.words.key, pill.code) for pill in shown(stage, T).corner.pills] == [("fault.disk_low", "L2")]


def test_a_copy_to_a_stick_is_in_the_corner_as_long_as_it_lasts_and_a_while_after():
    def corner(t):
        return [pill.words.key for pill in shown(stage, t).corner.pills]

    stage = Stage()
    stage.cue(StickBegun(T))
    assert shown(stage, T + 1.9).card.title.key == "stick.title"
    assert shown(stage, T + 600).card is None
    assert corner(T + 600) == ["corner.stick"]
    stage.cue(StickDone(T + 601))
    assert shown(stage, T + 606).card.line.key == "stick_done.line"
    assert corner(T + 630) == ["corner.stick_done"]
    assert corner(T + 631) == []


def test_holding_two_buttons_says_what_for():
    stage = Stage()
    stage.desk(DeskView(pair_since=T), T)
    assert shown(stage, T + 0.4).card is None
    assert shown(stage, T + 0.5).card.title.key == "holding_pair.title"


def test_of_several_faults_each_stands_in_front_in_turn():
    stage = Stage()
    stage.report([Part(name, State.DOWN, T) for name in ("radio:inside", "disk", "door")])
    front = [shown(stage, T + seconds).corner.pills[0].words.key for seconds in range(2, 20, 6)]
    assert sorted(front) == ["fault.disk_low", "fault.door", "fault.radio"]


def test_a_clock_that_is_not_set_is_not_shown():
    stage = Stage()
    stage.report([Part("clock", State.DOWN, T)])
    assert shown(stage, T).corner.time == "--:--"


def test_an_open_question_leaves_the_steps_where_they_are():
    stage = Stage()
    stage.cue(Question(T, "08:41", T + 60))
    scene = shown(stage, T + 30)
    assert scene.card is None
    assert [pill.words.key for pill in scene.corner.pills] == ["question.title"]
    assert shown(stage, T + 60).corner.pills == ()


@pytest.mark.parametrize(("hour", "dark"), [(19, False), (20, True), (2, True), (6, False)])
def test_night(hour, dark):
    assert shown(Stage(), T, MORNING.replace(hour=hour, minute=0)).night is dark


def test_an_empty_hall_dims_the_screen_and_a_passer_by_wakes_it():
    stage = Stage()
    shown(stage, T)
    assert shown(stage, T + idle.DARK_AFTER + 1).night
    stage.see(Passage(1, T + 4000, Direction.IN))
    assert not shown(stage, T + 4000).night


def test_the_picture_moves_a_little_against_burn_in():
    shifts = {idle.shift(minute * 60.0) for minute in range(120)}
    assert len(shifts) > 8
    assert all(abs(x) <= 2 and abs(y) <= 2 for x, y in shifts)


happenings = st.one_of(
    st.builds(Passage, st.integers(1, 9), st.just(0.0), st.sampled_from(Direction)),
    st.builds(Greeting, st.just(0.0), st.none(), st.booleans()),
    st.builds(Closeby, st.just(0.0), st.just(-40.0)),
    st.builds(Listen, st.just(0.0)),
    st.builds(Saved, st.just(0.0), st.sampled_from([Action.SHOWN, Action.INSTALLED_HERE]), st.just(5)),
)


@given(st.lists(st.tuples(st.floats(0.01, 12), happenings), max_size=12))
def test_whatever_happens_the_screen_comes_to_rest_and_never_flashes(happened):
    stage, t, changes = Stage(), T, []
    last = None
    for wait, what in happened:
        t += wait
        moved = type(what)(**{**{f: getattr(what, f) for f in what.__slots__}, "t": t})
        (stage.cue if isinstance(what, (Listen, Saved)) else stage.see)(moved)
        scene = shown(stage, t)
        if last is not None and scene.in_door != last.in_door:
            changes.append(t)
        last = scene
    assert all(fourth - first >= 1 for first, fourth in zip(changes, changes[3:], strict=False))
    assert shown(stage, t + 60).name == "invite"
    assert shown(stage, t + 60).opening == 0


@given(st.floats(0, 1e6), st.floats(0, 200))
def test_between_two_changes_nothing_changes(t, wait):
    def told():
        stage = Stage(languages=2)
        stage.at(t - 1, MORNING)
        stage.see(Passage(1, t, Direction.IN))
        stage.see(Greeting(t + 1, 1))
        return stage

    stage = told()
    now = t + wait
    local = MORNING + datetime.timedelta(seconds=wait)
    scene, until = stage.at(now, local)
    assert until > now
    assume(until - now > 1e-6)  # nearer than that, the moment just before is the moment itself
    just_before = now + (until - now) * 0.999
    later = told().at(just_before, local + datetime.timedelta(seconds=just_before - now))[0]
    assert dataclasses.replace(later, opening=0) == dataclasses.replace(scene, opening=0)


def test_deciding_what_to_show_needs_no_pygame():
    code = "import sys, kiosk.front, kiosk.screen.stage, kiosk.handover; sys.exit('pygame' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0

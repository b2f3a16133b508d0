"""Whatever is written, corrected, cancelled, settled or started anew: the tallies are the current entries counted."""

from collections import Counter
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule
from sqlite_utils import Database

from hardware.clock import SimulatedClock
from kiosk.decisions import App, Correction, Direction, Entry, Source
from kiosk.logbook import Logbook

from .conftest import NOON
from .test_book import counted, tallies

apps = st.sampled_from(App)
directions = st.sampled_from(Direction)


class Bookkeeping(RuleBasedStateMachine):
    numbers = Bundle("numbers")

    def __init__(self):
        super().__init__()
        self.folder = TemporaryDirectory()
        self.path = Path(self.folder.name) / "logbook.db"
        self.next_number = count(1)
        self.boots = count(1)

    @initialize(behind=st.integers(0, 40 * 86400), trusted=st.booleans())
    def boot(self, behind, trusted):
        boot_id = f"boot-{next(self.boots)}"
        self.clock = SimulatedClock(NOON - behind, monotonic=10.0, trusted=trusted or not behind, boot_id=boot_id)
        self.logbook = Logbook.open(self.path, self.clock)

    @rule(target=numbers, app=apps, direction=directions, ago=st.floats(0, 30))
    def passage(self, app, direction, ago):
        number = next(self.next_number)
        self.logbook.write([Entry(number, self.clock.monotonic() - ago, direction, app, 0.8, Source.DOOR)])
        return number

    @rule(number=numbers, app=st.none() | apps, direction=st.none() | directions, cancelled=st.booleans())
    def correct(self, number, app, direction, cancelled):
        t = self.clock.monotonic()
        self.logbook.write([Correction(number, t, Source.OFFICER, app, direction, cancelled)])

    @rule(seconds=st.floats(0, 90_000))
    def wait(self, seconds):
        self.clock.advance(seconds)

    @rule(step=st.integers(-7200, 30 * 86400), trusted=st.booleans())
    def clock_steps(self, step, trusted):
        self.clock.set_utc(self.clock.utc() + step, trusted or self.clock.trusted())

    @rule()
    def settle(self):
        self.logbook.settle_clock()

    @invariant()
    def tallies_are_the_entries_counted(self):
        assert tallies(self.path) == counted(self.path)

    @invariant()
    def the_screen_shows_what_the_file_holds(self):
        today = self.logbook.today()
        rows = Database(self.path).query("SELECT direction, app FROM current_entries WHERE day = ?", [today.day])
        assert today.cells == Counter((row["direction"], row["app"]) for row in rows)

    def teardown(self):
        self.logbook.close()
        self.folder.cleanup()


Bookkeeping.TestCase.settings = settings(max_examples=30, stateful_step_count=25, deadline=None)
TestBookkeeping = Bookkeeping.TestCase

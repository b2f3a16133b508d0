"""The demonstration: a simulated door, the real kiosk, and a real district beside it, told in plain lines."""

import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final, Self
from zoneinfo import ZoneInfo

from hardware.clock import Clock
from hardware.simulation.world import Crossing
from kiosk.decisions import App, Correction, Entry
from kiosk.errors import KioskError
from kiosk.logbook.values import Saved
from kiosk.outcomes import Outcomes
from sync.board import board_mark
from sync.client import Client
from sync.credentials import Credentials
from sync.delivery import Courier
from sync.outbox import Outbox

SEND_EVERY: Final = 10.0
"""Seconds between two deliveries in the demonstration; a real kiosk sends once an hour, which nobody would wait for."""

WITHIN: Final = 2.5
"""Seconds by which an entry may differ from the true crossing and still be the same: the step of one slow walker."""

Say = Callable[[str], None]


class DemoDistrict:
    """`district serve` as a process of its own on 127.0.0.1, as at a real district."""

    def __init__(self, database: Path) -> None:
        self._process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "sync.district",
                "serve",
                "--port",
                "0",
                "--demo",
                "demo",
                "--database",
                str(database),
            ],
            stdout=subprocess.PIPE,
            text=True,
        )
        self.code = self._expect("code ")
        self.url = self._expect("serving ")

    def stop(self) -> None:
        """End it cleanly. May be called twice."""
        if self._process.poll() is None:
            self._process.terminate()
            self._process.wait(10)
        if self._process.stdout is not None:
            self._process.stdout.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _expect(self, word: str) -> str:
        line = self._process.stdout.readline() if self._process.stdout else ""
        if not line.startswith(word):
            self.stop()
            raise KioskError("the district did not start; try: district serve --demo demo, which says why")
        return line.removeprefix(word).strip()


class Deliveries(threading.Thread):
    """Sends the tallies to the district every few seconds, and once more at the end."""

    def __init__(self, database: Path, zone: ZoneInfo, url: str, code: str, clock: Clock, say: Say) -> None:
        super().__init__(name="deliveries", daemon=True)
        self._database = database
        self._zone = zone
        self._clock = clock
        self._say = say
        self._board = board_mark(database.parent)
        self._ending = threading.Event()
        self._client = Client(url)
        self._credentials: Credentials = self._client.enroll(code, self._board)
        self.rows = 0

    def run(self) -> None:
        """Send until stopped, then send the rest."""
        while not self._ending.wait(SEND_EVERY):
            self.deliver()

    def stop(self) -> None:
        """Send what is left and end."""
        self._ending.set()
        if self.is_alive():
            self.join(SEND_EVERY)
        self.deliver()
        self._client.close()

    def deliver(self) -> None:
        """One delivery; a failure is one line, and the next one tries again."""
        try:
            with Outbox(self._database, self._zone) as outbox:
                courier = Courier(
                    outbox,
                    self._client,
                    self._credentials,
                    self._board,
                    self._clock.trusted,
                    lambda: int(self._clock.utc() * 1000),
                )
                delivery = courier.deliver()
        except KioskError as error:
            self._say(f"sync: {error}")
            return
        self.rows += delivery.rows
        if delivery.rows:
            self._say(f"sync: {delivery.line()}")


@dataclass(slots=True)
class Diary:
    """What the demonstration tells of the log: a line an entry, and what it came to in the end.

    `live_from` is the monotonic second before which entries are history and only counted.
    """

    clock: Clock
    zone: ZoneInfo
    live_from: float
    say: Say
    outcomes: Outcomes = field(default_factory=Outcomes)
    history: int = 0

    def saved(self, saved: Saved) -> None:
        """Tell what has reached the disk."""
        for decision in saved.decisions:
            if isinstance(decision, Correction):
                self._corrected(decision)
                continue
            self.outcomes.add([decision])
            if decision.t < self.live_from:
                self.history += 1
            else:
                self.say(f"{self.time(decision.t)}  {_words(decision)}")

    def counts(self) -> Counter[tuple[str, str]]:
        """How many of each direction and app status, corrections counted in."""
        return Counter((str(entry.direction), str(entry.app)) for entry in self.outcomes.entries)

    def compare(self, truth: Sequence[Crossing]) -> str:
        """How the log compares with what the simulation knows, in one line."""
        left = sorted(truth, key=lambda crossing: crossing.t)
        matched = right = said = 0
        for entry in self.outcomes.entries:
            near = min(left, key=lambda crossing: abs(crossing.t - entry.t), default=None)
            if near is None or abs(near.t - entry.t) > WITHIN:
                continue
            left.remove(near)
            matched += 1
            if entry.app in (App.DETECTED, App.NOT_DETECTED):
                said += 1
                right += (entry.app is App.DETECTED) == (near.app == "running")
        return (
            f"the simulation knows better: of {len(truth)} people {matched} were logged; "
            f"the app was told right for {right} of the {said} whom only the radio judged"
        )

    def _corrected(self, correction: Correction) -> None:
        before = self.outcomes.get(correction.corrects)
        self.outcomes.add([correction])
        after = self.outcomes.get(correction.corrects)
        if before is None or before.t < self.live_from:
            return
        became = f"is now {_words(after)}" if after else "is taken back"
        self.say(f"{self.time(correction.t)}  corrected: {_words(before)} {became}")

    def time(self, t: float) -> str:
        """The local time of day at a monotonic second."""
        utc = self.clock.utc() - (self.clock.monotonic() - t)
        return f"{datetime.fromtimestamp(utc, self.zone):%H:%M:%S}"


def _words(entry: Entry) -> str:
    sure = "" if entry.app is App.UNKNOWN else f" ({entry.confidence:.0%} sure)"
    return f"{entry.direction:<3}  {entry.app.replace('_', ' ')}{sure}, by the {entry.source}"

"""A minute at a door with six visitors while strangers' phones with the app, each with an address of its own, flood it.

As a program (`python -m tests.kiosk.flooding 200000`) it says how many megabytes the process grew over its rest.
"""

import json
import random
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from hardware.beacons import Recogniser, load_profiles
from hardware.events import Advert, Beam, Event
from kiosk.core import Core
from kiosk.decisions import Decision, Entry
from kiosk.doorway import Doorway, Layout
from kiosk.entrance import Entrance

VISITS = tuple(5.0 + 9.0 * number for number in range(6))
"""Seconds of the minute in which somebody with the app comes in."""

BLUEZONE = "00004e56-0000-1000-8000-00805f9b34fb"
AT_ONCE = 2000
"""Events let wait at most: the flood of one radio, which hands over no faster than it hears."""


def visit(t: float, name: int) -> list[Event]:
    """Somebody with the app walks in at `t`."""
    events: list[Event] = []
    for sensor, x in (("outer", -0.15), ("inner", 0.15)):
        events += [Beam(t + x - 0.15, sensor, True), Beam(t + x + 0.15, sensor, False)]
    for fifth in range(-40, 40):
        away = fifth / 5
        identity = {0x22B5: name.to_bytes(12, "big")}
        events.append(Advert(t + away, f"visitor {name}", round(-62 - 4 * abs(away)), manufacturer_data=identity))
    return events


def minute(start: float, strangers: int, rssi: int = -75) -> Iterator[Event]:
    """One minute in order of time; `strangers` are made as they come, so that only the core remembers them."""
    known = sorted(
        (event for number, t in enumerate(VISITS, 1) for event in visit(start + t, round(start) * 10 + number)),
        key=lambda event: event.t,
    )
    rng = random.Random(1)
    for number in range(strangers):
        t = start + 60 * number / strangers
        while known and known[0].t <= t:
            yield known.pop(0)
        drawn = rng.randbytes(18)
        address = ":".join(f"{byte:02X}" for byte in drawn[:6])
        yield Advert(t, address, rssi, service_uuids=(BLUEZONE,), manufacturer_data={0x22B5: drawn[6:]})
    yield from known


class Flooded:
    """The real core's thread with a clock that stands at the newest event."""

    def __init__(self) -> None:
        self.decisions: list[Decision] = []
        self.now = 0.0
        self.entrance = Entrance(Doorway(Layout(), Recogniser(load_profiles(), key=b"key")))
        self.core = Core(self.entrance, lambda: self.now, self.decisions.extend)

    def play(self, events: Iterator[Event], at_once: int = AT_ONCE) -> None:
        """Hand over events, no faster than they are taken once `at_once` wait."""
        for event in events:
            while self.core.waiting() > at_once:
                time.sleep(0.001)
            self.now = max(self.now, event.t)
            self.core.put(event)
        while self.core.waiting():
            time.sleep(0.01)

    def finish(self) -> list[Entry]:
        """End and return the entries."""
        self.now += 60.0
        assert self.core.stop(60.0)
        return [decision for decision in self.decisions if isinstance(decision, Entry)]


def megabytes() -> float:
    """What the process holds in memory now."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6


def main(strangers: int) -> None:
    """Measure a flood over the rest level and print what came of it as JSON."""
    flooded = Flooded()
    flooded.core.start()
    flooded.play(minute(1.0, 200))
    time.sleep(0.5)
    rest = top = megabytes()
    ended = threading.Event()

    def watch() -> None:
        nonlocal top
        while not ended.wait(0.02):
            top = max(top, megabytes())

    watching = threading.Thread(target=watch)
    watching.start()
    begun = time.process_time()
    flooded.play(minute(70.0, strangers))
    seconds = time.process_time() - begun
    suspect = flooded.entrance.suspect(flooded.now)
    entries = flooded.finish()
    ended.set()
    watching.join()
    said = [entry.app.value for entry in entries]
    print(json.dumps({"rest": rest, "above": top - rest, "suspect": suspect, "said": said, "seconds": seconds}))  # noqa: T201


if __name__ == "__main__":
    main(int(sys.argv[1]))

"""`kiosk watch`, as an admin uses it."""

import json
import threading

from kiosk.decisions import App, Direction, Entry, Source


def test_a_simulated_door_is_shown_line_by_line(kiosk):
    result = kiosk("watch", "--simulate", "--seconds", "1", "--json")
    assert result.exit_code == 0
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert {"t", "kind", "text"} == set(lines[0])
    assert {line["kind"] for line in lines} & {"phone", "beam", "radio"}


def test_beside_a_running_kiosk_its_entries_are_shown(kiosk, busy, clock):
    entry = Entry(9, clock.monotonic(), Direction.OUT, App.SHOWN, 1.0, Source.OFFICER)
    timer = threading.Timer(0.8, lambda: busy.write([entry]))
    timer.start()
    result = kiosk("watch", "--seconds", "2", "--json")
    timer.join()
    entries = [json.loads(line) for line in result.stdout.splitlines() if '"entry"' in line]
    assert [line["text"] for line in entries] == ["4 out, shown, 100% sure, by the officer"]

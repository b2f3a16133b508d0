"""Strength over time of every phone with the app around the passages of a recording, with what was decided."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from hardware.beacons import Recogniser, Sighting
from hardware.events import Advert, Beam, Event, Press
from hardware.recording import Header
from kiosk.decisions import App, Entry
from kiosk.pictures.canvas import Anchor, Canvas, text_width
from kiosk.screen.palette import Colour, mixed

ROW_SECONDS: Final = 60.0
MOST_ROWS: Final = 60
"""An hour: a picture longer than that no viewer shows well."""

WEAKEST, STRONGEST = -95.0, -45.0  # dBm, bottom and top of a row
SMOOTH: Final = 0.75
"""Seconds over which strength is averaged for the lines, as the doorway does."""

GAP: Final = 3.0
"""Seconds of silence at which a line breaks off."""

STAYS: Final = 120.0
"""Seconds after which a phone is drawn grey: who is heard for so long works here."""

WIDTH, MARGIN, ROW, STRIP, GUTTER = 1500, 64, 150, 22, 84  # pixels: strip for the beams, gutter above for the entries

PAPER: Final[Colour] = (255, 255, 255)
INK: Final[Colour] = (33, 37, 41)
QUIET: Final[Colour] = (134, 142, 150)
GRID: Final[Colour] = (222, 226, 230)
FIELD: Final[Colour] = (248, 249, 250)
STAFF: Final[Colour] = (190, 196, 202)
BEAM: Final[Colour] = (73, 80, 87)
PHONES: Final[tuple[Colour, ...]] = (
    (31, 119, 180), (214, 39, 40), (44, 160, 44), (148, 103, 189), (255, 127, 14),
    (23, 162, 184), (227, 119, 194), (140, 86, 75), (188, 150, 0), (70, 80, 160),
)  # fmt: skip
VERDICTS: Final = {App.DETECTED: (25, 135, 84), App.NOT_DETECTED: (108, 117, 125), App.UNKNOWN: (253, 126, 20)}
SHORT: Final = {App.DETECTED: "app", App.NOT_DETECTED: "none heard", App.UNKNOWN: "not listening"}
OFFICER: Final[Colour] = (111, 66, 193)


@dataclass
class _Phone:
    """What was heard of one phone; `number` is its place in the order of first hearing."""

    number: int
    heard: dict[str, list[tuple[float, int]]] = field(default_factory=lambda: defaultdict(list))

    @property
    def times(self) -> tuple[float, float]:
        """First and last time it was heard, in seconds."""
        every = [t for heard in self.heard.values() for t, _ in heard]
        return min(every), max(every)

    @property
    def colour(self) -> Colour:
        first, last = self.times
        return STAFF if last - first > STAYS else PHONES[self.number % len(PHONES)]


def draw_strengths(header: Header, events: Iterable[Event], entries: Sequence[Entry], recogniser: Recogniser) -> Canvas:
    """The picture of a recording: a row for each minute in which somebody passed, at most an hour of them."""
    events = list(events)
    phones = _phones(events, recogniser)
    minutes = sorted({int(entry.t // ROW_SECONDS) for entry in entries})[:MOST_ROWS]
    canvas = Canvas(WIDTH, 76 + max(1, len(minutes)) * (ROW + STRIP + GUTTER) + 20, PAPER)
    _legend(canvas, header)
    for row, minute in enumerate(minutes):
        _Row(canvas, header, 76 + row * (ROW + STRIP + GUTTER) + GUTTER, minute * ROW_SECONDS).draw(
            phones, events, entries
        )
    return canvas


def _phones(events: Iterable[Event], recogniser: Recogniser) -> list[_Phone]:
    phones: dict[int, _Phone] = {}
    for event in events:
        sighting: Sighting | None = recogniser.sighting(event) if isinstance(event, Advert) else None
        if sighting is not None:
            phone = phones.setdefault(sighting.phone, _Phone(len(phones)))
            phone.heard[sighting.radio].append((sighting.t, sighting.rssi))
    return list(phones.values())


class _Row:
    """One minute: phones above, beams below, entries as marks from top to bottom."""

    def __init__(self, canvas: Canvas, header: Header, top: float, start: float) -> None:
        self._canvas = canvas
        self._header = header
        self._top = top
        self._start = start

    def draw(self, phones: Iterable[_Phone], events: Iterable[Event], entries: Iterable[Entry]) -> None:
        """Draw what belongs into this minute."""
        self._grid()
        self._beams(events)
        for entry in entries:
            if self._holds(entry.t):
                self._mark(entry)
        for phone in sorted(phones, key=lambda phone: phone.colour != STAFF):
            for index, radio in enumerate(self._header.radios):
                self._strength(phone, radio, outside=index > 0)
        self._labels(entries)

    def _holds(self, t: float) -> bool:
        return self._start <= t < self._start + ROW_SECONDS

    def _x(self, t: float) -> float:
        return MARGIN + (t - self._start) / ROW_SECONDS * (WIDTH - MARGIN - 24)

    def _y(self, strength: float) -> float:
        share = (STRONGEST - min(max(strength, WEAKEST), STRONGEST)) / (STRONGEST - WEAKEST)
        return self._top + share * ROW

    def _grid(self) -> None:
        self._canvas.box((MARGIN, self._top), (WIDTH - MARGIN - 24, ROW + STRIP), FIELD)
        for strength in range(-90, -49, 10):
            y = self._y(strength)
            self._canvas.line([(MARGIN, y), (WIDTH - 24, y)], GRID)
            if strength % 20 == -10 % 20:
                self._canvas.text((MARGIN - 8, y), str(strength), QUIET, size=11, anchor=Anchor.RIGHT)
        bottom = self._top + ROW + STRIP
        for second in range(0, int(ROW_SECONDS) + 1, 10):
            x = self._x(self._start + second)
            self._canvas.line([(x, self._top), (x, bottom)], GRID)
            clock = divmod(int(self._start + second), 60)
            self._canvas.text((x, bottom + 9), f"{clock[0]}:{clock[1]:02d}", QUIET, size=11, anchor=Anchor.MIDDLE)

    def _beams(self, events: Iterable[Event]) -> None:
        height = (STRIP - 6) / max(1, len(self._header.door))
        since: dict[str, float] = {}
        for event in events:
            if isinstance(event, Press) and self._holds(event.t):
                self._canvas.dot((self._x(event.t), self._top + ROW + STRIP / 2), 4, OFFICER)
            if not isinstance(event, Beam):
                continue
            if event.active:
                since[event.sensor] = event.t
            elif (begin := since.pop(event.sensor, None)) is not None and self._holds(begin):
                y = self._top + ROW + 4 + self._header.door.index(event.sensor) * height
                width = max(1.0, self._x(event.t) - self._x(begin))
                self._canvas.box((self._x(begin), y), (width, height - 2), BEAM)

    def _mark(self, entry: Entry) -> None:
        x = self._x(entry.t)
        self._canvas.dashes((x, self._top - 6), (x, self._top + ROW + STRIP), _verdict(entry))

    def _labels(self, entries: Iterable[Entry]) -> None:
        """What each entry says, above its mark, on the lowest line that is free, so that a group stays readable."""
        free = [float("-inf")] * 4
        for entry in entries:
            if not self._holds(entry.t):
                continue
            x = self._x(entry.t)
            line = next((i for i, end in enumerate(free) if end < x), free.index(min(free)))
            y = self._top - 14 - 15 * line
            words = f"{entry.direction} · {SHORT.get(entry.app, entry.app.replace('_', ' '))} {entry.confidence:.2f}"
            self._canvas.line([(x, y + 6), (x, self._top - 6)], mixed(PAPER, _verdict(entry), 0.5))
            bold = entry.app is App.DETECTED
            wide = text_width(words, 11, bold)
            left = min(x + 3, WIDTH - 8 - wide)
            self._canvas.box((left - 1, y - 7), (wide + 2, 14), PAPER)
            free[line] = left + self._canvas.text((left, y), words, _verdict(entry), size=11, bold=bold) + 8

    def _strength(self, phone: _Phone, radio: str, outside: bool) -> None:
        """A phone as one radio heard it: dots as they came, a line through their means."""
        heard = [(t, rssi) for t, rssi in phone.heard.get(radio, ()) if self._holds(t)]
        soft = mixed(PAPER, phone.colour, 0.35)
        for t, rssi in heard:
            if outside:
                self._canvas.ring((self._x(t), self._y(rssi)), 1.6, soft)
            else:
                self._canvas.dot((self._x(t), self._y(rssi)), 1.3, soft)
        for piece in pieces(heard):
            points = [(self._x(t), self._y(strength)) for t, strength in piece]
            if outside:
                for start, end in pairwise(points):
                    self._canvas.dashes(start, end, phone.colour, dash=3, width=1.2)
            else:
                self._canvas.line(points, phone.colour, 1.6)


def pieces(heard: Sequence[tuple[float, int]]) -> list[list[tuple[float, float]]]:
    """Mean times and strengths over 0.75 s, in pieces without long silence."""
    bins: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for t, rssi in heard:
        bins[int(t // SMOOTH)].append((t, rssi))
    found: list[list[tuple[float, float]]] = []
    for index in sorted(bins):
        t = sum(t for t, _ in bins[index]) / len(bins[index])
        strength = sum(rssi for _, rssi in bins[index]) / len(bins[index])
        if not found or t - found[-1][-1][0] > GAP:
            found.append([])
        found[-1].append((t, strength))
    return found


def _verdict(entry: Entry) -> Colour:
    return VERDICTS.get(entry.app, OFFICER)


def _legend(canvas: Canvas, header: Header) -> None:
    radios = " and ".join(header.radios)
    sensors = " and ".join(header.door) or "no sensor"
    canvas.text((MARGIN, 26), "What the door heard, and what it decided", INK, size=18, bold=True)
    x = float(MARGIN)
    for colour, words in (
        (VERDICTS[App.DETECTED], "passage, app detected"),
        (VERDICTS[App.NOT_DETECTED], "passage, app not detected"),
        (VERDICTS[App.UNKNOWN], "passage, no radio listening"),
        (OFFICER, "said by the officer"),
        (STAFF, "a phone that stays"),
        (BEAM, "beam broken"),
    ):
        canvas.box((x, 46), (12, 12), colour, rounded=3)
        x += 18 + canvas.text((x + 18, 52), words, INK, size=12) + 22
    which = "lines inside, dashes outside; " if len(header.radios) > 1 else ""
    about = f"dBm at radio {radios}; {which}sensors {sensors}; from {header.started_at:%d.%m.%Y %H:%M}"
    canvas.text((WIDTH - 24, 26), about, QUIET, size=12, anchor=Anchor.RIGHT)

"""The picture of a guided walk: strength over time with the steps and passages, and strength over distance below."""

from math import log10
from typing import Final

from hardware.beacons import Sighting
from kiosk.calibration.estimate import Strength
from kiosk.calibration.record import Take
from kiosk.calibration.session import Findings
from kiosk.calibration.steps import Carried, Task
from kiosk.calibration.summary import Number, numbers
from kiosk.doorway.layout import Layout
from kiosk.pictures.canvas import Anchor, Canvas, Point, text_width
from kiosk.pictures.strengths import FIELD, GRID, INK, PAPER, QUIET, pieces
from kiosk.screen.palette import Colour, mixed

WIDTH, LEFT, RIGHT = 1500, 64, 24
TOP, HIGH, STRIP = 130, 330, 34  # pixels: the chart over time, the beams under it
BELOW, FIT_WIDTH, FIT_HIGH = 590, 560, 290  # the chart over distance
HEIGHT = BELOW + FIT_HIGH + 60

WEAKEST, STRONGEST = -100.0, -35.0  # dBm
NEAREST, FARTHEST = 0.25, 4.0  # metres
MARGIN_SECONDS: Final = 3.0

RADIOS: Final[tuple[Colour, ...]] = ((13, 71, 161), (214, 106, 0))
OTHERS: Final[Colour] = (206, 210, 214)
BAND: Final[Colour] = (236, 241, 248)
MOVING: Final[Colour] = (226, 240, 228)
PASSAGE: Final[Colour] = (25, 135, 84)
BEAM: Final[Colour] = (73, 80, 87)
FAULT: Final[Colour] = (176, 32, 46)


def draw_calibration(findings: Findings, layout: Layout, title: str) -> Canvas:
    """The whole picture; `title` says which door and when."""
    canvas = Canvas(WIDTH, HEIGHT, PAPER)
    _heading(canvas, layout, title)
    _OverTime(canvas, findings, layout).draw()
    _OverDistance(canvas, findings, layout).draw()
    _words(canvas, findings)
    return canvas


def _heading(canvas: Canvas, layout: Layout, title: str) -> None:
    canvas.text((LEFT, 28), "What the door heard of the installer's phone", INK, size=18, bold=True)
    canvas.text((WIDTH - RIGHT, 28), title, QUIET, size=12, anchor=Anchor.RIGHT)
    x = float(LEFT)
    marks: list[tuple[Colour, str]] = [
        (colour, f"radio {radio}") for radio, colour in zip(layout.radios, RADIOS, strict=False)
    ]
    marks += [(OTHERS, "other phones with the app"), (BAND, "standing"), (MOVING, "walking"), (PASSAGE, "door line")]
    gaps = "gaps: a phone that is silent in turns, or that was not heard"
    canvas.text((WIDTH - RIGHT, 58), gaps, QUIET, size=12, anchor=Anchor.RIGHT)
    if layout.sensors:
        marks.append((BEAM, "beam broken"))
    for colour, words in marks:
        canvas.box((x, 52), (12, 12), colour, rounded=3)
        x += 18 + canvas.text((x + 18, 58), words, INK, size=12) + 22


class _OverTime:
    """The chart of the whole walk."""

    def __init__(self, canvas: Canvas, findings: Findings, layout: Layout) -> None:
        self._canvas = canvas
        self._findings = findings
        self._layout = layout
        takes = findings.record.takes
        self._zero = takes[0].start
        self._start, self._end = takes[0].start - MARGIN_SECONDS, takes[-1].end + MARGIN_SECONDS

    def draw(self) -> None:
        """Draw everything, what matters most last."""
        self._canvas.box((LEFT, TOP), (WIDTH - LEFT - RIGHT, HIGH + STRIP), FIELD)
        for take in self._findings.record.takes:
            self._band(take)
        self._grid()
        self._beams()
        record = self._findings.record
        self._dots([s for s in record.sightings if s.phone not in record.phones], OTHERS)
        for radio, colour in zip(self._layout.radios, RADIOS, strict=False):
            heard = record.heard(radio, self._start, self._end)
            self._dots(heard, mixed(PAPER, colour, 0.3))
            for piece in pieces([(s.t, s.rssi) for s in heard]):
                self._canvas.line([(self._x(t), _y(strength, TOP, HIGH)) for t, strength in piece], colour, 1.8)
        for strength, take in self._stands():
            self._level(strength, take)
        for crossing in self._findings.estimate.crossings:
            if crossing.t is not None:
                x = self._x(crossing.t)
                self._canvas.dashes((x, TOP), (x, TOP + HIGH + STRIP), PASSAGE, width=1.6)

    def _x(self, t: float) -> float:
        return LEFT + (t - self._start) / (self._end - self._start) * (WIDTH - LEFT - RIGHT)

    def _band(self, take: Take) -> None:
        standing = take.step.task is Task.STAND
        left, right = self._x(take.go), self._x(take.end)
        self._canvas.box((left, TOP), (right - left, HIGH + STRIP), BAND if standing else MOVING)
        where, _, carried = take.step.name.partition(", ")
        middle = (left + right) / 2
        self._canvas.text((middle, TOP - 30), where, INK, size=12, bold=True, anchor=Anchor.MIDDLE)
        self._canvas.text((middle, TOP - 13), carried, QUIET, size=12, anchor=Anchor.MIDDLE)

    def _grid(self) -> None:
        for strength in range(-90, -39, 10):
            y = _y(strength, TOP, HIGH)
            self._canvas.line([(LEFT, y), (WIDTH - RIGHT, y)], GRID)
            self._canvas.text((LEFT - 8, y), str(strength), QUIET, size=11, anchor=Anchor.RIGHT)
        self._canvas.text((LEFT - 8, TOP + 8), "dBm", QUIET, size=11, anchor=Anchor.RIGHT)
        second = 0
        while self._zero + second < self._end:
            x = self._x(self._zero + second)
            clock = f"{second // 60}:{second % 60:02d}"
            self._canvas.text((x, TOP + HIGH + STRIP + 12), clock, QUIET, size=11, anchor=Anchor.MIDDLE)
            second += 30

    def _beams(self) -> None:
        if not self._layout.sensors:
            return
        height = (STRIP - 4) / len(self._layout.sensors)
        tops = {sensor: TOP + HIGH + 4 + index * height for index, sensor in enumerate(self._layout.sensors)}
        for sensor, top in tops.items():
            self._canvas.text((LEFT - 8, top + height / 2 - 1), sensor, QUIET, size=11, anchor=Anchor.RIGHT)
        for pulse in self._findings.record.pulses:
            begin, end = max(pulse.begin, self._start), min(pulse.end, self._end)
            if pulse.sensor in tops and begin < end:
                width = max(3.0, self._x(end) - self._x(begin))
                self._canvas.box((self._x(begin), tops[pulse.sensor]), (width, height - 3), BEAM)

    def _dots(self, heard: list[Sighting], colour: Colour) -> None:
        for s in heard:
            if self._start <= s.t <= self._end:
                self._canvas.dot((self._x(s.t), _y(s.rssi, TOP, HIGH)), 1.2, colour)

    def _stands(self) -> list[tuple[Strength, Take]]:
        takes = {take.step.name: take for take in self._findings.record.takes}
        return [(strength, takes[strength.name]) for strength in self._findings.estimate.strengths]

    def _level(self, strength: Strength, take: Take) -> None:
        """The mean of a stand as a line through its band, with the number in a box that nothing shines through."""
        y, middle = _y(strength.mean, TOP, HIGH), (self._x(take.start) + self._x(take.end)) / 2
        self._canvas.line([(self._x(take.start), y), (self._x(take.end), y)], INK, 1.2)
        words = f"{strength.mean:.0f}"
        wide = text_width(words, 13, True) + 10
        self._canvas.box((middle - wide / 2, y - 10), (wide, 20), PAPER, rounded=4)
        self._canvas.text((middle, y), words, INK, size=13, bold=True, anchor=Anchor.MIDDLE)


class _OverDistance:
    """Each stand over its distance, and the lines that were put through them."""

    def __init__(self, canvas: Canvas, findings: Findings, layout: Layout) -> None:
        self._canvas = canvas
        self._found = findings.estimate
        self._layout = layout

    def draw(self) -> None:
        """Draw the axes, the lines, then the stands."""
        self._canvas.text((LEFT, BELOW - 26), "Strength over distance", INK, size=15, bold=True)
        self._canvas.box((LEFT, BELOW), (FIT_WIDTH, FIT_HIGH), FIELD)
        for strength in range(-90, -39, 10):
            y = _y(strength, BELOW, FIT_HIGH)
            self._canvas.line([(LEFT, y), (LEFT + FIT_WIDTH, y)], GRID)
            self._canvas.text((LEFT - 8, y), str(strength), QUIET, size=11, anchor=Anchor.RIGHT)
        for metres in (0.3, 0.5, 1.0, 2.0, 3.0):
            x = self._at(metres, WEAKEST)[0]
            self._canvas.line([(x, BELOW), (x, BELOW + FIT_HIGH)], GRID)
            below = (x, BELOW + FIT_HIGH + 12)
            self._canvas.text(below, f"{metres:g} m", QUIET, size=11, anchor=Anchor.MIDDLE)
        self._lines()
        for stand in self._found.strengths:
            place = self._at(stand.distance, stand.mean)
            colour = RADIOS[min(1, self._layout.radios.index(stand.radio))]
            if stand.carried is Carried.HAND:
                self._canvas.dot(place, 6, colour)
            else:
                self._canvas.ring(place, 6, colour, 2.4)

    def _lines(self) -> None:
        number = self._found.calibration
        reference, slope, pocket = number.reference, number.slope, number.pocket_loss
        if reference is None or slope is None:
            return
        ends = [(metres, reference - 10 * slope * log10(metres)) for metres in (NEAREST, FARTHEST)]
        self._canvas.line([self._at(*end) for end in ends], RADIOS[0], 1.6)
        right = LEFT + FIT_WIDTH - 110
        self._canvas.dot((right - 62, BELOW + 17), 5, QUIET)
        self._canvas.text((right - 50, BELOW + 16), "hand", INK, size=12)
        self._canvas.ring((right + 18, BELOW + 17), 5, QUIET, 2.4)
        self._canvas.text((right + 30, BELOW + 16), "pocket", INK, size=12)
        if pocket is not None:
            a, b = (self._at(metres, strength - pocket) for metres, strength in ends)
            self._canvas.dashes(a, b, RADIOS[0], dash=5, width=1.4)

    def _at(self, metres: float, strength: float) -> Point:
        share = log10(metres / NEAREST) / log10(FARTHEST / NEAREST)
        return LEFT + share * FIT_WIDTH, _y(strength, BELOW, FIT_HIGH)


def _words(canvas: Canvas, findings: Findings) -> None:
    """The numbers in words, and what is wrong with the place."""
    left, y = LEFT + FIT_WIDTH + 60.0, float(BELOW - 26)
    canvas.text((left, y), "This door's numbers", INK, size=15, bold=True)
    y += 36
    for number in numbers(findings.estimate):
        _number(canvas, number, left, y)
        y += 25
    y += 18
    if not findings.unsuited:
        canvas.text((left, y), "The place is suited.", PASSAGE, size=14, bold=True)
    for fault in findings.unsuited:
        for line in _wrapped(fault.words, WIDTH - RIGHT - left):
            canvas.text((left, y), line, FAULT, size=13)
            y += 19
        y += 5


def _number(canvas: Canvas, number: Number, left: float, y: float) -> None:
    canvas.text((left + 120, y), number.shown, INK, size=14, bold=True, anchor=Anchor.RIGHT)
    canvas.text((left + 136, y), number.error, QUIET, size=12)
    canvas.text((left + 200, y), number.meaning, INK, size=13)


def _wrapped(words: str, width: float) -> list[str]:
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if text_width(longer, 13) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _y(strength: float, top: float, high: float) -> float:
    share = (STRONGEST - min(max(strength, WEAKEST), STRONGEST)) / (STRONGEST - WEAKEST)
    return top + share * high

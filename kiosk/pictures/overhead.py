"""The doorway from above: people and their phones as they are, what the radios hear, and what was decided of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, sin
from typing import Final

from hardware.simulation import DoorParameters
from hardware.simulation.parameters import Place
from kiosk.decisions import App
from kiosk.pictures.canvas import Anchor, Canvas, Point, text_width
from kiosk.screen.palette import Colour, mixed

WIDTH, HEIGHT, PANEL = 1280, 720, 420  # pixels; the panel of decisions is on the right
WEST, EAST = -8.5, 11.5
"""Metres shown before and behind the door line: as far as most phones are heard."""

SCALE: Final = (WIDTH - PANEL) / (EAST - WEST)
BODY: Final = 0.26  # metres
KNOWN_REASON_LINES: Final = 2

STREET: Final[Colour] = (236, 232, 222)
HALL: Final[Colour] = (250, 250, 247)
WALL: Final[Colour] = (66, 60, 54)
INK: Final[Colour] = (33, 37, 41)
QUIET: Final[Colour] = (120, 126, 132)
SIDE: Final[Colour] = (255, 255, 255)
LINE: Final[Colour] = (226, 229, 232)
VISITOR: Final[Colour] = (84, 110, 152)
STAFF: Final[Colour] = (150, 140, 122)
STRANGER: Final[Colour] = (176, 180, 186)
RUNS: Final[Colour] = (20, 158, 92)
OTHER: Final[Colour] = (196, 200, 205)
KIOSK: Final[Colour] = (13, 71, 161)
BEAM: Final[Colour] = (220, 53, 69)
RIGHT: Final[Colour] = (25, 135, 84)
WRONG: Final[Colour] = (200, 40, 55)
OPEN: Final[Colour] = (160, 120, 0)

BODIES: Final = {"visitor": VISITOR, "staff": STAFF}


@dataclass(frozen=True, slots=True)
class Figure:
    """Somebody seen from above: where (metres), facing which way (radians), and with what.

    `trail` is where they were in the last seconds, oldest first; `heard` the mean strength of the app's adverts at the
    radio inside just now (dBm), None while there were none.
    """

    place: Place
    facing: float
    role: str
    smartphone: bool
    app: bool
    trail: Sequence[Place] = ()
    heard: float | None = None


@dataclass(frozen=True, slots=True)
class Ray:
    """An advert that a radio heard just now: from where, how strong (dBm), and how long ago as a share of its life."""

    place: Place
    radio: str
    strength: float
    age: float
    app: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """A passage and what was said of it: `truth` is what the simulation knows, None when nobody went through then.

    `said` is None while the doorway still listens.
    """

    time: str
    direction: str
    said: App | None
    confidence: float
    truth: bool | None
    reasons: Sequence[str] = ()

    @property
    def right(self) -> bool | None:
        """Whether what was said is so; None where the doorway said nothing that could be wrong."""
        if self.said not in (App.DETECTED, App.NOT_DETECTED) or self.truth is None:
            return None
        return (self.said is App.DETECTED) == self.truth


@dataclass(frozen=True, slots=True)
class Moment:
    """All that the picture shows; `judged` has the newest first, `right` of `said` are the verdicts so far."""

    clock: str
    figures: Sequence[Figure]
    rays: Sequence[Ray]
    broken: Sequence[str]
    judged: Sequence[Judged]
    right: int
    said: int


def draw_overhead(door: DoorParameters, moment: Moment, canvas: Canvas | None = None) -> Canvas:
    """Draw one moment at this door; `canvas` may be one of an earlier moment, to be drawn over."""
    canvas = canvas or Canvas(WIDTH, HEIGHT, HALL)
    canvas.clear()
    _ground(canvas, door)
    for ray in sorted(moment.rays, key=lambda ray: ray.app):
        _ray(canvas, ray, door.places[ray.radio])
    _fittings(canvas, door, moment.broken)
    for figure in moment.figures:
        _figure(canvas, figure)
    _panel(canvas, moment)
    return canvas


def _at(place: Place) -> Point:
    """Pixels of a place: into the building is to the right, along the wall is up."""
    return (place[0] - WEST) * SCALE, HEIGHT / 2 - place[1] * SCALE


def _ground(canvas: Canvas, door: DoorParameters) -> None:
    x, top = _at((0.0, door.width / 2))
    _, bottom = _at((0.0, -door.width / 2))
    canvas.box((0, 0), (x, HEIGHT), STREET)
    canvas.text((18, 26), "outside", QUIET, size=15)
    canvas.text((x + 18, 26), "inside", QUIET, size=15)
    canvas.box((x - 5, 0), (10, top), WALL)
    canvas.box((x - 5, bottom), (10, HEIGHT - bottom), WALL)
    for metres in range(int(WEST), int(EAST)):
        if metres % 2 == 0 and metres:
            canvas.text((_at((metres, 0))[0], HEIGHT - 12), f"{metres} m", QUIET, size=11, anchor=Anchor.MIDDLE)


def _fittings(canvas: Canvas, door: DoorParameters, broken: Sequence[str]) -> None:
    for sensor in door.sensors:
        x = door.places[sensor][0]
        ends = _at((x, door.width / 2)), _at((x, -door.width / 2))
        if sensor in broken:
            canvas.line(ends, BEAM, 4)
        else:
            canvas.dashes(*ends, BEAM, dash=3, width=1.5)
    for radio in door.radios:
        place = _at(door.places[radio])
        for radius in (7, 12, 17):
            canvas.ring(place, radius, mixed(HALL, KIOSK, 0.9 - radius / 25), 1.2)
        canvas.dot(place, 4, KIOSK)
        name = "kiosk, radio inside" if radio == "inside" else f"radio {radio}"
        anchor = Anchor.LEFT if door.places[radio][0] > 0 else Anchor.RIGHT
        shift = 22 if anchor is Anchor.LEFT else -22
        canvas.text((place[0] + shift, place[1] - 14), name, KIOSK, size=12, anchor=anchor)


def _ray(canvas: Canvas, ray: Ray, radio: Place) -> None:
    start, end = _at(ray.place), _at(radio)
    strong = min(1.0, max(0.0, (ray.strength + 95) / 45))
    ground = STREET if ray.place[0] < 0 else HALL
    colour = mixed(RUNS if ray.app else OTHER, ground, min(1.0, ray.age))
    canvas.line([start, end], colour, 0.8 + (2.6 if ray.app else 0.8) * strong)


def _figure(canvas: Canvas, figure: Figure) -> None:
    x, y = _at(figure.place)
    radius = BODY * SCALE
    if figure.role == "thing":
        canvas.box((x - 5, y - 5), (10, 10), OTHER, rounded=2)
        return
    colour = BODIES.get(figure.role, STRANGER)
    for number, place in enumerate(figure.trail):
        share = (number + 1) / (len(figure.trail) + 1)
        canvas.dot(_at(place), 1.5 + 2.5 * share, mixed(STREET if place[0] < 0 else HALL, colour, 0.45 * share))
    ahead, aside = (cos(figure.facing), -sin(figure.facing)), (sin(figure.facing), cos(figure.facing))
    nose = [
        (x + ahead[0] * radius * 1.55, y + ahead[1] * radius * 1.55),
        (x + aside[0] * radius * 0.7, y + aside[1] * radius * 0.7),
        (x - aside[0] * radius * 0.7, y - aside[1] * radius * 0.7),
    ]
    canvas.shape(nose, colour)
    canvas.dot((x, y), radius, colour)
    if figure.smartphone:
        canvas.dot((x, y), radius * 0.55, (255, 255, 255))
        canvas.dot((x, y), radius * 0.38, RUNS if figure.app else OTHER)
    if figure.heard is not None:
        canvas.text((x, y + radius + 10), f"{figure.heard:.0f}", RUNS, size=11, bold=True, anchor=Anchor.MIDDLE)


def _panel(canvas: Canvas, moment: Moment) -> None:
    left = WIDTH - PANEL
    canvas.box((left, 0), (PANEL, HEIGHT), SIDE)
    canvas.line([(left, 0), (left, HEIGHT)], LINE, 2)
    x = left + 24
    canvas.text((x, 34), "The doorway from above", INK, size=20, bold=True)
    canvas.text((WIDTH - 24, 34), moment.clock, QUIET, size=16, anchor=Anchor.RIGHT)
    _key(canvas, x, 66)
    canvas.text((x, 138), "What the kiosk says, and whether it is so", INK, size=14, bold=True)
    share = f"{moment.right} of {moment.said} right" if moment.said else "nothing said yet"
    canvas.text((WIDTH - 24, 138), share, QUIET, size=13, anchor=Anchor.RIGHT)
    y = 168.0
    for judged in moment.judged:
        y = _judged(canvas, judged, x, y)
        if y > HEIGHT - 60:
            break


def _key(canvas: Canvas, x: float, y: float) -> None:
    entries: tuple[tuple[Colour, Colour | None, str], ...] = (
        (VISITOR, RUNS, "visitor whose app runs"),
        (VISITOR, OTHER, "visitor with a phone, no app"),
        (STAFF, OTHER, "works here"),
        (STRANGER, OTHER, "stays outside"),
    )
    for number, (body, phone, words) in enumerate(entries):
        place = x + 8 + number % 2 * 190, y + number // 2 * 26
        canvas.dot(place, 8, body)
        canvas.dot(place, 4.5, (255, 255, 255))
        if phone is not None:
            canvas.dot(place, 3, phone)
        canvas.text((place[0] + 16, place[1]), words, INK, size=12)


def _judged(canvas: Canvas, judged: Judged, x: float, y: float) -> float:
    colour = {True: RIGHT, False: WRONG, None: OPEN}[judged.right]
    _tick(canvas, judged.right, (x + 8, y), colour)
    said = "listening …" if judged.said is None else judged.said.replace("_", " ")
    sure = "" if judged.said is None else f"  {judged.confidence:.0%} sure"
    canvas.text((x + 26, y), judged.time, QUIET, size=13)
    column = x + 26 + text_width("".join("0" if letter.isdigit() else letter for letter in judged.time), 13)
    canvas.text((column + 8, y), judged.direction, QUIET, size=13)
    canvas.text((column + 38, y), said + sure, colour, size=13, bold=True)
    truth = {True: "app ran", False: "no app", None: "nobody"}[judged.truth]
    canvas.text((WIDTH - 24, y), truth, INK, size=12, anchor=Anchor.RIGHT)
    y += 18
    for reason in judged.reasons[:KNOWN_REASON_LINES]:
        canvas.text((x + 26, y), _fitting(reason, PANEL - 74), QUIET, size=11)
        y += 15
    return y + 9


def _tick(canvas: Canvas, right: bool | None, place: Point, colour: Colour) -> None:
    x, y = place
    if right is None:
        canvas.ring(place, 5, colour, 1.6)
    elif right:
        canvas.line([(x - 6, y), (x - 2, y + 5), (x + 6, y - 5)], colour, 2.4)
    else:
        canvas.line([(x - 5, y - 5), (x + 5, y + 5)], colour, 2.4)
        canvas.line([(x - 5, y + 5), (x + 5, y - 5)], colour, 2.4)


def _fitting(words: str, width: float) -> str:
    if text_width(words, 11) <= width:
        return words
    while words and text_width(words + "…", 11) > width:
        words = words[:-1]
    return words.rstrip() + "…"

"""Whether the place is suited: what is wrong with it, each in one line that names the remedy. Pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log10
from typing import Final

from kiosk.calibration.estimate import Crossing, Estimate
from kiosk.calibration.record import Record, bins_of, mean
from kiosk.calibration.steps import Carried, Task
from kiosk.doorway.layout import Layout

WEAK: Final = -84.0
"""dBm at the door line under which a pocket's phone gets lost: half of its adverts are at -91, and slow fading takes
another 7 dB from one phone in forty."""

THIN: Final = 0.4
"""Share of a pocket's adverts that the better radio must hear at the door line: with less, what is heard is only the
strongest of them, and their mean flatters."""

DESK_PIECE: Final = 30.0
"""Seconds in which a phone that stays is heard at least once, even one that is 15 s on and 15 s off."""

DESK_SECONDS: Final = 120.0
"""Seconds a strong phone must go on being there: nobody who visits stands still for so long in front of a kiosk."""

DESK_SHARE: Final = 0.6
"""Of the walk in which they must be there: whoever sits there turns round now and then, and is weaker for a while."""

DESK_METRES: Final = 4.0
"""A phone on a desk that is as strong as one in a hand from here cannot be told from a visitor's by strength."""

SAME: Final = 5.0
"""dB by which the radios' difference must change from inside to outside: radios side by side reach 3, one
outside the wall 9 and more."""

STUCK: Final = 20.0
"""Seconds a beam may be broken in one go during the walk: the installer walks through, nobody stands in it."""


@dataclass(frozen=True, slots=True)
class Unsuited:
    """Something wrong with the place: `kind` for programs, `words` one line with the remedy for people."""

    kind: str
    words: str


def unsuited(
    record: Record,
    layout: Layout,
    found: Estimate,
    *,
    modes: Mapping[str, str],
    broken_since: Mapping[str, float],
    end: float,
) -> list[Unsuited]:
    """Everything wrong with this place, the gravest first.

    `modes` is how each radio listens ("passive"), for those that can say; `broken_since` are the beams that are broken
    at the `end` of the walk (monotonic seconds) and since when.
    """
    checks: Sequence[Callable[[], Iterable[Unsuited]]] = (
        lambda: _beams(record, layout, found.crossings, broken_since, end),
        lambda: _weak(found, layout),
        lambda: _desks(record, found, layout.radios[0]),
        lambda: _same(record, layout, found.crossings),
        lambda: _listening(record, layout, modes),
    )
    return [fault for check in checks for fault in check()]


def _beams(
    record: Record, layout: Layout, crossings: Sequence[Crossing], broken_since: Mapping[str, float], end: float
) -> Iterator[Unsuited]:
    stuck = {sensor for sensor, since in broken_since.items() if end - since > STUCK}
    stuck |= {pulse.sensor for pulse in record.pulses if pulse.end - pulse.begin > STUCK}
    for sensor in layout.sensors:
        if sensor in stuck:
            words = "says broken while nobody stands in it: aim its parts at each other, or turn door.active_low round"
            yield Unsuited("beam_stuck", f"sensor {sensor} {words}")
        elif crossings and not any(sensor in crossing.order for crossing in crossings):
            words = f"was never broken in {len(crossings)} walks: check its cable, where it points, and"
            yield Unsuited("beam_dead", f"sensor {sensor} {words} door.pins.{sensor}")
    told = [crossing for crossing in crossings if len(crossing.order) >= 2]
    wrong = [crossing for crossing in told if crossing.order[0] != _expected_first(crossing, layout)]
    if layout.two_beams and len(wrong) * 2 > len(told):
        outer, inner = layout.sensors[:2]
        words = f"broke in the wrong order in {len(wrong)} of {len(told)} walks: exchange door.pins.{outer} and"
        yield Unsuited("beam_order", f"the beams {words} door.pins.{inner}")


def _expected_first(crossing: Crossing, layout: Layout) -> str:
    return layout.sensors[0] if crossing.take.step.task is Task.WALK_IN else layout.sensors[1]


def _weak(found: Estimate, layout: Layout) -> Iterator[Unsuited]:
    door = found.calibration.door
    shares = [c.share for c in found.crossings if c.t is not None and c.take.step.carried is Carried.POCKET]
    if door is not None and (door < WEAK or (shares and mean(shares) < THIN)):
        part = f" with {mean(shares):.0%} of its adverts" if shares else ""
        words = f"a phone in a pocket arrives{part} at {door:.0f} dBm on the door line"
        yield Unsuited(
            "too_far",
            f"the kiosk is too far from the door: {words}; move it, or its radio on an extension lead, nearer",
        )
    silent = [crossing for crossing in found.crossings if crossing.t is not None and not crossing.strength]
    if len(silent) * 2 > len(found.crossings):
        words = f"no radio heard the phone at the door in {len(silent)} of {len(found.crossings)} walks"
        yield Unsuited("not_heard", f"{words}: move radio {layout.radios[0]} nearer and away from metal, or walk again")


def _desks(record: Record, found: Estimate, radio: str) -> Iterator[Unsuited]:
    """Phones, whichever, that are strong all the time: pieces of 30 s, since a desk's phone changes its address too."""
    number = found.calibration
    if number.reference is None or number.slope is None:
        return
    strong = number.reference - 10 * number.slope * log10(DESK_METRES)
    pieces: dict[int, dict[int, list[int]]] = {}
    for s in record.sightings:
        if s.radio == radio and s.phone not in record.phones:
            pieces.setdefault(int(s.t // DESK_PIECE), {}).setdefault(s.phone, []).append(s.rssi)
    occupied = [
        any(len(of) >= 5 and mean(of) >= strong for of in pieces.get(index, {}).values()) for index in _span(record)
    ]
    seconds = sum(occupied) * DESK_PIECE
    if seconds >= DESK_SECONDS and sum(occupied) >= DESK_SHARE * len(occupied):
        words = f"phones as strong as visitors' were heard in {seconds:.0f} s while nobody came"
        yield Unsuited("desks", f"staff sit beside the kiosk: {words}; move the kiosk, or the desks, a few metres away")


def _span(record: Record) -> range:
    """The whole pieces of 30 s that the walk lasted."""
    if not record.takes:
        return range(0)
    return range(int(record.takes[0].start // DESK_PIECE) + 1, int(record.takes[-1].end // DESK_PIECE))


def _same(record: Record, layout: Layout, crossings: Sequence[Crossing]) -> Iterator[Unsuited]:
    if len(layout.radios) < 2:
        return
    first, second = layout.radios[:2]
    for radio in (first, second):
        if not any(record.heard(radio, take.start, take.end) for take in record.takes):
            yield Unsuited("radio_deaf", f"radio {radio} never heard the phone: check its adapter with `kiosk doctor`")
            return
    outside, inside = _differences(record, first, second, crossings)
    if not outside or not inside:
        return
    change = mean(outside) - mean(inside)
    if change < SAME:
        words = f"its difference changes by {change:.0f} dB from inside to outside"
        yield Unsuited(
            "same_radio",
            f"radio {second} hears the same as {first} ({words}, {SAME:.0f} are needed): hang it outside the wall",
        )


def _differences(
    record: Record, first: str, second: str, crossings: Sequence[Crossing]
) -> tuple[list[float], list[float]]:
    """What the second radio hears more than the first (dB), outside and inside, one number a stand or half a walk."""
    outside: list[float] = []
    inside: list[float] = []
    for take in record.takes:
        if take.step.task is Task.STAND and take.step.metres >= 1:
            side = outside if take.step.radio == second else inside
            side += _difference(record, first, second, take.start, take.end)
    for crossing in crossings:
        if crossing.t is not None:
            before = _difference(record, first, second, crossing.take.go, crossing.t)
            after = _difference(record, first, second, crossing.t, crossing.take.end)
            coming = crossing.take.step.task is Task.WALK_IN
            outside += before if coming else after
            inside += after if coming else before
    return outside, inside


def _difference(record: Record, first: str, second: str, start: float, end: float) -> list[float]:
    one, other = (record.heard(radio, start, end) for radio in (first, second))
    return [mean(bins_of(other)) - mean(bins_of(one))] if one and other else []


def _listening(record: Record, layout: Layout, modes: Mapping[str, str]) -> Iterator[Unsuited]:
    for radio, mode in modes.items():
        if mode != "passive":
            words = "so it hears a phone once in seconds: let bluetoothd run with --experimental (docs/operations.md)"
            yield Unsuited("not_passive", f"radio {radio} listens in {mode} mode, {words}")

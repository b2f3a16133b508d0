"""How the parts are, asked for in turn by the main thread and noted in the log: what `status` and the corner show."""

import logging
import shutil
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kiosk.health import Health, Part, State

if TYPE_CHECKING:
    from hardware.radio import RadioState  # bleak costs 0.17 s, and nothing here needs it to run

DISK_LOW: Final = 200 * 1024 * 1024
"""Bytes free below which the disk is called nearly full: months of entries, and time to send somebody."""

CORE_SILENT: Final = 10.0
"""Seconds without a sign of life from the core: a hundred of its ticks, and far more than its longest decision."""

log = logging.getLogger(__name__)

Report = tuple[str, State, str]
Check = Callable[[], Iterable[Report]]


class Checks:
    """Runs `checks`, keeps the outcome in `health` and hands every part to `note` (the logbook's writer).

    A check that fails itself makes its part degraded, under its own name, and never stops the others.
    """

    def __init__(self, checks: dict[str, Check], note: Callable[[str, State, str], None]) -> None:
        self.health = Health()
        self._checks = checks
        self._note = note

    def add(self, name: str, check: Check) -> None:
        """Ask one more part from now on."""
        self._checks[name] = check

    def turn(self, t: float) -> list[Part]:
        """Ask every part at monotonic time `t`; return those that do not work as they should."""
        for name, check in self._checks.items():
            try:
                reports = list(check())
            except Exception as error:  # one broken check must not hide what the others say
                reports = [(name, State.DEGRADED, f"cannot be checked: {type(error).__name__}")]
            for report in reports:
                self.report(*report, t=t)
        return self.health.faults()

    def report(self, part: str, state: State, detail: str = "", *, t: float) -> None:
        """Note how a part is, and write a line of the log when that is news."""
        if self.health.report(part, state, detail, t=t):
            level = logging.INFO if state in (State.OK, State.OFF) else logging.WARNING
            log.log(level, "%s is %s%s", part, state, f": {detail}" if detail else "")
        self._note(part, state, detail)


def check_radios(radios: Sequence[Callable[[], "RadioState"]]) -> Check:
    """How each radio listens. An empty lobby is no fault; a radio that hears nothing at all is."""

    def check() -> Iterable[Report]:
        for ask in radios:
            radio = ask()
            state = State.OK if radio.listening else State.DEGRADED if radio.adverts else State.DOWN
            yield f"radio:{radio.name}", state, radio.reason

    return check


def check_disk(database: Path) -> Check:
    """Whether there is room for the log to grow."""

    def check() -> Iterable[Report]:
        free = shutil.disk_usage(database.parent).free
        room = f"{free // (1024 * 1024)} MB free"
        # The figure changes all the time; only a fault needs it, or every look would be a write to the card.
        yield ("disk", State.OK, "") if free > DISK_LOW else ("disk", State.DEGRADED, f"{room} at {database.parent}")

    return check


def check_clock(trusted: Callable[[], bool]) -> Check:
    """Whether the time of day has been set since the start."""

    def check() -> Iterable[Report]:
        yield (
            ("clock", State.OK, "")
            if trusted()
            else ("clock", State.DEGRADED, "not set yet; entries are corrected once it is")
        )

    return check


def check_core(seen_at: Callable[[], float], now: Callable[[], float], failures: Callable[[], int]) -> Check:
    """Whether the core still takes events; `seen_at` and `now` are monotonic seconds."""

    def check() -> Iterable[Report]:
        if now() - seen_at() > CORE_SILENT:
            yield "core", State.DOWN, "takes no events"
        elif failures():
            yield "core", State.DEGRADED, f"{failures()} events could not be taken"
        else:
            yield "core", State.OK, ""

    return check


def check_air(suspect: Callable[[], bool], flooded: Callable[[], bool]) -> Check:
    """Whether so many unknown phones are on air that what is said of the app is doubtful."""

    def check() -> Iterable[Report]:
        if flooded():
            yield "air", State.DEGRADED, "more adverts than can be taken; the app is unknown meanwhile"
        elif suspect():
            yield "air", State.DEGRADED, "a flood of unknown phones; what is said of the app is doubtful"
        else:
            yield "air", State.OK, ""

    return check


def check_stuck(stuck: Callable[[], Sequence[str]], sensors: Sequence[str], parts: Callable[[], set[str]]) -> Check:
    """Sensors and buttons that are active for minutes. `parts` names the parts that run at all."""

    def check() -> Iterable[Report]:
        held = stuck()
        for part, names in (
            ("door", [name for name in held if name in sensors]),
            ("panel", [name for name in held if name not in sensors]),
        ):
            if part in parts():
                yield (part, State.DEGRADED, f"stuck: {', '.join(names)}") if names else (part, State.OK, "")

    return check

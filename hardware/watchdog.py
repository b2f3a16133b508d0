"""When a silent radio is opened again, and how long to wait between tries. Pure: time is a parameter.

A scanner can go silent without any error, for instance when bluetoothd restarts under it. An empty lobby is silent
too, so only a lack of all adverts counts, not a lack of the app's.
"""

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

COLLAPSES: Final = 2
"""Ends of bluetoothd in a row, each soon after passive scanning began, that are blamed on it: one may be chance, and
each costs the minute's visitors."""


@dataclass(frozen=True, slots=True)
class Patience:
    """The times of the watchdog, in seconds, and why."""

    silence: float = 90.0
    """Without any advert: phones, watches and earbuds near a door are heard many times a second, and BlueZ restarts an
    active scan every 10 s, so nine restarts in a row have brought nothing. Short enough to lose few visitors."""

    glance: float = 10.0
    """Without any advert before BlueZ is asked whether adapter and service are still the same: rare in a lobby, so the
    question costs nothing, and an adapter pulled out is noticed long before the silence alone would tell."""

    longest_silence: float = 900.0
    """An empty building at night is silent for hours; a rebuild every quarter of an hour harms nobody, and the first
    visitor of the morning still finds a fresh scanner."""

    proof: float = 30.0
    """Without any advert in passive scanning before it is taken for one that does not deliver: three rounds of the
    slowest usual advertiser (10.24 s is the longest interval Bluetooth allows)."""

    first_wait: float = 2.0
    """Before the second try: bluetoothd needs a second or two to come back after a restart."""

    longest_wait: float = 60.0
    """Between tries in the end: who plugs an adapter in sees it work within a minute, and a try a minute leaks nothing
    worth mentioning over a year."""

    tries: int = 3
    """Failures in a row after which the radio is called degraded; the waits between them let an adapter be a few
    seconds late at boot."""

    second_chance: float = 3600.0
    """Of active scanning after which passive scanning may prove itself again: it may only have been an empty lobby at
    boot. A vain try makes the radio deaf for `proof`, under 1 % of an hour, and the hours double each time."""

    collapse: float = 60.0
    """After passive scanning began, within which a bluetoothd that is gone died of it: such a crash comes at once and
    `glance` and the tries notice it within some 20 s; a minute still leaves a restart by hand or update out of it."""

    answer: float = 20.0
    """For an answer of bluetoothd: it answers in milliseconds or, when it hangs, never."""

    def faster(self, factor: float) -> "Patience":
        """Return the same patience `factor` times as fast, for tests against a real bus."""
        return replace(
            self,
            silence=self.silence / factor,
            glance=self.glance / factor,
            longest_silence=self.longest_silence / factor,
            proof=self.proof / factor,
            second_chance=self.second_chance / factor,
            collapse=self.collapse / factor,
            first_wait=self.first_wait / factor,
            longest_wait=self.longest_wait / factor,
        )


class Mode(StrEnum):
    """How a radio listens; `auto` is a wish, never what is in use."""

    AUTO = "auto"
    PASSIVE = "passive"
    ACTIVE = "active"


class Verdict(StrEnum):
    """What to do with an open radio."""

    STAY = "stay"
    SILENT = "silent"  # it was heard and is no more: open it again after a wait
    UNPROVEN = "unproven"  # nothing was ever heard in this mode: open it in the other one, at once
    CHANGED = "changed"  # the adapter is gone or off, or bluetoothd is another one: open it again, at once
    SECOND_CHANCE = "second chance"  # active scanning works; passive scanning, which hears more, may try again


@dataclass(slots=True)
class Watchdog:
    """What has become of one radio: fed with what happens, asked what to do.

    `wish` is the configured mode, `mode` the one to open the radio in, or in which it is open. With `auto` that is
    passive until passive scanning is refused, delivers nothing or ends bluetoothd. `failures` and `silences` count in
    a row. `suspected` is true from a silence until the next advert: only an advert proves that the radio hears again.
    """

    wish: Mode = Mode.AUTO
    patience: Patience = field(default_factory=Patience)
    failures: int = 0
    silences: int = 0
    suspected: bool = False
    mode: Mode = Mode.ACTIVE
    _opened: float = 0.0
    _last: float = 0.0
    _proven: bool = False
    _chance: float = float("inf")
    _chances_lost: int = 0
    _collapses: int = 0
    _just_refused: bool = False

    def __post_init__(self) -> None:
        """Begin with the mode that hears most."""
        self.mode = Mode.PASSIVE if self.wish is Mode.AUTO else self.wish

    @property
    def degraded(self) -> bool:
        """True once the radio has failed, or stayed silent through rebuilds, too often in a row."""
        return max(self.failures, self.silences) >= self.patience.tries

    @property
    def passive_kills(self) -> bool:
        """True while active scanning is used because passive scanning ended bluetoothd each time it began."""
        return self._collapses >= COLLAPSES

    def opened(self, t: float) -> None:
        """Note that scanning began at `t`."""
        self._just_refused = False
        self._opened = self._last = t
        self._proven = False
        self.failures = 0

    def heard(self, t: float) -> None:
        """Note an advert, of whomever."""
        self._last = t
        self._proven = True
        self.silences = 0
        self.suspected = False

    def deadline(self) -> float:
        """Return when to ask for a verdict next, unless an advert comes before."""
        return min(self._last + self._limit(), self._next_chance())

    def quiet(self, t: float) -> bool:
        """Tell whether nothing has been heard for long enough to ask whether the adapter is still there."""
        return t >= self._last + self.patience.glance

    def verdict(self, t: float) -> Verdict:
        """Return what to do at `t`."""
        if t >= self._last + self._limit():
            return Verdict.UNPROVEN if self._on_trial() else Verdict.SILENT
        return Verdict.SECOND_CHANCE if t >= self._next_chance() else Verdict.STAY

    def closed(self, verdict: Verdict, t: float) -> None:
        """Note that the radio was closed at `t` for the reason `verdict`, and choose the mode to open it in."""
        if verdict in (Verdict.SILENT, Verdict.UNPROVEN):
            self.silences += 1
            self.suspected = True
        if self.wish is not Mode.AUTO:
            return
        if self.mode is Mode.PASSIVE:
            died = verdict is Verdict.CHANGED and t < self._opened + self.patience.collapse
            self._collapses = self._collapses + 1 if died else 0
            if verdict is Verdict.UNPROVEN or self.passive_kills:
                self._leave_passive(may_return=True)
        elif verdict is Verdict.SECOND_CHANCE or not self.passive_kills:
            self.mode = Mode.PASSIVE
            self._collapses = min(self._collapses, COLLAPSES - 1)

    def refused(self) -> bool:
        """Note that scanning could not be opened; return true when only passive scanning was refused.

        The next try is then active, at once; otherwise the failure counts and a wait is due.
        """
        if self.wish is Mode.AUTO and self.mode is Mode.PASSIVE:
            self._leave_passive(may_return=False)
            self._just_refused = True
            return True
        self._just_refused = False
        self.failed()
        return False

    def failed(self) -> None:
        """Note that there was nothing to open: no bus, no adapter, no power."""
        self.failures += 1
        if self.wish is not Mode.AUTO:
            return
        if self._just_refused:  # passive scanning was refused, and now there is no bluetoothd: it died of being asked
            self._just_refused = False
            self._collapses += 1
            if self.passive_kills:
                self._leave_passive(may_return=True)
        if not self.passive_kills:
            self.mode = Mode.PASSIVE

    def wait(self, jitter: float) -> float:
        """Return the seconds to wait before the next try.

        They double with each failure in a row up to `longest_wait`; `jitter` (0 to 1) shortens them by up to half, so
        that two radios, or fifty kiosks after a power cut, do not try in step.
        """
        doubled = self.patience.first_wait * _doubled(max(self.failures, self.silences, 1) - 1)
        return min(doubled, self.patience.longest_wait) * (1 - jitter / 2)

    def _leave_passive(self, may_return: bool) -> None:
        self.mode = Mode.ACTIVE
        self._chance = self.patience.second_chance * _doubled(self._chances_lost) if may_return else float("inf")
        self._chances_lost += 1

    def _on_trial(self) -> bool:
        return self.wish is Mode.AUTO and not self._proven

    def _limit(self) -> float:
        """Return the seconds of silence to bear; they double, lest an empty night be one long row of rebuilds."""
        first = self.patience.proof if self._on_trial() else self.patience.silence
        return min(first * _doubled(self.silences), self.patience.longest_silence)

    def _next_chance(self) -> float:
        if self.wish is Mode.AUTO and self.mode is Mode.ACTIVE:
            return self._opened + self._chance
        return float("inf")


def _doubled(times: int) -> float:
    return 2.0 ** min(times, 16)  # far beyond every limit above, yet never an overflow

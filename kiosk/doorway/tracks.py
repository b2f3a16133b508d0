"""What was heard of each phone: strengths averaged over short bins, in bounded memory whatever strangers send."""

from collections import OrderedDict, deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Self

from hardware.beacons import OTHER_DEVICE, BeaconProfile, Sighting

BIN = 0.75
"""Seconds over which strengths are averaged: fast fading averages out, and a walker moves under a metre."""

KEPT_BINS = 128
"""Bins kept for each track and radio: 96 s of a phone heard all the time, longer than any passage stays open."""

MOST_TRACKS = 400
"""Phones followed at once; a crowd of 200 with two apps each fits."""

MOST_STRANGERS = 4096
"""Phones heard once, kept until they are heard again: above one second of the densest flood a radio can deliver."""

BEGIN = 2.0
"""Seconds after the radios begin to listen in which whatever is heard may have been there before."""

CHANGE = 1.5
"""Seconds of silence, off-air times aside, within which a phone takes its next identity: at the next advert or two."""

SETTLED = 60.0
"""Seconds a phone must have been here for its next identity to be looked for: a visitor's seldom matters."""

SILENT = 4.0
"""Seconds after which a phone that was not heard again has taken another identity: a dozen adverts of the slowest."""

ALIKE = 9.0
"""dB by which the strength before and after a change of identity may differ: twice the fading within seconds."""

IN_EARSHOT = -86.0
"""dBm above which a phone does not come or go within seconds: those who walk away fade to the noise first."""

FORGET = 150.0
"""Seconds of silence after which a track ends: no open passage can reach back so far."""

FLOOD = 1000
"""Strangers pushed out unheard within ten seconds that make the interval suspect: no street is that full."""


SAME_ADVERT = 0.05
"""Seconds within which two sightings are no interval: the shortest that a phone may send at is 0.1 s, and the same
advert goes out on three channels."""

SLOWEST = 3.0
"""Seconds between adverts beyond which no device in a pocket goes: 2.9 s is what the battery savers send at."""

STEP = 0.05
"""Seconds to which an interval is told: what the 10 ms of chance in every interval leave of it."""


@dataclass(slots=True)
class Bin:
    """What one radio heard of one phone within `BIN` seconds: how many, the sum of dBm, the sum of times, the last."""

    index: int
    count: int
    strength_sum: float
    t_sum: float
    last: float

    @property
    def strength(self) -> float:
        """Mean strength in dBm."""
        return self.strength_sum / self.count

    @property
    def t(self) -> float:
        """Mean time in seconds."""
        return self.t_sum / self.count


@dataclass(slots=True)
class Track:
    """One phone as far as it can be told apart; `label` is its place in the order of first hearing."""

    label: int
    profile: BeaconProfile
    certain: bool
    first: float
    last: float
    since: float
    """Since when the phone is there, under whatever identity; `first` where nothing came before."""
    there_before: bool = False
    """Whether it may have been there long before the radios began to listen."""
    heard: int = 0
    least_gap: float = SLOWEST
    """The shortest time in seconds between two of its adverts."""
    bins: dict[str, deque[Bin]] = field(default_factory=dict)

    @property
    def interval(self) -> float:
        """Seconds between its adverts: the profile says so, or the adverts of a device that no profile describes."""
        if self.profile is not OTHER_DEVICE:
            return self.profile.interval
        return max(2 * STEP, round(self.least_gap / STEP) * STEP)

    def add(self, t: float, radio: str, rssi: float) -> None:
        """One more sighting at `t` (seconds) by `radio` with `rssi` dBm."""
        self.heard += 1
        self.last = max(self.last, t)
        index = int(t // BIN)
        bins = self.bins.get(radio)
        if bins is None:
            bins = self.bins[radio] = deque(maxlen=KEPT_BINS)
        else:
            newest = bins[-1]
            if SAME_ADVERT < t - newest.last < self.least_gap:
                self.least_gap = t - newest.last
            if newest.index >= index:
                newest.count += 1
                newest.strength_sum += rssi
                newest.t_sum += t
                newest.last = max(newest.last, t)
                return
        bins.append(Bin(index, 1, rssi, t, t))

    def loudest(self, start: float, end: float) -> float:
        """The strongest bin from `start` to `end` (seconds) in dBm; minus infinity when nothing was heard."""
        near = (b.strength for bins in self.bins.values() for b in bins if start <= b.t <= end)
        return max(near, default=float("-inf"))

    def follow(self, earlier: Self) -> None:
        """Take over what was heard of the same phone under its `earlier` identity."""
        self.label, self.first, self.since = earlier.label, earlier.first, earlier.since
        self.there_before = self.there_before or earlier.there_before
        self.heard += earlier.heard
        self.least_gap = min(self.least_gap, earlier.least_gap)
        for radio, bins in earlier.bins.items():
            later = [b for b in self.bins.get(radio, ()) if b.index > bins[-1].index]
            self.bins[radio] = deque([*bins, *later], maxlen=KEPT_BINS)

    def copy(self) -> "Track":
        """The same as it is now, for whoever looks at it while it goes on: only the newest bin still changes."""
        bins = {radio: deque(kept, maxlen=KEPT_BINS) for radio, kept in self.bins.items()}
        for kept in bins.values():
            kept[-1] = replace(kept[-1])
        return replace(self, bins=bins)


class Tracks:
    """All phones of the campaign that were heard lately."""

    def __init__(self) -> None:
        self._tracks: OrderedDict[int, Track] = OrderedDict()
        self._strangers: OrderedDict[int, Sighting] = OrderedDict()
        self._new: deque[int] = deque(maxlen=MOST_TRACKS)
        self._labels = 0
        self._come = 0
        self._pushed_out: deque[float] = deque(maxlen=FLOOD)
        self._began = float("inf")
        self.suspect_until = float("-inf")

    def begin(self, t: float) -> None:
        """The radios begin to listen at `t` (seconds), or do so again."""
        self._began = t

    def __iter__(self) -> Iterator[Track]:
        """The tracks, then the phones heard once, in the order of their first hearing."""
        yield from sorted(self._tracks.values(), key=lambda track: track.label)
        for sighting in self._strangers.values():
            track = Track(-1, sighting.profile, sighting.certain, sighting.t, sighting.t, sighting.t)
            track.add(sighting.t, sighting.radio, sighting.rssi)
            yield track

    def add(self, sighting: Sighting) -> float:
        """Take one sighting; gives when its phone was first heard. It becomes a track when it is heard twice."""
        track = self._tracks.get(sighting.phone)
        if track is not None:
            track.add(sighting.t, sighting.radio, sighting.rssi)
            return track.first
        before = self._strangers.pop(sighting.phone, None)
        if before is None:
            self._strangers[sighting.phone] = sighting
            if len(self._strangers) > MOST_STRANGERS:
                self._strangers.popitem(last=False)
                self._note_flood(sighting.t)
            return sighting.t
        self._labels += 1
        self._come += 1
        track = Track(self._labels, before.profile, before.certain, before.t, before.t, before.t)
        track.add(before.t, before.radio, before.rssi)
        track.add(sighting.t, sighting.radio, sighting.rssi)
        track.there_before = 0 <= track.first - self._began <= BEGIN
        self._tracks[sighting.phone] = track
        self._new.append(sighting.phone)
        if len(self._tracks) > MOST_TRACKS:
            self._push_out(sighting.t)
        return before.t

    def join(self, now: float) -> None:
        """Join the tracks that by `now` (seconds) turn out to be of one phone that took another identity."""
        waiting: deque[int] = deque(maxlen=MOST_TRACKS)
        for phone in self._new:
            track = self._tracks.get(phone)
            if track is None:
                continue
            if now - track.first < SILENT:
                waiting.append(phone)
                continue
            earlier = self._earlier_identity(track)
            if earlier is not None:
                track.follow(self._tracks.pop(earlier))
                self._come -= 1
        self._new = waiting

    def take_come(self) -> int:
        """How many phones came since the last time this was asked."""
        come, self._come = self._come, 0
        return come

    def drop(self, phone: int) -> None:
        """Forget one phone."""
        self._tracks.pop(phone, None)
        self._strangers.pop(phone, None)

    def forget(self, before: float) -> None:
        """Drop what was last heard before `before` (seconds)."""
        for phone in [phone for phone, track in self._tracks.items() if track.last < before]:
            del self._tracks[phone]
        for phone in [phone for phone, sighting in self._strangers.items() if sighting.t < before]:
            del self._strangers[phone]

    def clear(self) -> None:
        """Forget every phone."""
        self._tracks.clear()
        self._strangers.clear()
        self._new.clear()

    def _earlier_identity(self, new: Track) -> int | None:
        """The phone that fell silent just as `new` began, of the same kind and as strong: the same one, renamed."""
        ended = [
            (_apart(old, new), old.label, phone)
            for phone, old in self._tracks.items()
            if old is not new and old.profile is new.profile and _follows(old, new) and _apart(old, new) <= ALIKE
        ]
        return min(ended)[2] if ended else None

    def _push_out(self, t: float) -> None:
        """Make room by the half that was heard least: a flood repeats itself less than a phone that is really there."""
        order = sorted(self._tracks.items(), key=lambda item: (item[1].heard, item[1].last, item[1].label))
        for phone, _ in order[: MOST_TRACKS // 2]:
            del self._tracks[phone]
        self.suspect_until = t

    def _note_flood(self, t: float) -> None:
        self._pushed_out.append(t)
        if len(self._pushed_out) == FLOOD and t - self._pushed_out[0] < 10.0:
            self.suspect_until = t


def _follows(old: Track, new: Track) -> bool:
    """Whether one track, settled here for a while, ends where another begins, or one off-air time before."""
    gap, off = new.first - old.last, new.profile.duty_off
    settled = old.last - old.since >= SETTLED
    return -0.3 <= gap <= CHANGE or (settled and off > 0 and abs(gap - off) <= CHANGE)


def _apart(old: Track, new: Track) -> float:
    """dB between the end of one track and the beginning of another, at the radio where they are nearest."""
    pairs = ((old.bins[radio][-1].strength, new.bins[radio][0].strength) for radio in new.bins if radio in old.bins)
    return min((abs(before - after) for before, after in pairs if min(before, after) > IN_EARSHOT), default=ALIKE + 1)

"""When a phone sent, heard or not: a heard phone's own adverts show its beat, and the observer knows its duty cycle."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from hardware.simulation.emitters import DELAY, Emitter
from hardware.simulation.paths import Numbers
from hardware.simulation.world import Heard

MISSED = np.nan
"""Stands for the strength of an advert that a radio did not hear."""


@dataclass(frozen=True)
class Sendings:
    """The adverts of one phone: `t` in seconds, shape (n,), and what each radio heard in dBm, shape (n,)."""

    t: Numbers
    rssi: Mapping[str, Numbers]

    def between(self, start: float, end: float) -> "Sendings":
        """Those from `start` to before `end`."""
        first, after = np.searchsorted(self.t, [start, end])
        return Sendings(self.t[first:after], {radio: rssi[first:after] for radio, rssi in self.rssi.items()})


def sendings_of(emitter: Emitter, heard: Sequence[Heard], radios: Sequence[str], seconds: float) -> Sendings:
    """What a phone sent from 0 to `seconds`, of which `heard` was heard: the missing ones lie evenly between those."""
    times = np.unique([item.advert.t for item in heard])
    missing = _missing(times, emitter.interval + DELAY / 2, seconds)
    missing = missing[emitter.sending(missing)]
    t = np.sort(np.concatenate([times, missing]))
    rssi = {radio: np.full(len(t), MISSED) for radio in radios}
    for item in heard:
        rssi[item.advert.radio][np.searchsorted(t, item.advert.t)] = item.advert.rssi
    return Sendings(t, rssi)


def unheard_sendings(emitter: Emitter, radios: Sequence[str], start: float, end: float) -> Sendings:
    """What a phone sends from `start` to `end` (seconds) of which no radio hears anything."""
    t = np.arange(start, end, emitter.interval + DELAY / 2)
    t = t[emitter.sending(t)]
    return Sendings(t, {radio: np.full(len(t), MISSED) for radio in radios})


def _missing(times: Numbers, beat: float, seconds: float) -> Numbers:
    """The times of adverts before, between and after those at `times`."""
    before = np.arange(times[0] - beat, 0, -beat)
    after = np.arange(times[-1] + beat, seconds, beat)
    between = [
        np.linspace(first, second, count + 1)[1:-1]
        for first, second in itertools.pairwise(times.tolist())
        if (count := round((second - first) / beat)) > 1
    ]
    return np.concatenate([before, *between, after])

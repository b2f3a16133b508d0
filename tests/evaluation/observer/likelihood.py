"""How likely all that was heard and not heard of one phone is, if its owner went one given way: exact but for its grid.

Strength is power - loss + slow fading + fast fading. Slow fading is a Gaussian process with exponential correlation over
the metres walked, which is a Markov chain from one stretch of a way to the next; it is summed over a grid of values
together with the phone's power and the ways of wearing it. Each radio has its own fading and all share the phone.
"""

from dataclasses import dataclass

import numpy as np

from hardware.simulation.parameters import DoorParameters
from hardware.simulation.paths import Numbers, Path
from hardware.simulation.propagation import loss
from tests.evaluation.observer.carrying import Carrying
from tests.evaluation.observer.reception import Reception
from tests.evaluation.observer.sending import Sendings

STRETCH = 0.25
"""Seconds in which slow fading is taken as one value: a walker goes 0.3 m, of the 2 m over which it changes."""

FINE = 0.25
"""Standard deviations of slow fading between two values of the grid."""

WIDE = 4.0
"""Standard deviations of slow fading that the grid holds to either side."""

POWER_STEP = 1.5
"""dB, about, between two values of power: a wrong half of it is lost in the slow fading."""

POWER_WIDE = 3.0
"""Standard deviations of power that the grid holds to either side."""

NOTHING = 1e-4
"""Log-likelihood of an advert's silence below which it tells nothing, however strong the phone."""

IMPOSSIBLE = -40.0
"""Log-likelihood of a silence at which the rest of it is not looked at any more."""


@dataclass(frozen=True)
class Observed:
    """One radio's part of the adverts that tell something, and what each lost on its way, (ways of wearing, n)."""

    t: Numbers
    rssi: Numbers
    losses: Numbers


class Likelihood:
    """The observer's likelihood at one door, whose numbers it knows."""

    def __init__(self, door: DoorParameters, power_step: float = POWER_STEP, stretch: float = STRETCH) -> None:
        self._door = door
        self._reception = Reception.of(door.waves, door.receivers)
        spread = door.waves.slow
        self._stretch = stretch
        self._step = FINE * spread if spread > 0 else power_step
        self._every = max(1, round(power_step / self._step))
        self._slow = _grid(WIDE * spread, self._step)
        self._prior = _weights(self._slow, spread)

    def of(self, path: Path, sendings: Sendings, carrying: Carrying) -> float:
        """Log-likelihood of `sendings` of a phone carried along `path`; adverts outside the path's time are left out."""
        sendings = sendings.between(path.start, path.end)
        powers = _grid(POWER_WIDE * carrying.spread, self._step * self._every)
        weights = np.log([share for _, share in carrying.worn])[:, None] + np.log(_weights(powers, carrying.spread))
        for radio, rssi in sendings.rssi.items():
            observed = self._observed(path, radio, Sendings(sendings.t, {radio: rssi}), carrying, powers[-1])
            if len(observed.t):
                weights = weights + self._along(path, observed, carrying.power + powers[0], len(powers))
        top = float(weights.max())
        return top + float(np.log(np.exp(weights - top).sum()))

    def _observed(
        self, path: Path, radio: str, sendings: Sendings, carrying: Carrying, strongest: float
    ) -> Observed:
        """What one radio heard, without the silence of adverts that it could not have heard anyhow."""
        t, rssi = sendings.t, sendings.rssi[radio]
        place = self._door.places[radio]
        losses = np.stack([loss(self._door, place, path, worn, t) for worn, _ in carrying.worn])
        best = carrying.power + strongest + self._slow[-1] - losses.min(0)
        telling = ~np.isnan(rssi) | (self._reception.silent(best) < -NOTHING)
        return Observed(t[telling], rssi[telling], losses[:, telling])

    def _along(self, path: Path, observed: Observed, weakest: float, powers: int) -> Numbers:
        """Log-likelihood for each way of wearing and each power, shape (ways, powers); slow fading is summed over."""
        stretches, firsts = np.unique(np.floor(observed.t / self._stretch), return_index=True)
        emitted = self._emitted(observed, firsts, weakest, powers)
        changes = self._changes(path, np.add.reduceat(observed.t, firsts) / np.diff([*firsts, len(observed.t)]))
        belief = np.broadcast_to(self._prior, (*emitted.shape[1:3], len(self._slow)))
        total = np.zeros(emitted.shape[1:3])
        silent = bool(np.isnan(observed.rssi).all())
        for number, chances in enumerate(emitted):
            if number:
                belief = belief @ changes[number - 1]
            belief = belief * chances
            sums = np.maximum(belief.sum(2), 1e-300)
            belief = belief / sums[:, :, None]
            total += np.log(sums) + self._tops[number]
            if silent and total.max() < IMPOSSIBLE:
                break
        return total

    def _emitted(self, observed: Observed, firsts: np.ndarray, weakest: float, powers: int) -> Numbers:
        """Chances of each stretch's adverts by way of wearing, power and slow fading, over the stretch's greatest."""
        levels = weakest + self._slow[0] + self._step * np.arange((powers - 1) * self._every + len(self._slow))
        arriving = levels[None, :, None] - observed.losses[:, None, :]
        missed = np.isnan(observed.rssi)
        logs = np.empty_like(arriving)
        logs[:, :, missed] = self._reception.silent(arriving[:, :, missed])
        logs[:, :, ~missed] = self._reception.heard(observed.rssi[~missed] - arriving[:, :, ~missed])
        stretches = np.moveaxis(np.add.reduceat(logs, firsts, axis=2), 2, 0)
        self._tops = stretches.max(axis=(1, 2))
        chances = np.exp(stretches - self._tops[:, None, None])
        windows = np.lib.stride_tricks.sliding_window_view(chances, len(self._slow), axis=2)
        return np.asarray(windows[:, :, :: self._every])

    def _changes(self, path: Path, t: Numbers) -> Numbers:
        """How slow fading changes from each stretch to the next: (n - 1, from, to), rows add up to one."""
        waves = self._door.waves
        metres = np.diff(path.walked(t) + waves.slow_drift * t)
        kept = np.exp(-np.abs(metres) / waves.slow_metres)[:, None, None]
        spread = np.maximum(waves.slow * np.sqrt(1 - kept**2), 0.3 * self._step)
        off = (self._slow[None, None, :] - kept * self._slow[None, :, None]) / spread
        chances = np.exp(-0.5 * off**2)
        return np.asarray(chances / chances.sum(2, keepdims=True))


def _grid(reach: float, step: float) -> Numbers:
    """Values from -reach to reach, zero among them."""
    half = int(np.ceil(reach / step)) if reach > 0 else 0
    return np.arange(-half, half + 1) * step


def _weights(values: Numbers, spread: float) -> Numbers:
    """The normal distribution's shares of the values of a grid."""
    if len(values) == 1:
        return np.ones(1)
    density = np.exp(-0.5 * (values / spread) ** 2)
    return np.asarray(density / density.sum())

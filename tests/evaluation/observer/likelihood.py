"""How likely all that was heard and not heard of one phone is, if its owner went one of some ways.

Strength is power - loss + slow fading + fast fading. Slow fading is a Gaussian process with exponential correlation
over the metres walked, which is a Markov chain from one stretch of a way to the next, forwards as backwards. It is
summed over, together with the phone's power and the ways of wearing it; each radio has its own fading, and all share
the phone. Nothing is approximate but the grid.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from hardware.simulation.parameters import DoorParameters
from hardware.simulation.paths import Numbers, Path
from hardware.simulation.propagation import loss
from tests.evaluation.observer.carrying import Carrying
from tests.evaluation.observer.grid import Grid
from tests.evaluation.observer.hearing import LOWEST, STRETCH, Hearing, hearing_of
from tests.evaluation.observer.reception import Reception
from tests.evaluation.observer.sending import Sendings

IMPOSSIBLE = -20.0
"""Log-likelihood of a silence at which the rest of it is not looked at any more: one in half a billion."""

SMALLEST = 1e-35
"""Sum of chances below which single precision ends."""

Hearings = Mapping[str, Hearing]


@dataclass(frozen=True)
class Ways:
    """Ways that may have been gone, with their shares, and the time in seconds from `start` to `end` they are for."""

    paths: Sequence[Path]
    shares: Numbers
    start: float
    end: float


class Likelihood:
    """The observer's likelihood at one door, whose numbers it knows."""

    def __init__(self, door: DoorParameters, stretch: float = STRETCH, finer: float = 1.0) -> None:
        self._door = door
        self._reception = Reception.of(door.waves, door.receivers)
        self._grid = Grid.of(door.waves, finer)
        self._stretch = stretch

    def hearings(self, sendings: Sendings, coarser: float = 1.0) -> Hearings:
        """What each radio heard of a phone; with `coarser`, in longer stretches."""
        step, stretch = self._grid.step / 2, self._stretch * coarser
        return {radio: hearing_of(self._reception, sendings, radio, step, stretch) for radio in sendings.rssi}

    def unknowns(self, carrying: Carrying) -> Numbers:
        """Log of the shares of the ways of wearing and of the powers: (ways of wearing, powers)."""
        _, shares = self._grid.powers(carrying.spread)
        return np.asarray(np.log([share for _, share in carrying.worn])[:, None] + np.log(shares))

    def along(self, ways: Ways, hearings: Hearings, carrying: Carrying) -> Numbers:
        """Log-likelihood by way of wearing and power, for a whole way."""
        logs = [self._message(radio, hearing, ways, carrying, None) for radio, hearing in hearings.items()]
        return _mean(np.sum(logs, axis=0)[..., 0], ways.shares)

    def through(self, before: Ways, after: Ways, hearings: Hearings, carrying: Carrying) -> Numbers:
        """Log-likelihood by way of wearing and power, for any of the ways `before` a moment with any of those after."""
        sides = []
        for ways, backwards in ((before, False), (after, True)):
            door = ways.start if backwards else ways.end
            logs = [self._message(radio, hearing, ways, carrying, door) for radio, hearing in hearings.items()]
            # One axis of slow fading for each radio: (ways, worn, powers, slow of the first, slow of the second).
            whole = logs[0] if len(logs) == 1 else logs[0][..., :, None] + logs[1][..., None, :]
            sides.append(_mean(whole, ways.shares))
        prior = np.log(self._grid.prior)
        met = sides[0] + sides[1] - (prior if len(hearings) == 1 else prior[:, None] + prior)
        return _log_sum(met.reshape(*met.shape[:2], -1))

    def _message(self, radio: str, hearing: Hearing, ways: Ways, carrying: Carrying, meet: float | None) -> Numbers:
        """Log-likelihood at one radio for each way, way of wearing, power and slow fading at the time `meet`.

        Without `meet` slow fading is summed over, and its axis has one element.
        """
        grid, (powers, _) = self._grid, self._grid.powers(carrying.spread)
        loudest = carrying.power + powers[-1] + grid.slow[-1]
        near = hearing.between(ways.start, ways.end)
        losses = self._losses(radio, near.t, ways, carrying)
        kept = near.telling(loudest - losses.min((0, 1), initial=np.inf))
        near, losses, times = near.picked(kept), losses[:, :, kept], near.t[kept]
        shape = (len(ways.paths), len(carrying.worn), len(powers))
        belief: Numbers = np.broadcast_to(
            grid.prior.astype(np.float32), (shape[0], shape[1] * shape[2], len(grid.prior))
        )
        total = np.zeros(belief.shape[:2])
        order, unheard = list(range(len(times))), bool(near.silent.all())
        if meet is not None and meet <= ways.start:
            order.reverse()
        walked = self._walked(ways, times, meet, order)
        changes = grid.changes(np.abs(np.diff(walked, axis=1)))
        levels = np.rint((carrying.power + powers[0] + grid.slow[0] - losses - LOWEST) / near.step).astype(np.intp)
        inner = 2 * (np.arange(len(powers))[:, None] * grid.every + np.arange(len(grid.slow)))
        for number, stretch in enumerate(order):
            if number:
                belief = belief @ changes[:, number - 1]
            index = levels[:, :, stretch, None, None] + inner
            chances = near.chances[stretch].take(index, mode="clip")
            belief = belief * chances.reshape(belief.shape)
            sums = np.maximum(belief.sum(2), SMALLEST)
            belief = belief / sums[:, :, None]
            total += np.log(sums) + near.tops[stretch]
            if unheard and meet is None and total.max() < IMPOSSIBLE:
                break
        if meet is None:
            return np.asarray(total.reshape(*shape, 1))
        if order:
            belief = belief @ changes[:, -1]
        return np.asarray((total[:, :, None] + np.log(np.maximum(belief, SMALLEST))).reshape(*shape, -1))

    def _losses(self, radio: str, t: Numbers, ways: Ways, carrying: Carrying) -> Numbers:
        """Loss in dB for each way, way of wearing and time."""
        place = self._door.places[radio]
        return np.array([[loss(self._door, place, path, worn, t) for worn, _ in carrying.worn] for path in ways.paths])

    def _walked(self, ways: Ways, t: Numbers, meet: float | None, order: Sequence[int]) -> Numbers:
        """Metres by which slow fading goes on, for each way, at the times in order and last at `meet`."""
        times = t[list(order)] if meet is None else np.append(t[list(order)], meet)
        drift = self._door.waves.slow_drift * times
        return np.array([path.walked(times) + drift for path in ways.paths])


def _mean(logs: Numbers, shares: Numbers) -> Numbers:
    """Logarithm of the mean over the first axis, by shares."""
    weighed = logs + np.log(shares).reshape(-1, *[1] * (logs.ndim - 1))
    return _log_sum(np.moveaxis(weighed, 0, -1))


def _log_sum(logs: Numbers) -> Numbers:
    """Logarithm of the sum over the last axis."""
    top = logs.max(-1, keepdims=True)
    return np.asarray(top[..., 0] + np.log(np.exp(logs - top).sum(-1)))


def log_total(logs: Numbers) -> float:
    """Logarithm of the sum of all."""
    return float(_log_sum(np.ravel(logs)))

"""What one phone says of every passage it may have gone through, against all it may have done instead."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from kiosk.decisions import Direction
from kiosk.doorway.alternatives import AROUND_STRONGEST, MOVING, other_ways
from kiosk.doorway.bodies import USUAL_SPEED
from kiosk.doorway.fading import noise_of_standing, noise_of_walk, noise_of_way
from kiosk.doorway.gaussian import Noise, Prior, fit, log_sum
from kiosk.doorway.heard import Heard, heard_between
from kiosk.doorway.hearing import UNKNOWNS, Hearing
from kiosk.doorway.layout import INSIDE, Layout
from kiosk.doorway.listening import Listening
from kiosk.doorway.model import Model
from kiosk.doorway.passing import Passing
from kiosk.doorway.receiving import Receiving, receiving
from kiosk.doorway.shapes import AXIS, REACH, STEP, Shape, walk
from kiosk.doorway.silence import DutyCycle
from kiosk.doorway.tracks import BIN, Track

Array = NDArray[np.float64]

How = tuple[Receiving, DutyCycle]
"""How a phone is heard, and when it is on air."""

WITHIN = 10.0
"""Seconds between a passage and the nearest sighting of a phone that went through it."""

AROUND = 16.0
"""Seconds of strengths around the passages: what lies beyond says nothing of who went when."""

QUIET_AROUND = 8.0
"""Seconds of silence before the first and after the last sighting that count: a walker leaves earshot in as many."""


@dataclass(frozen=True, slots=True)
class Said:
    """One phone and one passage: logarithm of the likelihood against the alternatives, and what is behind it."""

    ratio: float
    power: float
    shape: int


class Weigher:
    """Weighs phones against passages for one door."""

    def __init__(self, layout: Layout, model: Model, shapes: Sequence[Shape]) -> None:
        self._layout = layout
        self._model = model
        self._shapes = shapes
        strength = model.strength
        self._prior = Prior(
            np.array([strength.power, strength.slope, strength.wall, strength.body, strength.outside_gain]),
            np.array(
                [
                    strength.power_spread,
                    strength.slope_spread,
                    strength.wall_spread,
                    strength.body_spread,
                    strength.outside_gain_spread,
                ]
            ),
        )
        self._level = _level_prior(model)
        self._log_weights = {
            Direction.IN: _log_shares([shape.weight_in for shape in shapes]),
            Direction.OUT: _log_shares([shape.weight_out for shape in shapes]),
        }

    @cached_property
    def _ways(self) -> dict[Direction, Hearing]:
        kiosk = self._layout.radio_place(INSIDE)
        ways = [walk(shape, kiosk) for shape in self._shapes]
        behind = [shape.behind > 0 for shape in self._shapes]
        radios, strength = self._layout.radios, self._model.strength
        return {
            direction: Hearing(self._layout, radios, ways, behind, strength, backwards=direction is Direction.OUT)
            for direction in Direction
        }

    @cached_property
    def _others(self) -> Hearing:
        ways = other_ways(self._layout.radio_place(INSIDE))
        behind = [False] * len(ways) + [True] * len(ways)
        return Hearing(self._layout, self._layout.radios, ways * 2, behind, self._model.strength)

    def expect(self, power: float) -> None:
        """Expect phones of `power` (mean, dBm at one metre) from now on, as this door has taught."""
        self._prior = replace(self._prior, mean=np.array([power, *self._prior.mean[1:]]))

    def weigh(self, track: Track, passings: Sequence[Passing], listening: Listening, now: float) -> dict[int, Said]:
        """What a track says of each passage near it, by the passage's number."""
        near = [p for p in passings if track.first - WITHIN <= p.t <= track.last + WITHIN]
        if not near:
            return {}
        start = max(track.first - QUIET_AROUND, near[0].t - AROUND)
        end = min(track.last + QUIET_AROUND, near[-1].t + AROUND, now)
        how = receiving(self._model, track.interval, BIN), DutyCycle(track.profile, _all_times(track), BIN)
        heard = heard_between(track, self._layout.radios, listening, how, start, end)
        if heard is None:
            return {}
        against = self._alternatives(heard, how)
        return {p.number: self._through(p, heard, how, against) for p in near}

    def ways_through(self, passing: Passing, heard: Heard, how: How) -> tuple[Array, Array]:
        """Log-likelihood of each shape (silence at its weight), and the power it implies; for fitting too."""
        speed = passing.speed or USUAL_SPEED
        hearing = self._ways[passing.direction]
        sign = 1.0 if passing.direction is Direction.IN else -1.0
        noise = noise_of_way(heard, self._model.fading, passing.t)
        at = _axis(sign * speed * (heard.t - passing.t))
        silent_at = _axis(sign * speed * (heard.silent_t - passing.t))
        return self._score(hearing, heard, noise, (at, silent_at), self._prior, how, self._model.silence.weight)

    def _through(self, passing: Passing, heard: Heard, how: How, against: float) -> Said:
        scores, powers = self.ways_through(passing, heard, how)
        scores = scores + self._log_weights[passing.direction]
        best = int(scores.argmax())
        return Said(log_sum(scores) - against, float(powers[best]), best)

    def _alternatives(self, heard: Heard, how: How) -> float:
        """Log-likelihood of everything else."""
        model = self._model
        nowhere = np.zeros(len(heard.t), dtype=np.intp), np.zeros(len(heard.silent_t), dtype=np.intp)
        weight = model.silence.weight_alternative
        stands = [
            self._score(
                None, heard, noise_of_standing(heard, model.fading, *moving), nowhere, self._level, how, weight
            )[0]
            for moving in MOVING
        ]
        strongest = heard.t[int(heard.strength.argmax())]
        noise = noise_of_walk(heard, model.fading)
        walks = []
        for offset in AROUND_STRONGEST:
            points = _axis(heard.t - strongest - offset), _axis(heard.silent_t - strongest - offset)
            walks.append(self._score(self._others, heard, noise, points, self._prior, how, weight)[0])
        stood, walked = np.concatenate(stands), np.concatenate(walks)
        share = model.alternatives.walks
        return float(
            np.logaddexp(
                log_sum(stood) + np.log((1 - share) / len(stood)), log_sum(walked) + np.log(share / len(walked))
            )
        )

    def _score(
        self,
        hearing: Hearing | None,
        heard: Heard,
        noise: Noise,
        points: tuple[NDArray[np.intp], NDArray[np.intp]],
        prior: Prior,
        how: How,
        weight: float,
    ) -> tuple[Array, Array]:
        if hearing is None:
            factors, silent = _one_level(heard.radio, self._layout), _one_level(heard.silent_radio, self._layout)
        else:
            factors, silent = hearing.at(points[0], heard.radio), hearing.at(points[1], heard.silent_radio)
        found = fit(heard.strength, factors, silent, noise, prior)
        radio, duty = how
        quiet = radio.silent(found.expected, found.spread)
        return found.likelihood + weight * duty.log_silence(heard.silent_t, quiet), found.power


def _axis(distance: Array) -> NDArray[np.intp]:
    """The nearest points of `AXIS`."""
    return np.clip(np.rint((distance + REACH) / STEP), 0, len(AXIS) - 1).astype(np.intp)


def _all_times(track: Track) -> Array:
    return np.array([b.t for bins in track.bins.values() for b in bins])


def _log_shares(weights: Sequence[float]) -> Array:
    shares = np.maximum(np.array(weights), 1e-6)
    return np.asarray(np.log(shares / shares.sum()))


def _one_level(radio: NDArray[np.intp], layout: Layout) -> Array:
    factors = np.zeros((1, len(radio), UNKNOWNS))
    factors[0, :, 0] = 1.0
    factors[0, :, 4] = [float(layout.radios[number] != INSIDE) for number in radio]
    return factors


def _level_prior(model: Model) -> Prior:
    other = model.alternatives
    spread = np.array([other.level_spread, 1e-6, 1e-6, 1e-6, 8.0])
    return Prior(np.array([other.level, 0.0, 0.0, 0.0, 0.0]), spread)

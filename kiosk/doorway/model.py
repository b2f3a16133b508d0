"""The fitted numbers of the doorway, read from `model.toml` beside this file; units stand there."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Strength:
    """Strength over distance: mean and spread of what differs from phone to phone and door to door."""

    power: float
    power_spread: float
    slope: float
    slope_spread: float
    wall: float
    wall_spread: float
    body: float
    body_spread: float
    outside_gain: float
    outside_gain_spread: float
    height: float
    half_door: float


@dataclass(frozen=True, slots=True)
class Fading:
    """Noise around that strength."""

    slow: float
    slow_seconds: float
    fast: float
    drift: float
    drift_after: float


@dataclass(frozen=True, slots=True)
class Silence:
    """What it means to hear nothing."""

    floor: float
    missed: float
    weight: float
    weight_alternative: float


@dataclass(frozen=True, slots=True)
class Alternatives:
    """Phones that go through no passage."""

    walks: float
    level: float
    level_spread: float
    stays_seconds: float


@dataclass(frozen=True, slots=True)
class Deciding:
    """From likelihoods to probabilities."""

    temper: float
    odds: float
    odds_outside: float
    long_before: float
    long_seconds: float
    only_after: float
    faint: float
    faint_below: float
    there_before: float
    bystanders: float
    bystanders_weight: float
    unheard: float
    share: float
    share_weight: float


@dataclass(frozen=True, slots=True)
class Company:
    """Other devices that people carry: the odds of one heard around a passage, and who carries one as a rule."""

    odds: float
    with_app: float
    without_app: float
    weight: float


@dataclass(frozen=True, slots=True)
class Model:
    """All of it."""

    strength: Strength
    fading: Fading
    silence: Silence
    alternatives: Alternatives
    decision: Deciding
    company: Company


@cache
def usual_model() -> Model:
    """The numbers shipped with the kiosk."""
    return read_model(files("kiosk.doorway").joinpath("model.toml").read_text("utf-8"))


def read_model(text: str) -> Model:
    """A model from TOML. Raises TypeError for a number too many or too few."""
    tables = tomllib.loads(text)
    return Model(
        Strength(**tables["strength"]),
        Fading(**tables["fading"]),
        Silence(**tables["silence"]),
        Alternatives(**tables["alternatives"]),
        Deciding(**tables["decision"]),
        Company(**tables["company"]),
    )

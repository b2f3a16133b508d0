"""What one person carries: a phone or none, with the app or without, in the hand or in a bag."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np

from hardware.simulation.emitters import INTERVALS, POWER, Emitter, Kind
from hardware.simulation.parameters import Phones, Waves
from hardware.simulation.propagation import Worn

FOREVER = 1e9
"""Seconds: an address that never changes."""

SAME_ADDRESS = (Kind.IOS_OPEN, Kind.IOS_BACKGROUND, Kind.OVERFLOW)
"""What shares the one random address of an iPhone with its nearby info."""

T = TypeVar("T")


@dataclass(frozen=True)
class Belongings:
    """One person's sources of adverts, and where they are on the body."""

    smartphone: bool
    emitters: tuple[Emitter, ...]
    worn: Worn

    @property
    def app(self) -> bool:
        """Whether the app runs on this person's phone."""
        return any(emitter.app for emitter in self.emitters)


def draw_belongings(phones: Phones, waves: Waves, rng: np.random.Generator) -> Belongings:
    """What the next person carries."""
    smartphone = rng.random() < phones.smartphone
    model = rng.normal(waves.power_offset, waves.model_spread)
    kinds: list[Kind] = []
    if smartphone:
        iphone = rng.random() < phones.iphone
        if rng.random() < phones.app:
            kinds.append(_app(phones, iphone, rng))
        elif iphone and rng.random() < 0.25:
            kinds.append(Kind.OVERFLOW)
        if iphone:
            kinds.append(Kind.NEARBY)
    if rng.random() < phones.gadget:
        kinds.append(Kind.GADGET if rng.random() < 0.7 else Kind.EDDYSTONE)
    emitters = _of_one_phone([draw_emitter(kind, model, phones, rng) for kind in kinds])
    carried = pick(list(phones.carried), list(phones.carried.values()), rng)
    return Belongings(smartphone, emitters, Worn(carried, float(rng.choice([-1.0, 1.0]))))


def _of_one_phone(emitters: list[Emitter]) -> tuple[Emitter, ...]:
    """What an iPhone sends of itself goes out under one address; Exposure Notification has addresses of its own."""
    lead = next((emitter for emitter in emitters if emitter.kind in SAME_ADDRESS), None)
    return tuple(
        replace(emitter, secret=lead.secret, phase=lead.phase, address_seconds=lead.address_seconds)
        if lead is not None and emitter.kind is Kind.NEARBY
        else emitter
        for emitter in emitters
    )


def draw_emitter(kind: Kind, model: float, phones: Phones, rng: np.random.Generator) -> Emitter:
    """One source of adverts of this kind; `model` is what the phone's model sends more than the middle, in dB."""
    on, off = _duty(kind, phones, rng)
    return Emitter(
        kind=kind,
        secret=int(rng.integers(2**62)),
        power=POWER[kind] + model,
        interval=float(rng.choice(INTERVALS[kind])),
        address_seconds=_address_seconds(kind, on + off, phones, rng),
        identity_seconds=phones.identity_seconds,
        phase=float(rng.uniform(0, phones.identity_seconds)),
        on=on,
        off=off,
    )


def pick(choices: Sequence[T], weights: Sequence[float], rng: np.random.Generator) -> T:
    """One of the choices, by their weights."""
    share = np.array(weights) / sum(weights)
    return choices[int(rng.choice(len(choices), p=share))]


def _app(phones: Phones, iphone: bool, rng: np.random.Generator) -> Kind:
    if rng.random() < phones.exposure_notification:
        return Kind.EXPOSURE
    if not iphone:
        return Kind.ANDROID
    return Kind.IOS_OPEN if rng.random() < phones.ios_open else Kind.IOS_BACKGROUND


def _duty(kind: Kind, phones: Phones, rng: np.random.Generator) -> tuple[float, float]:
    if kind is not Kind.ANDROID:
        return 0.0, 0.0
    if rng.random() < phones.unknown_duty:
        # Nothing is known of such a cycle: anything from a third to all of the time on the air.
        on = float(rng.uniform(5, 30))
        return on, float(rng.uniform(0, 2 * on))
    return phones.duty


def _address_seconds(kind: Kind, cycle: float, phones: Phones, rng: np.random.Generator) -> float:
    if kind is Kind.EDDYSTONE:
        return FOREVER
    if kind is Kind.ANDROID:
        habit = rng.random()
        if habit < phones.address_hasty:
            return phones.hasty_seconds
        if habit < phones.address_hasty + phones.address_each_restart and cycle:
            return cycle
    return float(rng.uniform(*phones.address_seconds))

"""What a phone or gadget sends, and when: intervals, duty cycles, addresses and rolling IDs that change."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import blake2b

import numpy as np

from hardware.simulation.paths import Numbers

BLUEZONE = "00004e56-0000-1000-8000-00805f9b34fb"
BLUEZONE_IOS = "00004e56-73f5-4bc4-a12f-17d1ad07a667"
EXPOSURE_NOTIFICATION = "0000fd6f-0000-1000-8000-00805f9b34fb"
EDDYSTONE = "0000feaa-0000-1000-8000-00805f9b34fb"
APPLE, SAMSUNG, BLUEZONE_COMPANY = 0x004C, 0x0075, 0x22B5

DELAY = 0.010
"""Seconds: the specification adds a random 0 to 10 ms to every advertising interval."""


class Kind(StrEnum):
    """What sends. The first four are the app: the campaign counts Exposure Notification, which serves its purpose."""

    ANDROID = "Bluezone on Android"
    IOS_OPEN = "Bluezone open on iOS"
    IOS_BACKGROUND = "Bluezone in the background on iOS"
    EXPOSURE = "Exposure Notification"
    NEARBY = "Apple nearby info"
    OVERFLOW = "another app in the background on iOS"
    GADGET = "gadget"
    EDDYSTONE = "Eddystone beacon"


APP = frozenset({Kind.ANDROID, Kind.IOS_OPEN, Kind.IOS_BACKGROUND, Kind.EXPOSURE})

POWER: Mapping[Kind, float] = {
    Kind.ANDROID: -62.0,
    Kind.IOS_OPEN: -62.0,
    Kind.IOS_BACKGROUND: -62.0,
    Kind.EXPOSURE: -65.0,
    Kind.NEARBY: -62.0,
    Kind.OVERFLOW: -62.0,
    Kind.GADGET: -66.0,
    Kind.EDDYSTONE: -62.0,
}
"""dBm at one metre in the open, the middle of all models."""

INTERVALS: Mapping[Kind, tuple[float, ...]] = {
    Kind.ANDROID: (0.1,),  # low latency
    Kind.IOS_OPEN: (0.1725,),
    Kind.IOS_BACKGROUND: (0.2625,),
    Kind.EXPOSURE: (0.2625,),
    Kind.NEARBY: (0.1525, 0.3, 0.5, 1.5),
    Kind.OVERFLOW: (0.1525, 0.2625, 0.5, 1.5),
    Kind.GADGET: (0.1525, 0.5, 1.5, 2.9),
    Kind.EDDYSTONE: (0.1525, 0.5, 1.5),
}
"""Seconds between adverts, one drawn for each device."""


@dataclass(frozen=True)
class Advertising:
    """The parts of an advert that its content decides; the rest is time, strength and radio."""

    address: str
    service_uuids: tuple[str, ...] = ()
    service_data: Mapping[str, bytes] = field(default_factory=dict)
    manufacturer_data: Mapping[int, bytes] = field(default_factory=dict)
    local_name: str | None = None


@dataclass(frozen=True)
class Emitter:
    """One source of adverts.

    `power` is in dBm at one metre; `interval`, `on`, `off`, `phase` and the lifetimes of address and rolling ID are in
    seconds. `off` zero sends always. `secret` makes its addresses and IDs: same secret, same simulation.
    """

    kind: Kind
    secret: int
    power: float
    interval: float
    address_seconds: float
    identity_seconds: float
    phase: float = 0.0
    on: float = 0.0
    off: float = 0.0

    @property
    def app(self) -> bool:
        """Whether this is the app that the campaign asks for."""
        return self.kind in APP

    def sending(self, t: Numbers) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """At which of the times `t` it is in the sending part of its duty cycle."""
        if not self.off:
            return np.ones(len(t), dtype=np.bool_)
        return np.asarray((t + self.phase) % (self.on + self.off) < self.on)

    def times(self, start: float, end: float, rng: np.random.Generator) -> Numbers:
        """When it sends between `start` and `end`, in seconds, in order."""
        count = max(0, int((end - start) / self.interval)) + 1
        steps = self.interval + rng.uniform(0, DELAY, count)
        t = start + rng.uniform(0, self.interval) + np.concatenate([[0.0], np.cumsum(steps)])
        t = t[t < end]
        return np.asarray(t[self.sending(t)])

    def epoch(self, t: float) -> tuple[int, int]:
        """How often address and rolling ID have changed by the time `t`: while equal, the advert says the same."""
        identity = int((t + self.phase) // self.identity_seconds)
        # A rolling ID takes its address with it, or the old address would give away who has the new ID.
        return int((t + self.phase) // self.address_seconds) + 1000 * identity, identity

    def advertising(self, epoch: tuple[int, int]) -> Advertising:
        """What it says in that epoch."""
        address = self._address(epoch[0])
        identity = self._random("identity", epoch[1], 16)
        data = self._manufacturer_data(identity)
        match self.kind:
            case Kind.ANDROID:
                return Advertising(address, (BLUEZONE,), manufacturer_data=data)
            case Kind.IOS_OPEN:
                return Advertising(address, (BLUEZONE_IOS,), local_name="Bluezone")
            case Kind.EXPOSURE:
                sealed = identity + self._random("metadata", epoch[1], 4)
                return Advertising(address, (EXPOSURE_NOTIFICATION,), {EXPOSURE_NOTIFICATION: sealed})
            case Kind.EDDYSTONE:
                return Advertising(address, (EDDYSTONE,), {EDDYSTONE: b"\x00\xee" + self._random("beacon", 0, 16)})
            case _:
                return Advertising(address, manufacturer_data=data)

    def _manufacturer_data(self, identity: bytes) -> Mapping[int, bytes]:
        match self.kind:
            case Kind.ANDROID:
                return {BLUEZONE_COMPANY: identity[:12]}
            case Kind.IOS_BACKGROUND | Kind.OVERFLOW:
                return {APPLE: b"\x01" + self._mask(bluezone=self.app)}
            case Kind.NEARBY:
                return {APPLE: b"\x10\x05" + identity[:5]}
            case _:
                return {SAMSUNG: identity[:8]}

    def _address(self, epoch: int) -> str:
        raw = bytearray(self._random("address", epoch, 6))
        raw[0] = 0x40 | raw[0] & 0x3F  # the two highest bits 01: a resolvable private address
        return ":".join(f"{byte:02X}" for byte in raw)

    def _mask(self, bluezone: bool) -> bytes:
        """A 128-bit overflow mask: bit 3 is Bluezone's; another app's own bit is any other."""
        other = int.from_bytes(self._random("mask", 0, 2), "big") % 128
        bits = {3} if bluezone else {other if other != 3 else 4}
        if bluezone and other % 4 == 0:
            bits.add(other)  # a quarter of these phones have another such app too
        mask = bytearray(16)
        for bit in bits:
            mask[bit >> 3] |= 1 << (bit & 7)
        return bytes(mask)

    def _random(self, what: str, epoch: int, size: int) -> bytes:
        return blake2b(f"{self.secret} {what} {epoch}".encode(), digest_size=size).digest()

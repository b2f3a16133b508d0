"""Secrets: how codes and tokens are made, hashed and checked.

Only argon2 hashes are stored. A token that argon2 has verified once is remembered in memory under a keyed hash, so
that a request costs a dictionary look-up; the key is random per process and dies with it.
"""

import hashlib
import secrets
from collections import OrderedDict
from threading import BoundedSemaphore, Lock
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

CODE_LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"
"""Letters of a one-time code: none that are mistaken for one another when read out over the telephone."""

CODE_LENGTH: Final = 12
"""Letters of a code: 59 bits, beyond guessing at argon2's pace within the days that a code lives."""

HASHER: Final = PasswordHasher(memory_cost=19 * 1024, time_cost=2, parallelism=1)
"""OWASP's least for argon2id (KiB, passes, lanes). Our secrets are random, not chosen by people, so more buys nothing;
and after a restart 10,000 kiosks are verified within the hour, at some 20 ms each."""

REMEMBERED: Final = 20_000
"""Verified tokens kept in memory: twice the kiosks that a district is built for; about 4 MB."""

AT_ONCE: Final = 2
"""argon2 runs at the same time: each takes 19 MiB and a core, and strangers can ask for as many as they like."""


def new_code() -> str:
    """The secret part of a one-time code."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))


def new_secret() -> str:
    """The secret part of a token: 256 random bits."""
    return secrets.token_urlsafe(32)


class Verifier:
    """Hashes secrets and checks them against their hash. Safe to use from several threads."""

    def __init__(self, hasher: PasswordHasher = HASHER) -> None:
        self._hasher = hasher
        self._key = secrets.token_bytes(32)
        self._verified: OrderedDict[bytes, str] = OrderedDict()
        self._lock = Lock()
        self._slots = BoundedSemaphore(AT_ONCE)

    def hash(self, secret: str) -> str:
        """The hash to store."""
        with self._slots:
            return self._hasher.hash(secret)

    def knows(self, secret: str) -> bool:
        """Whether this secret was ever verified, against whichever hash."""
        with self._lock:
            return self._mark(secret) in self._verified

    def remembers(self, stored: str | None, secret: str) -> bool:
        """Whether this secret was verified against exactly this hash before; costs no argon2."""
        with self._lock:
            return stored is not None and self._verified.get(self._mark(secret)) == stored

    def verify(self, stored: str | None, secret: str) -> bool:
        """Whether the secret belongs to the hash. Remembers it if so. Slow the first time (argon2)."""
        if stored is None or self.remembers(stored, secret):
            return stored is not None
        try:
            with self._slots:
                self._hasher.verify(stored, secret)
        except (VerificationError, InvalidHashError):
            return False
        with self._lock:
            self._verified[self._mark(secret)] = stored
            while len(self._verified) > REMEMBERED:
                self._verified.popitem(last=False)
        return True

    def _mark(self, secret: str) -> bytes:
        return hashlib.blake2b(secret.encode(), key=self._key, digest_size=32).digest()

"""The chain of hashes over entries and corrections: a row changed, taken out or put in by hand breaks it.

Each hash is the SHA-256 of the hash before it followed by the row's values as a JSON list without blanks: all columns
but `hash` itself, in the order of the table. The chain shows what was changed by hand or by a bad card; whoever can
rewrite the whole file can also make a new chain, so the newest hash is worth writing down elsewhere
(`kiosk log --verify` prints it).
"""

import hashlib
import json
from collections.abc import Sequence
from typing import Any, Final

START: Final = b"\0" * 32
"""What stands before the first link."""

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def encode(row: Sequence[Any]) -> bytes:
    """The row's values without the hash, as they go into it."""
    return _encode(list(row)).encode()


def link_hash(before: bytes, encoded: bytes) -> bytes:
    """The hash of one encoded row, 32 bytes, given the hash before it."""
    return hashlib.sha256(before + encoded).digest()

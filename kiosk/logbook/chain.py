"""The chain of hashes over entries and corrections: a row changed, taken out or put in by hand breaks it.

Each hash is the SHA-256 of the hash before it followed by the row's values as a JSON list without blanks: all columns
but `hash` itself, in the order of the table. The chain shows what was changed by hand or by a bad card; whoever can
rewrite the whole file can also make a new chain, so the newest hash is worth writing down elsewhere
(`kiosk log --verify` prints it).
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from json.encoder import encode_basestring
from typing import Any, Final

START: Final = b"\0" * 32
"""What stands before the first link."""

_JSON: Final[Mapping[type, Callable[[Any], str]]] = {
    int: int.__repr__,
    float: float.__repr__,
    str: encode_basestring,
    type(None): lambda _: "null",
    bytes: repr,  # in no row of ours, but in one that a bad card has changed
}
"""What `json.dumps(..., ensure_ascii=False)` makes of each type that a column has; it sets up an encoder for each call,
which takes longer than the row."""


def encode(row: Sequence[Any]) -> bytes:
    """The row's values without the hash, as they go into it: whole and real numbers, plain strings and None."""
    return f"[{','.join([_JSON[type(value)](value) for value in row])}]".encode()


def link_hash(before: bytes, encoded: bytes) -> bytes:
    """The hash of one encoded row, 32 bytes, given the hash before it."""
    return hashlib.sha256(before + encoded).digest()

"""The chain of hashes over entries and corrections: a row changed, taken out or put in by hand breaks it.

Each hash is the SHA-256 of the hash before it followed by the row's values as a JSON list without blanks, in the order of
the columns named here. The chain shows what was changed by hand or by a bad card; whoever can rewrite the whole file can
also make a new chain, so the newest hash is worth writing down elsewhere (`kiosk log --verify` prints it).
"""

import hashlib
import json
from collections.abc import Sequence
from typing import Any, Final

START: Final = b"\0" * 32
"""What stands before the first link."""

ENTRY_COLUMNS: Final = (
    "id", "utc_ms", "day", "hour", "direction", "app", "confidence", "source", "officer", "boot_id", "monotonic",
    "clock_trusted", "link",
)  # fmt: skip
CORRECTION_COLUMNS: Final = (
    "id", "entry_id", "utc_ms", "direction", "app", "cancelled", "new_utc_ms", "new_day", "new_hour", "source",
    "confidence", "boot_id", "monotonic", "clock_trusted", "link",
)  # fmt: skip

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def link_hash(before: bytes, values: Sequence[Any]) -> bytes:
    """The hash of one row: 32 bytes. `values` are those of the columns above, in their order."""
    return hashlib.sha256(before + _encode(list(values)).encode()).digest()

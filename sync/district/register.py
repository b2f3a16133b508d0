"""The register of kiosks: who is known, by which token, on which board."""

import re
from collections.abc import Callable
from typing import Final

from sqlalchemy import Engine, insert, select, update

from sync.district.database import WRITES
from sync.district.refusals import NotRecognisedError
from sync.district.tables import kiosks
from sync.district.tokens import Verifier, new_code, new_secret
from sync.errors import DistrictError
from sync.wire import KIOSK_PATTERN, EnrollAnswer

CODE_DAYS: Final = 7
"""Days a one-time code lives: made on Monday, typed in on the visit of that week."""


class Register:
    """Kiosks and their secrets in the district's database. `now_ms` is the wall clock in epoch milliseconds."""

    def __init__(self, engine: Engine, verifier: Verifier, now_ms: Callable[[], int]) -> None:
        self._engine = engine.execution_options(**WRITES)
        self._verifier = verifier
        self._now_ms = now_ms

    def make_code(self, name: str) -> str:
        """Make the kiosk known, if it is not, and return a one-time code for it; an older code no longer works.

        Raises DistrictError for a name that cannot stand in a token.
        """
        if not re.fullmatch(KIOSK_PATTERN, name):
            raise DistrictError(
                f"{name!r}: a kiosk's name has letters, digits, - and _ only, at most 63, no - or _ first"
            )
        secret = new_code()
        now = self._now_ms()
        opened = {"code_hash": self._verifier.hash(secret), "code_until_ms": now + CODE_DAYS * 86_400_000}
        with self._engine.begin() as connection:
            known = connection.execute(update(kiosks).where(kiosks.c.name == name).values(**opened))
            if not known.rowcount:
                connection.execute(insert(kiosks).values(name=name, created_ms=now, **opened))
        return f"{name}.{secret}"

    def enroll(self, code: str, board: str) -> EnrollAnswer:
        """Exchange a code for a token that holds on `board` only; any earlier token of this kiosk ends.

        Raises NotRecognisedError when the code is unknown, used or too old.
        """
        name, _, typed = code.partition(".")
        now = self._now_ms()
        with self._engine.connect() as connection:
            found = connection.execute(
                select(kiosks.c.code_hash, kiosks.c.code_until_ms).where(kiosks.c.name == name)
            ).first()
        if found is None or not self._verifier.verify(found.code_hash, typed):
            raise NotRecognisedError("this code is unknown or was used already; ask for: district enroll-code KIOSK")
        if found.code_until_ms < now:
            raise NotRecognisedError(f"this code is older than {CODE_DAYS} days; ask for: district enroll-code KIOSK")
        secret = new_secret()
        taken = {
            "board": board,
            "token_hash": self._verifier.hash(secret),
            "enrolled_ms": now,
            "code_hash": None,
            "code_until_ms": None,
            "revoked_ms": None,
            "refused_board": None,
            "refused_ms": None,
        }
        with self._engine.begin() as connection:
            # The hash in the condition: of two that send the same code at once, one gets the token.
            won = connection.execute(
                update(kiosks).where(kiosks.c.name == name, kiosks.c.code_hash == found.code_hash).values(**taken)
            )
        if not won.rowcount:
            raise NotRecognisedError("this code was used a moment ago; ask for: district enroll-code KIOSK")
        return EnrollAnswer(kiosk=name, token=f"{name}.{secret}")

    def revoke(self, name: str) -> None:
        """End the kiosk's token and open code; its counts stay. Raises DistrictError for an unknown name."""
        ended = {"token_hash": None, "code_hash": None, "code_until_ms": None, "revoked_ms": self._now_ms()}
        with self._engine.begin() as connection:
            known = connection.execute(update(kiosks).where(kiosks.c.name == name).values(**ended))
        if not known.rowcount:
            raise DistrictError(f"{name}: no kiosk of that name; district report lists them")

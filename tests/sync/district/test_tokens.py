"""Hashing, and remembering what argon2 said."""

from sync.district.tokens import CODE_LENGTH, CODE_LETTERS, Verifier, new_code, new_secret
from tests.sync.district.desk import CHEAP


class Counting:
    """argon2 that counts how often it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    def hash(self, secret: str) -> str:
        return CHEAP.hash(secret)

    def verify(self, stored: str, secret: str) -> bool:
        self.asked += 1
        return CHEAP.verify(stored, secret)


def test_argon2_is_paid_once_for_a_good_secret_and_each_time_for_a_wrong_one():
    hasher = Counting()
    verifier = Verifier(hasher)  # type: ignore[arg-type]
    stored = verifier.hash("right")
    assert [verifier.verify(stored, "right") for _ in range(3)] == [True, True, True]
    assert hasher.asked == 1
    assert [verifier.verify(stored, "wrong") for _ in range(2)] == [False, False]
    assert hasher.asked == 3


def test_what_is_remembered_holds_for_that_hash_only():
    verifier = Verifier(CHEAP)
    old, new = verifier.hash("secret"), verifier.hash("other")
    assert verifier.verify(old, "secret")
    assert verifier.remembers(old, "secret")
    assert not verifier.remembers(new, "secret")
    assert not verifier.remembers(None, "secret")
    assert not verifier.verify(None, "secret")
    assert not verifier.verify("not a hash", "secret")


def test_memory_is_bounded(monkeypatch):
    monkeypatch.setattr("sync.district.tokens.REMEMBERED", 2)
    verifier = Verifier(CHEAP)
    hashes = {secret: verifier.hash(secret) for secret in "abc"}
    for secret, stored in hashes.items():
        verifier.verify(stored, secret)
    assert [verifier.knows(secret) for secret in "abc"] == [False, True, True]


def test_codes_can_be_read_out_and_secrets_are_long():
    assert all(len(code) == CODE_LENGTH and set(code) <= set(CODE_LETTERS) for code in (new_code() for _ in range(50)))
    assert not set("0o1il") & set(CODE_LETTERS)
    assert len({new_secret() for _ in range(50)}) == 50

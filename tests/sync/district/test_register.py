"""Codes and tokens."""

import re

import pytest

from sync.district.refusals import NotRecognisedError
from sync.district.register import CODE_DAYS
from sync.errors import DistrictError
from sync.wire import SECRET_PATTERN
from tests.sync.parts import BOARD, NOW_MS, OTHER_BOARD


def test_a_code_becomes_a_token_once(desk):
    code = desk.register.make_code("entrance-1")
    answer = desk.register.enroll(code, BOARD)
    assert answer.kiosk == "entrance-1"
    assert re.match(SECRET_PATTERN, code)
    assert re.match(SECRET_PATTERN, answer.token)
    with pytest.raises(NotRecognisedError, match="used already; ask for: district enroll-code"):
        desk.register.enroll(code, OTHER_BOARD)
    assert desk.kiosk().board == BOARD


def test_only_hashes_are_stored(desk):
    code = desk.register.make_code("entrance-1")
    stored = str(desk.kiosk())
    assert code.partition(".")[2] not in stored
    token = desk.register.enroll(code, BOARD).token
    assert token.partition(".")[2] not in str(desk.kiosk())
    assert desk.kiosk().token_hash.startswith("$argon2id$")


def test_a_newer_code_ends_the_older(desk):
    old = desk.register.make_code("entrance-1")
    new = desk.register.make_code("entrance-1")
    with pytest.raises(NotRecognisedError):
        desk.register.enroll(old, BOARD)
    assert desk.register.enroll(new, BOARD).kiosk == "entrance-1"


def test_a_code_expires(desk):
    code = desk.register.make_code("entrance-1")
    desk.now_ms += CODE_DAYS * 86_400_000 + 1
    with pytest.raises(NotRecognisedError, match="older than 7 days"):
        desk.register.enroll(code, BOARD)


@pytest.mark.parametrize("code", ["nobody.aaaaaaaaaaaa", "entrance-1.aaaaaaaaaaaa"])
def test_a_code_that_was_never_made_is_refused(desk, code):
    desk.register.make_code("entrance-1")
    with pytest.raises(NotRecognisedError, match="unknown"):
        desk.register.enroll(code, BOARD)


def test_a_revoked_kiosk_also_loses_its_open_code(desk):
    code = desk.register.make_code("entrance-1")
    desk.register.revoke("entrance-1")
    with pytest.raises(NotRecognisedError):
        desk.register.enroll(code, BOARD)
    assert desk.kiosk().revoked_ms == NOW_MS


def test_enrolling_again_ends_the_revocation(desk):
    desk.token()
    desk.register.revoke("entrance-1")
    desk.token()
    assert (desk.kiosk().revoked_ms, desk.kiosk().enrolled_ms) == (None, NOW_MS)


@pytest.mark.parametrize("name", ["", "a b", "a.b", "-a", "x" * 64, "cửa-chính", "a/b", "a\n"])
def test_a_name_that_cannot_stand_in_a_token_is_refused(desk, name):
    with pytest.raises(DistrictError, match="letters, digits"):
        desk.register.make_code(name)


def test_an_unknown_kiosk_cannot_be_revoked(desk):
    with pytest.raises(DistrictError, match="nobody: no kiosk of that name"):
        desk.register.revoke("nobody")

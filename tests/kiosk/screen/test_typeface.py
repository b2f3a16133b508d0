"""The letters: every character of every language is in the font, by its character map."""

import sys

import pytest
from fontTools.ttLib import TTFont

from kiosk.languages import load_language
from kiosk.screen import roles
from kiosk.screen.fitting import fitted
from kiosk.screen.letters import letter_remarks
from kiosk.screen.roles import Role
from kiosk.screen.ruler import Ruler
from kiosk.screen.typeface import FAMILY, Typeface, shipped_folder

WEIGHTS = sorted({role.weight for role in vars(roles).values() if isinstance(role, Role)})
VIETNAMESE = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ"


def characters(weight):
    return set(TTFont(shipped_folder() / f"{FAMILY}-{weight}.ttf").getBestCmap())


@pytest.fixture(scope="module")
def typeface():
    return Typeface(Ruler((1920, 1080), 24))


@pytest.mark.parametrize("weight", WEIGHTS)
@pytest.mark.parametrize("code", ["vi", "en"])
def test_every_character_of_a_language_is_in_the_font(code, weight):
    texts = "".join(text for variants in load_language(code).texts.values() for text in variants)
    known = characters(weight)
    assert [letter for letter in set(texts) if not letter.isspace() and ord(letter) not in known] == []


@pytest.mark.parametrize("weight", WEIGHTS)
def test_every_vietnamese_letter_is_in_the_font(weight):
    known = characters(weight)
    assert [letter for letter in VIETNAMESE + VIETNAMESE.upper() if ord(letter) not in known] == []


def test_what_is_missing_agrees_with_the_character_map(typeface):
    known = characters("Regular")
    tried = VIETNAMESE + "中文😀☂ΩЖ→±•·…–“”"
    assert set(typeface.missing(tried)) == {letter for letter in tried if ord(letter) not in known}


def test_characters_the_font_lacks_are_left_out(typeface):
    assert typeface.drawable("Xin 😀 chào 中") == "Xin chào"


def test_without_the_font_letters_lose_their_marks_but_stay(tmp_path):
    typeface = Typeface(Ruler((1920, 1080), 24), tmp_path)
    assert typeface.drawable("Mời gặp người trực") == "Moi gap nguoi truc"
    assert any("is missing" in remark for remark in typeface.remarks)


def test_a_font_that_is_not_installed_is_one_line(monkeypatch):
    assert letter_remarks({"vi": ["Mời gặp người trực"]}) == ()
    monkeypatch.setitem(sys.modules, "fontpkg_be_vietnam_pro", None)
    [remark] = letter_remarks({"vi": ["Mời gặp người trực"]})
    assert "BeVietnamPro-Regular.ttf is missing" in remark


def test_the_capital_h_is_as_high_as_its_role_says(typeface):
    box = typeface.ink("H", roles.HEADLINE, (0, 0, 0))
    assert box.height == pytest.approx(28 * Ruler((1920, 1080), 24).unit, abs=1.5)
    assert box.bottom == pytest.approx(0, abs=1)


def test_the_longest_variant_that_fits_is_taken(typeface):
    variants = ["Cài rồi mở ứng dụng", "Mở ứng dụng", "Mở"]
    wide = typeface.width(variants[0], roles.STEP)
    assert fitted(typeface, variants, roles.STEP, wide + 1, 1) == (variants[0],)
    assert fitted(typeface, variants, roles.STEP, wide - 1, 1) == (variants[1],)


def test_what_fits_in_no_variant_is_cut_with_an_ellipsis(typeface):
    lines = fitted(typeface, ["dài " * 1200], roles.NOTICE, 600, 3)
    assert len(lines) == 3
    assert lines[-1].endswith("…")
    assert all(typeface.width(line, roles.NOTICE) <= 600 for line in lines)


def test_one_endless_word_is_cut_too(typeface):
    lines = fitted(typeface, ["x" * 5000], roles.HEADLINE, 600, 2)
    assert lines[0].endswith("…")
    assert all(typeface.width(line, roles.HEADLINE) <= 600 for line in lines)

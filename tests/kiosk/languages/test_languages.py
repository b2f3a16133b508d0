import re
import unicodedata

import pytest

from kiosk.campaign import load_campaign
from kiosk.errors import CampaignError
from kiosk.languages import Words, load_language, speak

BRACES = re.compile(r"\{(\w+)\}")


def test_every_key_is_in_both_languages():
    assert load_language("en").missing() == ()
    assert load_language("en").unknown() == ()


@pytest.mark.parametrize("code", ["vi", "en"])
def test_texts_are_composed_and_clean(code):
    language = load_language(code)
    assert language.remarks == ()
    texts = [text for variants in language.texts.values() for text in variants]
    assert [text for text in texts if unicodedata.normalize("NFC", text) != text] == []


@pytest.mark.parametrize("code", ["vi", "en"])
def test_variants_get_shorter(code):
    wrong = [
        key
        for key, variants in load_language(code).texts.items()
        if (lengths := [len(BRACES.sub("x" * 24, text)) for text in variants]) != sorted(lengths, reverse=True)
    ]
    assert wrong == []


def test_both_languages_fill_the_same_braces():
    def names(texts):
        return {name for text in texts for name in BRACES.findall(text)}

    vietnamese, english = load_language("vi").texts, load_language("en").texts
    assert {key for key in vietnamese if names(vietnamese[key]) != names(english[key])} == set()


def test_a_new_language_is_one_file_and_what_it_lacks_falls_back(tmp_path):
    (tmp_path / "tay.toml").write_text('name = "Tày"\n[texts]\n"steps.1" = "Quét"\n"steps.9" = "?"\n')
    language = load_language("tay", tmp_path)
    assert "steps.2" in language.missing()
    assert language.unknown() == ("steps.9",)
    (phrases,), remarks = speak(["tay"], {}, {}, tmp_path)
    assert remarks == ()
    assert phrases.variants(Words("steps.1")) == ("Quét",)
    assert phrases.variants(Words("steps.3")) == ("Bật Bluetooth",)


def test_a_campaign_replaces_a_text_and_values_fill_it():
    campaign = load_campaign("bluezone")
    phrases, _ = speak(["vi"], {"vi": {"invite.headline": "Mời dùng {app}"}}, {"vi": {"app": campaign.app}})
    assert phrases[0].variants(Words("invite.headline")) == ("Mời dùng Bluezone",)


def test_a_text_may_hold_another():
    phrases, _ = speak(["en"], {}, {})
    words = Words.of("saved.title", action=Words("action.shown"))
    assert phrases[0].variants(words) == ("Saved: app seen", "Saved")


@pytest.mark.parametrize("code", ["fr", "../vi", "", "a" * 300])
def test_an_unknown_language_is_named(code):
    with pytest.raises(CampaignError, match="there is en, vi"):
        load_language(code)


def test_no_known_language_at_all_still_speaks():
    phrases, remarks = speak(["fr"], {}, {})
    assert phrases[0].variants(Words("steps.1")) == ("Quét mã",)
    assert len(remarks) == 1


@pytest.mark.parametrize("text", ["[texts", "texts = 3", "x = 1"])
def test_a_broken_file_is_named(tmp_path, text):
    (tmp_path / "xx.toml").write_text(text)
    with pytest.raises(CampaignError, match=r"xx\.toml"):
        load_language("xx", tmp_path)


def test_a_key_of_the_wrong_kind_is_left_out_and_named(tmp_path):
    (tmp_path / "xx.toml").write_text('[texts]\n"steps.1" = 3\n"steps.2" = "\\u0007"\n')
    assert [remark.split(": ")[1] for remark in load_language("xx", tmp_path).remarks] == [
        "steps.1",
        "steps.2",
        "steps.2",
    ]

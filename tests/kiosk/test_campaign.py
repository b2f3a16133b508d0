"""Campaign files as an office might write them, good and hostile."""

import datetime

import pygame
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.campaign import best_campaign, load_campaign
from kiosk.errors import CampaignError
from kiosk.screen.build import build_painter, spoken
from kiosk.screen.samples import SAMPLES, sample
from kiosk.settings import KioskSection, Settings, SoundSection

GOOD = 'app = "Sổ Khỏe"\naddress = "https://so.example.vn"\npurpose = "chăm sóc sức khỏe"\n'


@pytest.fixture
def write(tmp_path):
    def write(text):
        path = tmp_path / "campaign.toml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return str(path)

    return write


def test_the_shipped_campaign():
    campaign = load_campaign("bluezone")
    assert (campaign.app, campaign.address, campaign.profiles) == (
        "Bluezone",
        "https://bluezone.gov.vn",
        ("bluezone", "exposure-notification"),
    )
    assert campaign.remarks == ()
    assert campaign.purpose_in("en") == "epidemic control"


def test_a_campaign_runs_between_its_dates(write):
    campaign = load_campaign(write(GOOD + "begins = 2026-01-05\nends = 2026-02-01\n"))
    days = [datetime.date(2026, 1, 4), datetime.date(2026, 1, 5), datetime.date(2026, 2, 1), datetime.date(2026, 2, 2)]
    assert [campaign.running(day) for day in days] == [False, True, True, False]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("app = 3\n" + 'address = "https://a.vn"', "app: "),
        (GOOD + "colour = 1\n", "colour: no such key"),
        (GOOD.replace("https://so.example.vn", "so.example.vn"), "address: not a web address"),
        (GOOD.replace("https://so.example.vn", "https://số.vn"), "address: not a web address"),
        ("app = ", "not TOML"),
        ("app = 1" + 5000 * "0", "not TOML"),
        ("app = " + 6000 * "[", "not TOML"),
        (GOOD.replace("so.example.vn", "a" * 300), "address: longer than 300 characters"),
        (GOOD + '[texts.vi]\n"steps.1" = 7\n', "texts.vi.steps.1: neither a text nor a list of texts"),
        (b"app = '\xff'", "not UTF-8"),
        ("", "app: field required"),
    ],
)
def test_each_fault_is_one_line_that_names_the_key(write, text, says):
    path = write(text)
    with pytest.raises(CampaignError) as caught:
        load_campaign(path)
    assert any(says in line and line.startswith(path) for line in str(caught.value).splitlines())


def test_all_faults_are_told_at_once(write):
    with pytest.raises(CampaignError) as caught:
        load_campaign(write('app = ""\naddress = "x"\ncolour = 1\n'))
    assert len(str(caught.value).splitlines()) == 3


def test_a_campaign_that_is_not_there_is_named():
    with pytest.raises(CampaignError, match=r"no campaign named 'next': there is bluezone"):
        load_campaign("next")
    with pytest.raises(CampaignError, match=r"/nowhere/x\.toml: cannot be read: No such file"):
        load_campaign("/nowhere/x.toml")


def test_a_long_address_is_warned_of(write):
    campaign = load_campaign(write(GOOD.replace("so.example.vn", "a" * 25)))
    assert "address has 33 bytes" in campaign.remarks[0]


def test_what_is_right_of_a_wrong_file_is_kept(write):
    campaign = best_campaign(write('app = "Sổ Khỏe"\naddress = "nonsense"\n'))
    assert (campaign.app, campaign.address) == ("Sổ Khỏe", "https://bluezone.gov.vn")
    assert "address: not a web address" in campaign.remarks[0]


HOSTILE = [
    "á" * 5000,
    "Mời " * 1500,
    "😀🦠 cài 😀",
    "a\x00b\x07c\x1b[31m",
    "\u202eexe.piz\u202c",
    "مرحبا بكم",
    "שלום",
    "\ud7ff\ufdd0",
    "e\u0323\u0302" * 40,
    "\u0301\u0301\u0301",
    "   \n\n\t ",
    "{app.__class__}{0}{",
]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_texts_are_named_and_something_is_always_shown(write, hostile):
    quoted = "".join(c if c.isalnum() or c == " " else f"\\U{ord(c):08x}" for c in hostile)
    texts = f'[texts.vi]\n"invite.headline" = "{quoted}"\n"steps.2" = "{quoted}"\nnotice = ["{quoted}"]\n'
    path = write(GOOD + f'shown_address = "{quoted}"\nauthority = "{quoted}"\n' + texts)
    hung = Settings(kiosk=KioskSection(campaign=path, organisation=hostile))
    painter, spoken = build_painter(hung, (1024, 600))
    inside = pygame.Rect(0, 0, 1024, 600)
    for block in painter.blocks(sample("invite")):
        assert inside.contains(pygame.Rect(block.rect)), block
        if block.name == "headline":
            assert any(line.strip() for line in block.text.lines)
    if len(hostile) > 240 or any(ord(c) < 32 and c != "\n" for c in hostile):
        assert any("invite.headline" in remark for remark in spoken.remarks)


def test_what_the_font_lacks_is_named_once_for_each_source(write):
    path = write(GOOD.replace("Sổ Khỏe", "Sổ 😀") + '[texts.vi]\n"steps.1" = "Quét 🦠"\n')
    remarks = spoken(Settings(kiosk=KioskSection(campaign=path, organisation="中 Ủy ban"))).remarks
    assert remarks == (f"{path}: the font has no 😀 🦠; left out", "kiosk.organisation: the font has no 中; left out")


def test_files_the_settings_name_and_nobody_put_there_are_named(tmp_path):
    hung = Settings(
        kiosk=KioskSection(languages=tmp_path / "none"), sound=SoundSection(invitation=tmp_path / "none.wav")
    )
    folder, sound = spoken(hung).remarks
    assert folder.startswith(f"kiosk.languages: {tmp_path}/none: no such folder")
    assert sound.startswith(f"sound.invitation: {tmp_path}/none.wav: no such file")


@settings(max_examples=40, deadline=None)
@given(text=st.text(max_size=400))
def test_no_text_at_all_breaks_a_scene(text):
    painter, _ = build_painter(Settings(kiosk=KioskSection(organisation=text)), (800, 480))
    surface = pygame.Surface((800, 480))
    painter.paint(surface, sample(next(iter(SAMPLES))))
    assert surface.get_at((5, 5))[:3] == (0xF5, 0xF2, 0xEB)

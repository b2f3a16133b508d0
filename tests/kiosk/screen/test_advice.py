import pytest

from kiosk.campaign import load_campaign
from kiosk.screen.advice import panel_advice, reading_distance


@pytest.fixture(scope="module")
def campaign():
    return load_campaign("bluezone")


def test_a_24_inch_panel_is_read_in_passing(campaign):
    assert reading_distance((1920, 1080), 24, campaign) > 1.45
    assert panel_advice((1920, 1080), 24, campaign) == ()


def test_a_7_inch_panel_says_from_where_it_can_be_read(campaign):
    assert reading_distance((800, 480), 7, campaign) == pytest.approx(0.44, abs=0.03)
    assert panel_advice((800, 480), 7, campaign) == (
        "screen: the code on this 7-inch panel is read from 0.44 m at most; "
        "for 1 m take one of 16 inches, or hang it where people can step close",
    )

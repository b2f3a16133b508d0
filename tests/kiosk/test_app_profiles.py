"""A campaign says which beacons count by name."""

import pytest

from hardware.profiles import load_profiles
from kiosk.app_profiles import app_profiles
from kiosk.campaign import Campaign, load_campaign
from kiosk.errors import CampaignError

KNOWN = load_profiles()


def campaign(*profiles: str) -> Campaign:
    return Campaign(app="Example", address="https://example.org", profiles=profiles)


def test_a_name_stands_for_the_whole_family():
    names = {profile.name for profile in app_profiles(campaign("bluezone"), KNOWN)}

    assert names >= {"bluezone-android", "bluezone-ios", "bluezone-ios-background"}
    assert "exposure-notification" not in names


def test_a_full_name_stands_for_itself():
    assert [p.name for p in app_profiles(campaign("bluezone-ios"), KNOWN)] == [
        "bluezone-ios",
        "bluezone-ios-background",
    ]
    assert [p.name for p in app_profiles(campaign("eddystone"), KNOWN)] == ["eddystone"]


def test_the_shipped_campaign_names_profiles_that_there_are():
    assert app_profiles(load_campaign("bluezone"), KNOWN)


def test_an_unknown_name_is_answered_with_the_nearest():
    with pytest.raises(CampaignError, match="no beacon profile named 'bluezon'; did you mean bluezone"):
        app_profiles(campaign("bluezon"), KNOWN)

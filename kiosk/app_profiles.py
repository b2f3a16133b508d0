"""Which beacon profiles show that the campaign's app is running."""

import difflib
from collections.abc import Sequence

from hardware.profiles import BeaconProfile
from kiosk.campaign import Campaign
from kiosk.errors import CampaignError


def app_profiles(campaign: Campaign, known: Sequence[BeaconProfile]) -> tuple[BeaconProfile, ...]:
    """The profiles of `known` that the campaign names, in their order.

    A name stands for the profile of that name and for all that begin with it and a hyphen: `bluezone` is Bluezone on
    Android, on iOS and in the background. Raises CampaignError naming the nearest known name.
    """
    for name in campaign.profiles:
        if not any(_means(name, profile) for profile in known):
            families = {profile.name for profile in known} | {profile.name.split("-")[0] for profile in known}
            near = difflib.get_close_matches(name, sorted(families), n=1)
            remedy = f"did you mean {near[0]}?" if near else "see docs/beacon-profiles.md for how to add it"
            raise CampaignError(f"campaign {campaign.app}: no beacon profile named {name!r}; {remedy}")
    return tuple(profile for profile in known if any(_means(name, profile) for name in campaign.profiles))


def _means(name: str, profile: BeaconProfile) -> bool:
    return profile.name == name or profile.name.startswith(f"{name}-")

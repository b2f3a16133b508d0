"""What an admin should know about a panel before visitors do: from how far its code can be read."""

from typing import Final

from kiosk.campaign import Campaign
from kiosk.screen.places import places
from kiosk.screen.qr import READING_RATIO, QrCode
from kiosk.screen.ruler import Ruler

ARMS_LENGTH: Final = 1.0
"""Metres: nearer than that people queue up before a code instead of scanning it as they pass."""


def reading_distance(size: tuple[int, int], inches: float, campaign: Campaign) -> float:
    """Metres from which a phone reads the campaign's code on a panel of `size` pixels and `inches` of diagonal."""
    ruler, code = Ruler(size, inches), QrCode(campaign.address)
    module = places(ruler, code.modules_with_quiet_zone).module
    return READING_RATIO * code.modules * module / ruler.pixels_per_millimetre / 1000


def panel_advice(size: tuple[int, int], inches: float, campaign: Campaign) -> tuple[str, ...]:
    """One line for each thing that is poor about this panel for this campaign."""
    distance = reading_distance(size, inches, campaign)
    if distance >= ARMS_LENGTH:
        return ()
    wanted = inches * ARMS_LENGTH / distance
    return (
        f"screen: the code on this {inches:g}-inch panel is read from {distance:.2f} m at most; "
        f"for {ARMS_LENGTH:g} m take one of {wanted:.0f} inches, or hang it where people can step close",
    )

"""Every kind of text on the screen: how high, how heavy, how far apart its lines are."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Role:
    """One kind of text.

    `cap` is the height of a capital H in millimetres on a 24-inch panel, `pitch` the distance of two baselines in cap
    heights, `tracking` the extra space after each letter in ems.
    """

    name: str
    cap: float
    weight: str
    pitch: float = 1.75
    tracking: float = 0.0


# The heights are those that were read at the distance each text is for: the headline at 3 m, the steps at 1.5 m.
HEADLINE: Final = Role("headline", 28.0, "ExtraBold", 1.568, -0.02)
ORGANISATION: Final = Role("organisation", 7.5, "SemiBold")
STEP: Final = Role("step", 12.0, "SemiBold")
STEP_NUMBER: Final = Role("step number", 9.5, "ExtraBold")
BODY: Final = Role("body", 12.0, "SemiBold", 1.9)
BESIDE: Final = Role("second language", 8.5, "Medium")
HELP: Final = Role("help", 8.5, "Medium")
HELP_STRONG: Final = Role("help, strong", 8.5, "ExtraBold")
NOTICE: Final = Role("notice", 7.5, "Regular", 1.6)
NOTICE_UPRIGHT: Final = Role("notice, upright", 6.2, "Regular", 1.65)
CORNER: Final = Role("corner", 4.2, "Medium")
PILL: Final = Role("pill", 4.2, "SemiBold")
ADDRESS: Final = Role("address", 9.0, "SemiBold")
DOOR_TITLE: Final = Role("door title", 14.5, "ExtraBold", 1.6)
DOOR_LINE: Final = Role("door line", 9.0, "SemiBold", 1.7)
CARD_TITLE: Final = Role("card title", 12.0, "Bold", 1.6)
PAD: Final = Role("pad", 6.0, "SemiBold", 1.7)
PAD_DIGIT: Final = Role("pad digit", 9.0, "Bold")
CARD_LINE: Final = Role("card line", 7.5, "Medium", 1.65)

"""The usual model drawn towards what the guided walk measured at this door.

The walk carries one phone, so it tells the door and that phone together: what it says of the door is believed as far as
doors differ more than phones and walks do (a posterior of Gaussians), and what is left of the spread is the phones'.
"""

from dataclasses import replace
from math import hypot, log10
from typing import Final

from kiosk.doorway.layout import Calibration, Layout
from kiosk.doorway.model import Model, Strength

DOORS: Final = 5.0
"""dB by which receivers, and the places where they hang, differ: chip aerials, metal boxes, pillars."""

PHONES: Final = 5.0
"""dB by which phone models differ; the installer's is one of them."""

WALKS: Final = 2.5
"""dB by which a walk is off: slow fading at three stands and two crossings (docs/calibration.md)."""

CARRIED: Final = 2.5
"""dB that pocket and bag take from the mean of all phones, a third of which are in a hand."""

IN_POCKETS: Final = 0.45
"""Share of phones that are in a pocket: so much of what this door's pockets take beyond the usual counts for all."""

USUAL_POCKET: Final = 4.0
"""dB that a pocket takes on the side of the radio."""

BODY_AT_DOOR: Final = 2.0
"""dB that the walker's own body takes at the door line, the mean of walking in and out."""

CLOSE_DIFFERS: Final = 12.0
"""dB that `close` may be from the usual: as far as receivers go; beyond it the walk was not done as said."""

SLOPES: Final = 0.4
SLOPE_OFF: Final = 0.3
"""By how much doors differ in the path-loss exponent, and by how much the walk is off."""

GAINS: Final = 3.5
GAIN_OFF: Final = 2.8
"""dB by which the second radio of a door differs from the first, and by how much the walk is off: one stand."""


def calibrated(model: Model, layout: Layout) -> Model:
    """The model of the door of `layout`; the usual one where nobody walked. Numbers that were not measured stay."""
    measured = layout.calibration
    if measured is None:
        return model
    strength = _slope(model.strength, measured)
    strength = _power(strength, measured, layout)
    return replace(model, strength=_gain(strength, measured))


def close_of(measured: Calibration | None, usual: float) -> float:
    """Strength in dBm from which a phone is held to the kiosk: as measured, if that is possible at all."""
    if measured is None or measured.close is None:
        return usual
    return min(max(measured.close, usual - CLOSE_DIFFERS), usual + CLOSE_DIFFERS)


def _slope(strength: Strength, measured: Calibration) -> Strength:
    """The spread stays: it is narrower than a walk is sure, since it also stands for ways that the shapes lack."""
    if measured.slope is None:
        return strength
    return replace(strength, slope=_drawn(strength.slope, measured.slope, SLOPES, SLOPE_OFF))


def _power(strength: Strength, measured: Calibration, layout: Layout) -> Strength:
    """Power at one metre, from the stand in the open and from the door line, which alone sees what stands between."""
    said = []
    usual_hand = strength.power + CARRIED
    if measured.reference is not None:
        said.append(measured.reference - usual_hand)
    if measured.door is not None:
        pocket = USUAL_POCKET if measured.pocket_loss is None else measured.pocket_loss
        metres = min(hypot(*layout.radio_place(radio), strength.height) for radio in layout.radios)
        hand = measured.door + pocket + BODY_AT_DOOR + 10 * strength.slope * log10(metres)
        said.append(hand - usual_hand)
    if not said:
        return strength
    believed = _believed(DOORS, hypot(PHONES, WALKS))
    pockets = 0.0 if measured.pocket_loss is None else IN_POCKETS * (measured.pocket_loss - USUAL_POCKET)
    spread = max(strength.power_spread**2 - believed * DOORS**2, PHONES**2) ** 0.5
    return replace(
        strength, power=strength.power + believed * sum(said) / len(said) - believed * pockets, power_spread=spread
    )


def _gain(strength: Strength, measured: Calibration) -> Strength:
    """Not believed to be more certain than it was: one stand leaves more open than the usual spread."""
    if measured.second_offset is None:
        return strength
    gain = _drawn(strength.outside_gain, measured.second_offset, GAINS, GAIN_OFF)
    return replace(strength, outside_gain=gain)


def _believed(differ: float, off: float) -> float:
    """The share (0 to 1) of a measured difference that is the door's."""
    return differ**2 / (differ**2 + off**2)


def _drawn(usual: float, measured: float, differ: float, off: float) -> float:
    return usual + _believed(differ, off) * (measured - usual)

"""Where things stand at the door: what the doorway knows before anybody comes."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Place = tuple[float, float]
"""Metres: x from the door line into the building, y along the wall from the middle of the door."""

INSIDE = "inside"
OUTSIDE = "outside"

USUAL_RADIO_PLACES: Mapping[str, Place] = {INSIDE: (0.8, 1.2), OUTSIDE: (-0.5, 1.3)}
"""The kiosk stands beside the way in, out of the door's swing; a second adapter hangs on the outer wall."""

BEAM_SPACING = 0.3
"""Metres between the two beams when nobody measured it: what fits on one door frame."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """What the guided walk measured at this door with one phone; None where that has not been measured.

    `reference` is the mean strength in dBm of the phone in a hand, one metre in the open from the first radio; phone
    models differ from it by 5 dB and more. `slope` is the path-loss exponent: with each tenfold distance strength falls
    by 10 times as many dB. `pocket_loss` is what a pocket takes, in dB, from a phone on the side of the radio.
    `second_offset` is what the second radio hears more than the first at the same distance, in dB. `close` is the
    strength in dBm above which a phone is held to the kiosk; `door` that of a phone in a pocket at the door line, at
    the radio that hears it best.
    """

    reference: float | None = None
    slope: float | None = None
    pocket_loss: float | None = None
    second_offset: float | None = None
    close: float | None = None
    door: float | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """The sensors across the door, the radios, and where each is.

    Two `sensors` are the outer and the inner beam, in this order; one is a beam or a motion sensor that cannot tell
    direction; none leaves the radio alone. `places` may lack any of them. `calibration` is what the guided walk
    measured, None at a door where nobody walked.
    """

    sensors: tuple[str, ...] = ("outer", "inner")
    radios: tuple[str, ...] = (INSIDE,)
    places: Mapping[str, Place] = field(default_factory=dict)
    calibration: Calibration | None = None

    @property
    def two_beams(self) -> bool:
        """Whether the order of the beams tells direction."""
        return len(self.sensors) >= 2

    @property
    def spacing(self) -> float:
        """Metres between the beams along the way through; walking speed is this over their lag."""
        if not self.two_beams:
            return BEAM_SPACING
        outer, inner = (self.places.get(sensor) for sensor in self.sensors[:2])
        if outer is None or inner is None:
            return BEAM_SPACING
        distance = inner[0] - outer[0]
        return distance if distance > 0.02 else BEAM_SPACING

    def radio_place(self, radio: str) -> Place:
        """Where a radio is, in metres; the usual place of its name, or the kiosk's, when nobody measured it."""
        return self.places.get(radio) or USUAL_RADIO_PLACES.get(radio) or USUAL_RADIO_PLACES[INSIDE]

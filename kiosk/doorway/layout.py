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
class Layout:
    """The sensors across the door, the radios, and where each is.

    Two `sensors` are the outer and the inner beam, in this order; one is a beam or a motion sensor that cannot tell
    direction; none leaves the radio alone. `places` may lack any of them.
    """

    sensors: tuple[str, ...] = ("outer", "inner")
    radios: tuple[str, ...] = (INSIDE,)
    places: Mapping[str, Place] = field(default_factory=dict)

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

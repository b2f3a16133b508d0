"""What every part of the picture draws with: the panel's measures, its type, its words and its colours."""

from dataclasses import dataclass

from kiosk.languages import Phrases
from kiosk.screen.palette import DAY, NIGHT, Palette
from kiosk.screen.places import Places
from kiosk.screen.ruler import Ruler
from kiosk.screen.scene import Scene
from kiosk.screen.typeface import Typeface


@dataclass(frozen=True, slots=True)
class Pens:
    """Made once for a panel."""

    ruler: Ruler
    typeface: Typeface
    places: Places
    languages: tuple[Phrases, ...]
    palettes: tuple[Palette, Palette] = (DAY, NIGHT)

    def px(self, millimetres: float) -> int:
        """Whole pixels for so many millimetres of the layout."""
        return self.ruler.pixels(millimetres)

    def palette(self, scene: Scene) -> Palette:
        """The colours of the scene's time of day."""
        return self.palettes[scene.night]

    def phrases(self, scene: Scene) -> Phrases:
        """The language the scene speaks."""
        return self.languages[scene.language % len(self.languages)]

    def phrases_beside(self, scene: Scene) -> Phrases | None:
        """The language that stands beside the scene's, smaller; None where only one is spoken."""
        others = [phrases for phrases in self.languages if phrases is not self.phrases(scene)]
        return others[0] if others else None

    def officers_phrases(self) -> Phrases:
        """The language the officer reads: always the first."""
        return self.languages[0]

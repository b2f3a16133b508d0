"""Text from a file somebody else wrote, made fit to be shown: composed, bounded, without what a panel cannot draw."""

import unicodedata
from dataclasses import dataclass
from typing import Final

LONGEST: Final = 240
"""Characters: three times a visitor's glance in words; the longest text of our own has 150."""

_KEPT_CONTROLS: Final = "\n"
_UNWANTED: Final = {
    "Cc": "control characters",
    "Cf": "invisible formatting characters",
    "Cs": "broken characters",
    "Co": "private-use characters",
    "Cn": "unassigned characters",
}


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A text fit to be shown, and what had to be taken out of it, in words."""

    text: str
    faults: tuple[str, ...] = ()


def clean(text: str, longest: int = LONGEST) -> Cleaned:
    """Return `text` composed (NFC), without unprintable or right-to-left characters, at most `longest` characters.

    Right-to-left letters are taken out because one of them reverses the line around it, numbers included.
    """
    faults: dict[str, None] = {}
    kept = []
    for character in unicodedata.normalize("NFC", text[: 20 * longest]):
        category = unicodedata.category(character)
        if character in _KEPT_CONTROLS:
            kept.append(character)
        elif category in _UNWANTED:
            faults[_UNWANTED[category]] = None
            kept.append(" " if category == "Cc" else "")
        elif unicodedata.bidirectional(character) in ("R", "AL", "AN"):
            faults["right-to-left letters"] = None
        else:
            kept.append(character)
    lines = [" ".join(line.split()) for line in "".join(kept).split("\n")]
    result = "\n".join(line for line in lines if line)
    if len(text) > longest:
        faults[f"everything beyond {longest} characters"] = None
    return Cleaned(result[:longest].rstrip(), tuple(faults))

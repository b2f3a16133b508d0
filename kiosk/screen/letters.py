"""What the font cannot draw of the words to be shown, and which of its files are missing: told once, at the start."""

from collections.abc import Iterable, Mapping

from kiosk.screen import roles
from kiosk.screen.roles import Role
from kiosk.screen.ruler import Ruler
from kiosk.screen.typeface import Typeface


def letter_remarks(shown: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """A line on files the font lacks, else one for each source of `shown` (source to its texts) with odd letters."""
    typeface = Typeface(Ruler((1920, 1080), 24))
    for weight in sorted({role.weight for role in vars(roles).values() if isinstance(role, Role)}):
        typeface.missing("A", weight)  # looks for the weight's file
    if typeface.remarks:
        return (f"{'; '.join(typeface.remarks)}: showing SDL's own letters, most of them without marks",)
    lacking = {source: typeface.missing("".join(texts)) for source, texts in shown.items()}
    odd = [f"{source}: the font has no {' '.join(letters)}; left out" for source, letters in lacking.items() if letters]
    return tuple(odd)

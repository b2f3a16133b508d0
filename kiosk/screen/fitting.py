"""Words into a box: the longest variant that fits, broken where it reads well, never in smaller letters."""

from collections.abc import Sequence

from kiosk.screen.roles import Role
from kiosk.screen.typeface import ELLIPSIS, Typeface


def fitted(typeface: Typeface, variants: Sequence[str], role: Role, width: float, lines: int) -> tuple[str, ...]:
    """Return the lines of the first variant that fits into `lines` lines of `width` pixels.

    When none does, the last one is cut and ends in an ellipsis.
    """
    for variant in variants:
        broken = _broken(typeface, typeface.drawable(variant, role.weight), role, width)
        if broken and len(broken) <= lines and all(typeface.width(line, role) <= width for line in broken):
            return tuple(broken)
    last = typeface.drawable(variants[-1], role.weight) or ELLIPSIS
    return tuple(_cut(typeface, _broken(typeface, last, role, width)[:lines], last, role, width))


def _broken(typeface: Typeface, text: str, role: Role, width: float) -> list[str]:
    lines: list[str] = []
    for part in text.split("\n"):
        greedy = _wrapped(typeface, part, role, width)
        if len(greedy) < 2:
            lines += greedy
            continue
        # Even lines read better than a full one and a single word after it: narrow while the count stays.
        total = typeface.width(part, role)
        for share in (1.02, 1.1, 1.2):
            even = _wrapped(typeface, part, role, min(width, total / len(greedy) * share))
            if len(even) == len(greedy):
                greedy = even
                break
        lines += greedy
    return lines


def _wrapped(typeface: Typeface, text: str, role: Role, width: float) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        if lines and typeface.width(f"{lines[-1]} {word}", role) <= width:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.append(word)
    return lines


def _cut(typeface: Typeface, lines: list[str], whole: str, role: Role, width: float) -> list[str]:
    shortened = " ".join(lines).split() != whole.split()
    result = []
    for i, line in enumerate(lines):
        rest = line
        is_last = shortened and i == len(lines) - 1
        while rest and typeface.width(rest + ELLIPSIS if rest != line or is_last else rest, role) > width:
            rest = rest[:-1].rstrip()
        result.append(rest + ELLIPSIS if rest != line or is_last else rest)
    return result or [ELLIPSIS]

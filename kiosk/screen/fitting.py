"""Words into a box: the longest variant that fits, broken where it reads well, never in smaller letters."""

from bisect import bisect_right
from collections.abc import Sequence

from kiosk.screen.roles import Role
from kiosk.screen.typeface import ELLIPSIS, Typeface


def fitted(typeface: Typeface, variants: Sequence[str], role: Role, width: float, lines: int) -> tuple[str, ...]:
    """Return the lines of the first variant that fits into `lines` lines of `width` pixels.

    When none does, the last one is cut and ends in an ellipsis.
    """
    whole = fitting(typeface, variants, role, width, lines)
    if whole is not None:
        return whole
    last = typeface.drawable(variants[-1], role.weight) or ELLIPSIS
    return tuple(_cut(typeface, _broken(typeface, last, role, width)[:lines], last, role, width))


def fitting(
    typeface: Typeface, variants: Sequence[str], role: Role, width: float, lines: int
) -> tuple[str, ...] | None:
    """The same for a text that may be left out: None when no variant fits."""
    for variant in variants:
        broken = _broken(typeface, typeface.drawable(variant, role.weight), role, width)
        if broken and len(broken) <= lines and all(typeface.width(line, role) <= width for line in broken):
            return tuple(broken)
    return None


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
        ends = shortened and i == len(lines) - 1
        if not ends and typeface.width(line, role) <= width:
            result.append(line)
            continue
        # The most letters that fit with the ellipsis behind them; the widths only grow, so halving finds it.
        letters = range(len(line) + 1)
        fits = bisect_right(letters, width, key=lambda count: typeface.width(line[:count] + ELLIPSIS, role))
        result.append(line[: max(0, fits - 1)].rstrip() + ELLIPSIS)
    return result or [ELLIPSIS]

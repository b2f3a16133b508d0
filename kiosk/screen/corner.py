"""The officer's corner: time, count, last entry; a pill above them for what is wrong or asked. Small and quiet."""

from kiosk.languages import Words
from kiosk.screen import roles, shapes
from kiosk.screen.blocks import Block, Text, picture_block, text_block
from kiosk.screen.fitting import fitted
from kiosk.screen.pens import Pens
from kiosk.screen.scene import Corner, Pill, Scene, Tone


def corner_blocks(scene: Scene, pens: Pens) -> list[Block]:
    """The line at the bottom right, and the first pill with the number of those behind it."""
    corner = scene.corner
    blocks = []
    line = _line(corner, scene, pens)
    if line is not None:
        blocks.append(line)
    if corner.pills:
        blocks += _pill(corner.pills[0], len(corner.pills) - 1, scene, pens, line)
    return blocks


def _line(corner: Corner, scene: Scene, pens: Pens) -> Block | None:
    phrases, palette = pens.officers_phrases(), pens.palette(scene)
    parts: list[tuple[str, ...]] = [(corner.time,)] if corner.time else []
    if corner.last:
        parts.append((phrases.variants(Words.of("corner.last", time=corner.last))[0], ""))
    if corner.total is not None:
        parts.append(phrases.variants(Words.of("corner.entries", total=corner.total))[:2])
    if not parts:
        return None
    longest = " · ".join(part[0] for part in parts)
    shortest = " · ".join(part[-1] for part in parts if part[-1])
    right = pens.places.panel.right - pens.px(20)
    lines = fitted(pens.typeface, [longest, shortest], roles.CORNER, _room(pens), 1)
    text = Text(lines, roles.CORNER, palette.quiet, palette.floor)
    return text_block(pens.typeface, "corner", text, (right, pens.places.corner), "right")


def _room(pens: Pens) -> int:
    """Pixels the corner may take: the door's width beside the notice, or its half of an upright panel."""
    return pens.places.panel.width // 2 - pens.px(26) if pens.ruler.portrait else pens.places.door.width


def _pill_room(pens: Pens, line: Block | None) -> int:
    """Beside the line on an upright panel, above it on a wide one."""
    if not pens.ruler.portrait:
        return _room(pens)
    right = line.rect[0] - pens.px(6) if line else pens.places.column.right
    return right - pens.places.column.left


def _pill(pill: Pill, more: int, scene: Scene, pens: Pens, line: Block | None) -> list[Block]:
    typeface, phrases, palette, places = pens.typeface, pens.officers_phrases(), pens.palette(scene), pens.places
    cap = typeface.cap_height(roles.PILL)
    height = round(cap * 2.5)
    side = round(cap * 0.9)
    mark = round(cap * 1.5)
    tail = phrases.variants(Words.of("fault.more", count=more)) if more else ("",)
    room = _pill_room(pens, line) - 2 * side - mark - round(cap * 0.6)
    code = f" · {pill.code} ·" if pill.code else ""
    variants = [f"{text}{code} {tail[-1]}".strip(" ·") for text in phrases.variants(pill.words)]
    lines = fitted(typeface, variants, roles.PILL, room, 1)
    width = round(typeface.width(lines[0], roles.PILL)) + 2 * side + mark + round(cap * 0.6)
    if pens.ruler.portrait:
        left, middle = places.column.left, places.corner - round(cap / 2)
    else:
        left = places.panel.right - pens.px(20) - width
        line_cap = typeface.cap_height(roles.CORNER)
        middle = round((places.floor.top + places.corner - line_cap) / 2) if line else places.floor.centery
    bad = pill.tone is Tone.BAD
    ground, ink = (palette.pill, palette.on_pill) if bad else (palette.card, palette.on_card)
    corner = (left, middle - height // 2)
    drawing = {
        Tone.GOOD: shapes.tick(mark, ink, ground),
        Tone.ASK: shapes.sign(mark, ink, ground, "?"),
        Tone.WAIT: shapes.dots(mark, ink, ground),
        Tone.BAD: shapes.warning(mark, ink, ground),
    }[pill.tone]
    text_left = left + side + mark + round(cap * 0.6)
    return [
        picture_block("pill", shapes.panel((width, height), height / 2, ground), corner, (width, height)),
        picture_block("pill sign", drawing, (left + side, middle - mark // 2), (mark, mark)),
        text_block(typeface, "pill text", Text(lines, roles.PILL, ink, ground), (text_left, middle + round(cap / 2))),
    ]

"""The doorway and what is in it: the code, a tick, a ring; a moon above at night; the light on the floor."""

from collections.abc import Sequence

import pygame

from kiosk.screen import roles, shapes
from kiosk.screen.blocks import Block, Text, picture_block, text_block
from kiosk.screen.fitting import fitted
from kiosk.screen.palette import Colour, mixed
from kiosk.screen.pens import Pens
from kiosk.screen.places import FRAME, GROWTH, RISE
from kiosk.screen.qr import QrCode
from kiosk.screen.scene import InDoor, Scene

CLOSED_SPREAD = 0.15
OPEN_SPREAD = 0.2
"""Share of the door's width that the light is wider on each side at its far edge: it grows, but never to the notice."""


def doorway_blocks(scene: Scene, pens: Pens, code: QrCode, address: str) -> list[Block]:
    """The floor's light, the door, and what stands in it."""
    blocks = [_floor(scene, pens), _door(scene, pens)]
    if scene.night and scene.in_door is InDoor.CODE:
        blocks.append(_moon(pens))
    if scene.in_door is InDoor.CODE:
        blocks += _code(scene, pens, code, address)
    else:
        blocks += _sign(scene, pens)
    return blocks


def inside(scene: Scene, pens: Pens) -> tuple[Colour, Colour]:
    """The colour in the door and of what is written on it."""
    palette = pens.palette(scene)
    if scene.in_door is InDoor.TICK:
        return palette.thanks, palette.on_thanks
    return palette.deep, palette.on_deep


def _grown(scene: Scene, pens: Pens) -> pygame.Rect:
    growth = round(GROWTH * pens.ruler.unit * scene.opening)
    door = pens.places.door.inflate(2 * growth, 0)
    door.top -= growth
    door.height += growth
    return door


def _floor(scene: Scene, pens: Pens) -> Block:
    palette, places = pens.palette(scene), pens.places
    door = _grown(scene, pens)
    frame = pens.ruler.unit * FRAME
    share = CLOSED_SPREAD + (OPEN_SPREAD - CLOSED_SPREAD) * scene.opening
    near = mixed(palette.floor, palette.glow, scene.opening)
    far = mixed(mixed(near, palette.paper, 0.45), palette.glow, 0.3 * scene.opening)
    body = shapes.floor_light(
        places.floor.size, (door.left + frame, door.right - frame), share * places.door.width, (near, far)
    )
    return picture_block("floor", body, places.floor.topleft, places.floor.size)


def _door(scene: Scene, pens: Pens) -> Block:
    palette, unit = pens.palette(scene), pens.ruler.unit
    door = _grown(scene, pens)
    colour = inside(scene, pens)[0]
    frame = mixed(colour, (0, 0, 0), 0.12) if scene.in_door is InDoor.TICK else palette.blue
    seam = 2.6 * unit * scene.opening
    light = mixed(palette.floor, (255, 255, 255), 0.55 if not scene.night else 0.3)
    rise = RISE * unit * door.width / pens.places.door.width
    body = shapes.door(door.size, rise, FRAME * unit, seam, (frame, light, colour))
    return picture_block("door", body, door.topleft, door.size, alike_from=round(rise) + 1)


def _moon(pens: Pens) -> Block:
    diameter = pens.px(15)
    door = pens.places.door
    corner = (
        door.centerx - diameter // 2,
        (door.top + pens.px(FRAME) + pens.places.tile.top - diameter) // 2 + pens.px(1),
    )
    return picture_block("moon", shapes.moon(diameter, (255, 244, 214)), corner, (diameter, diameter))


def _code(scene: Scene, pens: Pens, code: QrCode, address: str) -> list[Block]:
    places, palette = pens.places, pens.palette(scene)
    tile = places.tile

    def draw(surface: pygame.Surface, shift: tuple[int, int]) -> None:
        corner = (tile.left + shift[0], tile.top + shift[1])
        surface.blit(shapes.picture(shapes.panel(tile.size, pens.px(3), palette.tile), tile.size), corner)
        code.draw(surface, corner, places.module, palette.code)

    blocks = [Block("code", (tile.x, tile.y, tile.w, tile.h), places.module, draw)]
    middle = (tile.bottom + places.door.bottom) // 2
    # An address that is cut is none: better its host alone, or nothing but the code.
    for shown in dict.fromkeys((address, address.partition("/")[0])):
        text = _door_text(pens, [shown], roles.ADDRESS, inside(scene, pens))
        if shown and text.lines == (shown,):
            return [*blocks, _centred(pens, text, middle)]
    return blocks


def _sign(scene: Scene, pens: Pens) -> list[Block]:
    places, palette = pens.places, pens.palette(scene)
    door = places.door
    colours = inside(scene, pens)
    if scene.in_door is InDoor.TICK:
        size = pens.px(74)
        corner = (door.centerx - size // 2, door.top + round(0.27 * door.height))
        blocks = [picture_block("tick", shapes.tick(size, colours[1], colours[0]), corner, (size, size))]
    else:
        size = pens.px(136)
        corner = (door.centerx - size // 2, door.top + pens.px(48))
        track = mixed(palette.deep, palette.blue, 0.55) if not scene.night else mixed(palette.deep, palette.blue, 0.3)
        ring = shapes.ring(size, pens.ruler.unit * 9, scene.ring, (track, colours[1]))
        height = pens.px(80)
        width = round(0.55 * height)
        phone = (door.centerx - width // 2, corner[1] + (size - height) // 2)
        blocks = [
            picture_block("ring", ring, corner, (size, size)),
            picture_block("phone", shapes.phone(height, colours[1], palette.deep), phone, (width, height)),
        ]
    below = corner[1] + size
    lines = [(scene.door_title, roles.DOOR_TITLE, 22.0), (scene.door_line, roles.DOOR_LINE, 17.0)]
    for words, role, gap in lines:
        if words is not None:
            below += pens.px(gap)
            text = _door_text(pens, pens.phrases(scene).variants(words), role, colours)
            blocks.append(_centred(pens, text, below))
            below += round(pens.typeface.cap_height(role) / 2)
    return blocks


def _door_text(pens: Pens, variants: Sequence[str], role: roles.Role, colours: tuple[Colour, Colour]) -> Text:
    width = pens.places.door.width - 2 * pens.px(FRAME + 5)
    return Text(fitted(pens.typeface, variants, role, width, 1), role, colours[1], colours[0])


def _centred(pens: Pens, text: Text, middle: int) -> Block:
    """A line in the door, its capitals centred on the height `middle`."""
    baseline = middle + round(pens.typeface.cap_height(text.role) / 2)
    return text_block(pens.typeface, text.role.name, text, (pens.places.door.centerx, baseline), "middle")

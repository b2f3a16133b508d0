"""Everything drawn that is not text or code, as small vector pictures: soft edges and even light at any size.

SDL's image loader rasterises SVG with anti-aliasing and gradients; a picture is made once and kept.
"""

import io
import math
from functools import lru_cache
from typing import Final

import pygame
import pygame.image
import pygame.transform

from kiosk.screen.palette import Colour, code

_KEPT: Final = 24
"""Pictures kept: a scene has a dozen; the frames of an opening door push each other out."""


@lru_cache(maxsize=_KEPT)
def picture(body: str, size: tuple[int, int], alike_from: int | None = None) -> pygame.Surface:
    """Rasterise the inside of an SVG element whose units are pixels.

    From row `alike_from` on all rows look the same: they are rasterised once, for that costs by the area.
    """
    width, height = size if alike_from is None else (size[0], alike_from + 1)
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
    loaded = pygame.image.load(io.BytesIO(f"{svg}{body}</svg>".encode()), "picture.svg")
    # The loader's order of colours is not the panel's, and such pictures are drawn thirty times slower.
    drawn = loaded.convert(pygame.Surface((1, 1), pygame.SRCALPHA))
    if alike_from is None:
        return drawn
    whole = pygame.Surface(size, pygame.SRCALPHA)
    whole.blit(drawn, (0, 0), special_flags=pygame.BLEND_RGBA_ADD)
    below = whole.subsurface((0, alike_from, width, size[1] - alike_from))
    pygame.transform.scale(drawn.subsurface((0, alike_from, width, 1)), below.get_size(), below)
    return whole


def _arch(left: float, top: float, width: float, bottom: float, rise: float) -> str:
    right = left + width
    shoulder = top + rise
    return (
        f"M{left:.2f} {bottom:.2f}V{shoulder:.2f}A{width / 2:.2f} {rise:.2f} 0 0 1 {right:.2f} {shoulder:.2f}"
        f"V{bottom:.2f}Z"
    )


def door(size: tuple[int, int], rise: float, frame: float, seam: float, colours: tuple[Colour, Colour, Colour]) -> str:
    """A doorway that fills `size`: its frame, a seam of light of `seam` pixels, and its inside.

    `rise` is the height of the flat ellipse on top; `colours` are those of the frame, the seam and the inside.
    """
    width, height = size
    frame_colour, light, inside = colours
    parts = [f'<path d="{_arch(0, 0, width, height, rise)}" fill="{code(frame_colour)}"/>']
    if seam > 0.2:
        path = _arch(frame, frame, width - 2 * frame, height, rise - frame)
        parts.append(f'<path d="{path}" fill="{code(light)}"/>')
    edge = frame + max(0.0, seam)
    parts.append(f'<path d="{_arch(edge, edge, width - 2 * edge, height, rise - edge)}" fill="{code(inside)}"/>')
    return "".join(parts)


def floor_light(size: tuple[int, int], top: tuple[float, float], spread: float, colours: tuple[Colour, Colour]) -> str:
    """The light that falls through the door: `top` its left and right end at the sill, `spread` pixels wider below.

    It fades from the first colour at the sill to the second at the far edge.
    """
    height = size[1]
    left, right = top
    near, far = (code(colour) for colour in colours)
    return (
        f'<defs><linearGradient id="l" x1="0" y1="0" x2="0" y2="{height}" gradientUnits="userSpaceOnUse">'
        f'<stop offset="0" stop-color="{near}"/><stop offset="1" stop-color="{far}"/></linearGradient></defs>'
        f'<path d="M{left:.2f} 0H{right:.2f}L{right + spread:.2f} {height}H{left - spread:.2f}Z" fill="url(#l)"/>'
    )


def disc(diameter: int, fill: Colour, line: Colour, stroke: float) -> str:
    """A disc with an edge of `stroke` pixels."""
    middle = diameter / 2
    return (
        f'<circle cx="{middle}" cy="{middle}" r="{middle - stroke / 2 - 0.5:.2f}" fill="{code(fill)}" '
        f'stroke="{code(line)}" stroke-width="{stroke:.2f}"/>'
    )


def panel(size: tuple[int, int], radius: float, fill: Colour) -> str:
    """A rectangle with round corners."""
    return f'<rect width="{size[0]}" height="{size[1]}" rx="{radius:.2f}" fill="{code(fill)}"/>'


def tick(diameter: int, fill: Colour, line: Colour) -> str:
    """A drawn tick on a disc."""
    return _scaled(
        diameter,
        f'<circle cx="50" cy="50" r="49" fill="{code(fill)}"/><path d="M29 52L44 66L71 37" {_stroke(line, 8.5)}/>',
    )


def sign(diameter: int, fill: Colour, line: Colour, letter: str) -> str:
    """A question or exclamation mark on a disc, drawn so that it depends on no font."""
    stem = "M50 24V56" if letter == "!" else "M37 38A13 13 0 1 1 50 50V58"
    return _scaled(
        diameter,
        f'<circle cx="50" cy="50" r="49" fill="{code(fill)}"/><path d="{stem}" {_stroke(line, 9.5)}/>'
        f'<circle cx="50" cy="74" r="6" fill="{code(line)}"/>',
    )


def dots(diameter: int, fill: Colour, line: Colour) -> str:
    """Three dots on a disc: something goes on."""
    places = "".join(f'<circle cx="{x}" cy="50" r="7.5" fill="{code(line)}"/>' for x in (27, 50, 73))
    return _scaled(diameter, f'<circle cx="50" cy="50" r="49" fill="{code(fill)}"/>{places}')


def warning(size: int, fill: Colour, line: Colour) -> str:
    """A warning triangle."""
    return _scaled(
        size,
        f'<path d="M50 10L95 88H5Z" fill="{code(fill)}" stroke="{code(fill)}" stroke-width="8"/>'
        f'<path d="M50 40V60" {_stroke(line, 10)}/><circle cx="50" cy="76" r="6" fill="{code(line)}"/>',
    )


def moon(diameter: int, fill: Colour) -> str:
    """A crescent."""
    return _scaled(diameter, f'<path d="M62 4A48 48 0 1 0 96 66A40 40 0 0 1 62 4Z" fill="{code(fill)}"/>')


def phone(height: int, body: Colour, glass: Colour) -> str:
    """A phone with the Bluetooth rune on its glass, 55 wide to 100 high."""
    return _scaled(
        height,
        f'<rect width="55" height="100" rx="9" fill="{code(body)}"/>'
        f'<rect x="5.5" y="9" width="44" height="76" rx="2.5" fill="{code(glass)}"/>'
        f'<circle cx="27.5" cy="92" r="3" fill="{code(glass)}"/>'
        f'<path d="M18.5 38L36.5 56L27.5 65V29L36.5 38L18.5 56" {_stroke(body, 3.8)}/>',
    )


def ring(diameter: int, stroke: float, full: float, colours: tuple[Colour, Colour]) -> str:
    """A ring filled clockwise from the top by `full` (0 to 1); `colours` are those of its track and its filling."""
    middle = diameter / 2
    radius = middle - stroke / 2 - 1
    track, line = colours
    circle = f'<circle cx="{middle}" cy="{middle}" r="{radius:.2f}" '
    if full >= 0.999:
        return f"{circle}{_stroke(line, stroke)}/>"
    if full <= 0:
        return f"{circle}{_stroke(track, stroke)}/>"
    angle = 2 * math.pi * full
    end = f"{middle + radius * math.sin(angle):.2f} {middle - radius * math.cos(angle):.2f}"
    arc = f"M{middle:.2f} {middle - radius:.2f}A{radius:.2f} {radius:.2f} 0 {int(full > 0.5)} 1 {end}"
    return f'{circle}{_stroke(track, stroke)}/><path d="{arc}" {_stroke(line, stroke)}/>'


def _scaled(size: int, body: str) -> str:
    """A drawing in a box of 100 by 100, brought to `size` pixels."""
    return f'<g transform="scale({size / 100:.4f})">{body}</g>'


def _stroke(colour: Colour, width: float) -> str:
    return (
        f'fill="none" stroke="{code(colour)}" stroke-width="{width:.2f}" stroke-linecap="round" stroke-linejoin="round"'
    )

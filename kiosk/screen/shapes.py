"""Everything drawn that is not text or code, as small vector pictures: soft edges and even light at any size.

SDL's image loader rasterises SVG with anti-aliasing and gradients; a picture is made once and kept.
"""

import io
import math
from functools import lru_cache
from typing import Final

import pygame
import pygame.image

from kiosk.screen.palette import Colour, code

_KEPT: Final = 24
"""Pictures kept: a scene has a dozen; the frames of an opening door push each other out."""


@lru_cache(maxsize=_KEPT)
def picture(body: str, size: tuple[int, int]) -> pygame.Surface:
    """Rasterise the inside of an SVG element whose units are pixels."""
    width, height = size
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
    return pygame.image.load(io.BytesIO(f"{svg}{body}</svg>".encode()), "picture.svg")


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
    d = diameter
    return (
        f'<circle cx="{d / 2}" cy="{d / 2}" r="{d / 2 - 0.5:.2f}" fill="{code(fill)}"/>'
        f'<path d="M{0.29 * d:.2f} {0.52 * d:.2f}L{0.44 * d:.2f} {0.66 * d:.2f}L{0.71 * d:.2f} {0.37 * d:.2f}" fill="none" '
        f'stroke="{code(line)}" stroke-width="{0.085 * d:.2f}" stroke-linecap="round" stroke-linejoin="round"/>'
    )


def sign(diameter: int, fill: Colour, line: Colour, letter: str) -> str:
    """A question or exclamation mark on a disc, drawn so that it does not depend on a font."""
    d = diameter
    middle = d / 2
    stem = (
        f"M{middle:.2f} {0.24 * d:.2f}V{0.56 * d:.2f}"
        if letter == "!"
        else f"M{0.37 * d:.2f} {0.38 * d:.2f}A{0.13 * d:.2f} {0.13 * d:.2f} 0 1 1 {middle:.2f} {0.5 * d:.2f}V{0.58 * d:.2f}"
    )
    return (
        f'<circle cx="{middle}" cy="{middle}" r="{middle - 0.5:.2f}" fill="{code(fill)}"/>'
        f'<path d="{stem}" fill="none" stroke="{code(line)}" stroke-width="{0.095 * d:.2f}" stroke-linecap="round"/>'
        f'<circle cx="{middle}" cy="{0.74 * d:.2f}" r="{0.06 * d:.2f}" fill="{code(line)}"/>'
    )


def warning(size: int, fill: Colour, line: Colour) -> str:
    """A warning triangle."""
    s = size
    return (
        f'<path d="M{0.5 * s:.2f} {0.1 * s:.2f}L{0.95 * s:.2f} {0.88 * s:.2f}H{0.05 * s:.2f}Z" fill="{code(fill)}" '
        f'stroke="{code(fill)}" stroke-width="{0.08 * s:.2f}" stroke-linejoin="round"/>'
        f'<path d="M{0.5 * s:.2f} {0.4 * s:.2f}V{0.6 * s:.2f}" stroke="{code(line)}" stroke-width="{0.1 * s:.2f}" '
        f'stroke-linecap="round"/><circle cx="{0.5 * s:.2f}" cy="{0.76 * s:.2f}" r="{0.06 * s:.2f}" fill="{code(line)}"/>'
    )


def ring(diameter: int, stroke: float, full: float, track: Colour, line: Colour) -> str:
    """A ring filled clockwise from the top by `full` (0 to 1)."""
    middle = diameter / 2
    radius = middle - stroke / 2 - 1
    parts = [
        f'<circle cx="{middle}" cy="{middle}" r="{radius:.2f}" fill="none" stroke="{code(track)}" '
        f'stroke-width="{stroke:.2f}"/>'
    ]
    if full >= 0.999:
        parts.append(parts[0].replace(code(track), code(line)))
    elif full > 0:
        angle = 2 * math.pi * full
        x, y = middle + radius * math.sin(angle), middle - radius * math.cos(angle)
        parts.append(
            f'<path d="M{middle:.2f} {middle - radius:.2f}A{radius:.2f} {radius:.2f} 0 {int(full > 0.5)} 1 {x:.2f} {y:.2f}" '
            f'fill="none" stroke="{code(line)}" stroke-width="{stroke:.2f}" stroke-linecap="round"/>'
        )
    return "".join(parts)


def phone(size: tuple[int, int], body: Colour, glass: Colour) -> str:
    """A phone with the Bluetooth rune on its glass."""
    w, h = size
    x, y = w / 2, h * 0.47
    r = h * 0.085
    rune = f"M{x - r:.2f} {y - r:.2f}L{x + r:.2f} {y + r:.2f}L{x:.2f} {y + 2 * r:.2f}V{y - 2 * r:.2f}L{x + r:.2f} {y - r:.2f}L{x - r:.2f} {y + r:.2f}"
    return (
        f'<rect width="{w}" height="{h}" rx="{0.16 * w:.2f}" fill="{code(body)}"/>'
        f'<rect x="{0.1 * w:.2f}" y="{0.09 * h:.2f}" width="{0.8 * w:.2f}" height="{0.76 * h:.2f}" rx="{0.05 * w:.2f}" '
        f'fill="{code(glass)}"/>'
        f'<circle cx="{w / 2}" cy="{0.92 * h:.2f}" r="{0.055 * w:.2f}" fill="{code(glass)}"/>'
        f'<path d="{rune}" fill="none" stroke="{code(body)}" stroke-width="{0.07 * w:.2f}" stroke-linejoin="round" '
        f'stroke-linecap="round"/>'
    )


def moon(diameter: int, fill: Colour) -> str:
    """A crescent."""
    d = diameter
    return (
        f'<path d="M{0.62 * d:.2f} {0.04 * d:.2f}A{0.48 * d:.2f} {0.48 * d:.2f} 0 1 0 {0.96 * d:.2f} {0.66 * d:.2f}'
        f'A{0.4 * d:.2f} {0.4 * d:.2f} 0 0 1 {0.62 * d:.2f} {0.04 * d:.2f}Z" fill="{code(fill)}"/>'
    )

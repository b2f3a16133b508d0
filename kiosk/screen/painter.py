"""Draws a scene on any surface, and the next one by redrawing only what differs."""

from collections.abc import Callable, Hashable, Sequence

import pygame

from kiosk.campaign import Campaign
from kiosk.languages import Phrases
from kiosk.plain_text import clean
from kiosk.screen.blocks import Block
from kiosk.screen.column import column_blocks
from kiosk.screen.corner import corner_blocks
from kiosk.screen.doorway import doorway_blocks
from kiosk.screen.pad import keys, pad_box
from kiosk.screen.pens import Pens
from kiosk.screen.places import places
from kiosk.screen.qr import QrCode
from kiosk.screen.ruler import Ruler
from kiosk.screen.scene import Scene
from kiosk.screen.touch import Touch, Wish
from kiosk.screen.typeface import Typeface

_KEPT = 32
"""Parts kept: the steps in two languages, by day and by night, and the frames of an opening door."""


class Painter:
    """Paints for one panel. Needs no display: a plain surface of the panel's size will do."""

    def __init__(
        self,
        size: tuple[int, int],
        panel_inches: float,
        campaign: Campaign,
        languages: Sequence[Phrases],
        *,
        organisation: str = "",
        typeface: Typeface | None = None,
    ) -> None:
        self.size = size
        ruler = Ruler(size, panel_inches)
        self.code = QrCode(campaign.address)
        self.pens = Pens(
            ruler,
            typeface or Typeface(ruler),
            places(ruler, self.code.modules_with_quiet_zone),
            tuple(languages),
        )
        self._address = clean(campaign.shown_address, 60).text
        self._organisation = clean(organisation, 60).text
        self._parts: dict[Hashable, list[Block]] = {}
        self._painted: tuple[Scene, tuple[Block, ...]] | None = None

    def blocks(self, scene: Scene) -> tuple[Block, ...]:
        """The pieces of a scene, in the order in which they are drawn."""
        places = (scene.language, scene.night, scene.shift)
        door = (scene.in_door, scene.door_title, scene.door_line, scene.ring, scene.opening, *places)
        words = (scene.headline, scene.step, scene.body, scene.card, scene.pad, scene.pressed, scene.notice, *places)
        return (
            *self._kept("doorway", door, lambda: doorway_blocks(scene, self.pens, self.code, self._address)),
            *self._kept("column", words, lambda: column_blocks(scene, self.pens, self._organisation)),
            *self._kept("corner", (scene.corner, *places), lambda: corner_blocks(scene, self.pens)),
        )

    def paint(self, surface: pygame.Surface, scene: Scene) -> list[pygame.Rect]:
        """Draw what changed since the last scene; return the rectangles that now look different."""
        if self._painted is not None and self._painted[0] == scene:
            return []  # asked 30 times a second, the answer is mostly this: nothing changed
        blocks = self.blocks(scene)
        dirty = self._dirty(scene, blocks, surface)
        for rect in dirty:
            self._redraw(surface, rect, scene, blocks)
        self._painted = (scene, blocks)
        return dirty

    def touched(self, scene: Scene, point: tuple[int, int]) -> Touch | None:
        """What a finger on that pixel means in this scene; None where it means nothing."""
        places = self.pens.places
        at = (point[0] - scene.shift[0], point[1] - scene.shift[1])
        if scene.pad:
            for key in keys(self.pens):
                if key.box.collidepoint(at):
                    return key.touch
            return None if pad_box(self.pens).collidepoint(at) else Wish.PAD_AWAY
        if places.officer.collidepoint(at):
            return Wish.PAD
        return Wish.LISTEN if places.door.collidepoint(at) else None

    def forget(self) -> None:
        """The surface is no longer as it was left: the next paint draws everything."""
        self._painted = None

    def _kept(self, part: str, look: Hashable, make: Callable[[], list[Block]]) -> list[Block]:
        """The blocks of a part, kept for when it looks the same again: the steps at rest come round and round."""
        key = (part, look)
        if key not in self._parts:
            while len(self._parts) >= _KEPT:
                self._parts.pop(next(iter(self._parts)))
            self._parts[key] = make()
        return self._parts[key]

    def _dirty(self, scene: Scene, blocks: Sequence[Block], surface: pygame.Surface) -> list[pygame.Rect]:
        if self._painted is None:
            return [surface.get_rect()]
        before, old_blocks = self._painted
        if (before.night, before.shift) != (scene.night, scene.shift):
            return [surface.get_rect()]
        old, new = ({block.name: block for block in some} for some in (old_blocks, blocks))
        changed = [name for name in {**old, **new} if old.get(name) != new.get(name)]
        rects = {some[name].rect for name in changed for some in (old, new) if name in some}
        moved = [pygame.Rect(rect).move(scene.shift).clip(surface.get_rect()) for rect in rects]
        return _joined([rect for rect in moved if rect.width and rect.height])

    def _redraw(self, surface: pygame.Surface, rect: pygame.Rect, scene: Scene, blocks: Sequence[Block]) -> None:
        surface.set_clip(rect)
        surface.fill(self.pens.palette(scene).paper, rect)
        for block in blocks:
            if rect.colliderect(pygame.Rect(block.rect).move(scene.shift)):
                block.draw(surface, scene.shift)
        surface.set_clip(None)


def _joined(rects: list[pygame.Rect]) -> list[pygame.Rect]:
    """Rectangles that overlap as one, so that nothing is drawn twice."""
    joined: list[pygame.Rect] = []
    for rect in sorted(rects, key=lambda r: (r.x, r.y, r.w, r.h)):
        grown = rect
        while (hit := grown.collidelist(joined)) >= 0:
            grown = grown.union(joined.pop(hit))
        joined.append(grown)
    return joined

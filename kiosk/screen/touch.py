"""What a place on the glass means. Knows no pygame, so that deciding what to show does not load it."""

from enum import StrEnum

from hardware.events import Action, Button, Digit


class Wish(StrEnum):
    """What somebody at the screen wants besides the officer's actions."""

    LISTEN = "listen"
    HAND_OVER = "hand over"
    PAD = "pad"
    PAD_AWAY = "pad away"
    LEAVE = "leave"


Input = Button | Digit | Wish

Touch = Action | Wish | int
"""What a place on the glass means: an action's button, a digit's key (0 to 9), or a wish."""


def touch_input(touch: Touch, down: bool, t: float) -> Input | None:
    """What a finger that comes down (or is lifted) on a place at monotonic time `t` means."""
    if isinstance(touch, Action):
        return Button(t, touch, down, bounces=False)
    if not down:
        return None
    return touch if isinstance(touch, Wish) else Digit(t, touch)

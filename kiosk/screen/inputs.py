"""Keys as the same edges that the GPIO buttons make."""

from typing import Final

import pygame

from hardware.events import Action, Button, Digit
from kiosk.screen.touch import Input, Wish

ACTION_KEYS: Final = {
    pygame.K_F1: Action.SHOWN,
    pygame.K_F2: Action.INSTALLED_HERE,
    pygame.K_F3: Action.NO_SMARTPHONE,
    pygame.K_F4: Action.DECLINED,
    pygame.K_F5: Action.EXIT,
    pygame.K_BACKSPACE: Action.UNDO,
    pygame.K_F10: Action.STICK,
    # The same on a numeric keypad, where an officer's hand rests: its operators, so that digits stay digits.
    pygame.K_KP_PLUS: Action.SHOWN,
    pygame.K_KP_ENTER: Action.INSTALLED_HERE,
    pygame.K_KP_DIVIDE: Action.NO_SMARTPHONE,
    pygame.K_KP_MULTIPLY: Action.DECLINED,
    pygame.K_KP_MINUS: Action.EXIT,
    pygame.K_KP_PERIOD: Action.UNDO,
}

WISH_KEYS: Final = {
    pygame.K_F6: Wish.LISTEN,
    pygame.K_SPACE: Wish.LISTEN,
    pygame.K_F9: Wish.HAND_OVER,
    pygame.K_ESCAPE: Wish.LEAVE,
}

DIGIT_KEYS: Final = {
    **{pygame.K_0 + digit: digit for digit in range(10)},
    pygame.K_KP_0: 0,
    **{pygame.K_KP_1 + digit - 1: digit for digit in range(1, 10)},
}


def key_input(key: int, down: bool, t: float) -> Input | None:
    """What a key edge at monotonic time `t` means; None for a key that means nothing here."""
    if key in ACTION_KEYS:
        return Button(t, ACTION_KEYS[key], down, bounces=False)
    if not down:
        return None
    if key in DIGIT_KEYS:
        return Digit(t, DIGIT_KEYS[key])
    return WISH_KEYS.get(key)

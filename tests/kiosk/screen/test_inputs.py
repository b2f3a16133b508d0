import pygame
import pytest

from hardware.events import Action, Button, Digit
from kiosk.screen.inputs import ACTION_KEYS, key_input
from kiosk.screen.touch import Wish, touch_input


def test_every_action_has_a_function_key_and_a_keypad_key():
    on_the_keypad = [action for action in Action if action is not Action.STICK]  # held as the pair + and -
    assert sorted(ACTION_KEYS.values()) == sorted([*Action, *on_the_keypad])


def test_an_action_key_makes_both_edges():
    assert key_input(pygame.K_F1, True, 1.5) == Button(1.5, Action.SHOWN, True, bounces=False)
    assert key_input(pygame.K_F1, False, 1.6) == Button(1.6, Action.SHOWN, False, bounces=False)


@pytest.mark.parametrize(("key", "value"), [(pygame.K_0, 0), (pygame.K_7, 7), (pygame.K_KP_0, 0), (pygame.K_KP_9, 9)])
def test_digits(key, value):
    assert key_input(key, True, 2.0) == Digit(2.0, value)
    assert key_input(key, False, 2.0) is None


def test_other_keys():
    assert key_input(pygame.K_SPACE, True, 0.0) is Wish.LISTEN
    assert key_input(pygame.K_q, True, 0.0) is None


def test_a_touch_makes_the_same_as_a_key():
    assert touch_input(Action.SHOWN, True, 1.0) == key_input(pygame.K_F1, True, 1.0)
    assert touch_input(Action.SHOWN, False, 1.0) == key_input(pygame.K_F1, False, 1.0)
    assert touch_input(4, True, 1.0) == key_input(pygame.K_4, True, 1.0)
    assert touch_input(Wish.LISTEN, True, 1.0) is Wish.LISTEN
    assert touch_input(4, False, 1.0) is None

"""The real window, each in a process of its own because SDL keeps its driver for life."""

import os
import subprocess
import sys
import textwrap

import pytest

from kiosk.screen.window import prepare


def run(code, **environment):
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SDL_", "DISPLAY", "WAYLAND"))}
    script = "from kiosk.screen.build import build_painter\nfrom kiosk.settings import Settings\n"
    script += "from kiosk.screen.window import Window\nfrom kiosk.errors import DisplayError\n"
    script += "from kiosk.screen.samples import sample\n"
    script += "make = lambda size: build_painter(Settings(), size)[0]\n" + textwrap.dedent(code)
    return subprocess.run(
        [sys.executable, "-c", script],
        env={**kept, **environment},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


@pytest.mark.parametrize("driver", ["offscreen", "dummy"])
def test_a_driver_that_nobody_can_see_is_refused(driver):
    done = run("Window(make).open()", SDL_VIDEODRIVER=driver)
    assert done.returncode == 1
    assert f"DisplayError: SDL chose the driver '{driver}', which shows nothing" in done.stderr


def test_headless_is_fine_when_it_was_asked_for():
    code = """
    window = Window(make, (800, 480), headless=True)
    print(window.open(), len(window.show(sample("invite"))), window.poll(0.0))
    window.close()
    window.close()
    """
    done = run(code)
    assert (done.stdout.splitlines()[-1:], done.stderr) == (["dummy 1 []"], "")


def test_without_a_display_it_tries_again_and_nothing_else_happens():
    code = """
    window = Window(make)
    print(bool(window.try_open(0.0)), window.try_open(1.0), bool(window.try_open(5.0)))
    print(window.is_open, window.show(sample("invite")), window.poll(6.0))
    """
    done = run(code)
    assert done.stdout.splitlines()[-2:] == ["True None True", "False [] []"], done.stderr


def test_a_window_that_is_closed_is_a_wish_and_an_end_nobody_wished_is_a_display_that_has_gone():
    code = """
    import pygame
    window = Window(make, (800, 480), headless=True)
    window.open()
    pygame.event.post(pygame.event.Event(pygame.WINDOWCLOSE))
    print(window.poll(0.0), window.is_open)
    pygame.event.post(pygame.event.Event(pygame.QUIT))
    print(window.poll(1.0), window.is_open, window.try_open(5.0), window.is_open)
    """
    done = run(code)
    wish = "[<Wish.LEAVE: 'leave'>] True"
    assert done.stdout.splitlines()[-2:] == [wish, "[] False None True"], done.stderr


def test_the_driver_follows_where_it_runs():
    console = prepare({})
    assert (console["SDL_VIDEODRIVER"], console["SDL_RENDER_DRIVER"]) == ("kmsdrm", "opengles2")
    assert prepare({"DISPLAY": ":0"})["SDL_VIDEODRIVER"] == "x11"
    assert prepare({"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"})["SDL_VIDEODRIVER"] == "wayland,x11"
    assert "SDL_VIDEODRIVER" not in prepare({"SDL_VIDEODRIVER": "x11"})
    assert prepare({"DISPLAY": ":0"})["SDL_FRAMEBUFFER_ACCELERATION"] == "0"
    assert "SDL_FRAMEBUFFER_ACCELERATION" not in console, "KMSDRM and Wayland have no other way than a texture"
    assert prepare({"DISPLAY": ":0"}, headless=True)["SDL_VIDEODRIVER"] == "dummy"

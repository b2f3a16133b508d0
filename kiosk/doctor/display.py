"""The panel: a driver that somebody can see, and a code that is read from where visitors stand."""

import os
from collections.abc import Iterator

from kiosk.doctor.finding import Finding, Grade
from kiosk.settings import Settings


def display(settings: Settings, *, in_use: bool) -> Iterator[Finding]:
    """What SDL would draw with, and how far the campaign's code is read; `in_use`: the running kiosk has the panel."""
    from kiosk.campaign import best_campaign  # noqa: PLC0415 (pygame comes with it)
    from kiosk.screen.advice import panel_advice, reading_distance  # noqa: PLC0415

    campaign = best_campaign(settings.kiosk.campaign)
    for remark in campaign.remarks:
        yield Finding("campaign", Grade.REMARK, remark)
    size = settings.screen.size
    if settings.screen.headless:
        yield Finding("screen", Grade.OFF, "headless by the settings")
    elif in_use:
        yield Finding("screen", Grade.OFF, "in use by the kiosk")
    else:
        finding, found = _driver()
        size = size or found
        yield finding
    if size is None:
        return
    distance = reading_distance(size, settings.screen.panel_inches, campaign)
    advice = panel_advice(size, settings.screen.panel_inches, campaign)
    yield Finding("code", Grade.REMARK if advice else Grade.OK, "; ".join(advice) or f"read from {distance:.2f} m")


def _driver() -> tuple[Finding, tuple[int, int] | None]:
    import pygame  # noqa: PLC0415

    from kiosk.screen.window import INVISIBLE, prepare  # noqa: PLC0415

    os.environ.update(prepare())
    try:
        pygame.display.init()
        driver = pygame.display.get_driver()
        information = pygame.display.Info()
        size = (information.current_w, information.current_h)
    except pygame.error as error:
        return Finding("screen", Grade.FAULT, f"no display: {error}; plug one in, or set screen.headless"), None
    finally:
        pygame.display.quit()
    if driver in INVISIBLE:
        return Finding("screen", Grade.FAULT, f"SDL chose {driver!r}, which nobody can see: plug in a display"), None
    return Finding("screen", Grade.OK, f"{driver}, {size[0]}x{size[1]}"), size

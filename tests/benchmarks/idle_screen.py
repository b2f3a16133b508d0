"""An idle kiosk's screen and nothing else: the stage, the painter, the window and the main thread's way of waiting."""

import datetime
import time

from kiosk.bell import Bell
from kiosk.glass import CONNECTED_WAIT, LONGEST_WAIT
from kiosk.screen import idle
from kiosk.screen.build import build_painter
from kiosk.screen.stage import Stage
from kiosk.screen.window import Window
from kiosk.settings import Settings

ZONE = datetime.timezone(datetime.timedelta(hours=7))

if __name__ == "__main__":
    idle.STEP = 1.0  # type: ignore[misc]  # one change a second, as in the browser's page
    stage = Stage(("00:00", "00:00"), languages=2)
    stage.total = 127
    window = Window(lambda size: build_painter(Settings(), size)[0])
    window.open()
    bell = Bell()
    while True:
        now = time.monotonic()
        window.poll(now)
        until = stage.holds_until(now)
        if until is None:
            scene, until = stage.at(now, datetime.datetime.now(ZONE))
            window.show(scene)
        longest = LONGEST_WAIT if window.descriptor is None else CONNECTED_WAIT
        bell.wait(0.0 if window.drew else min(longest, until - now), window.descriptor)

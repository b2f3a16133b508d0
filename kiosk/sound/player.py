"""The sound device. None is no fault: the kiosk is silent then, and says so once."""

import logging
import os
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kiosk.sound.tones import RATE, Tone, samples

if TYPE_CHECKING:
    from pygame.mixer import Sound

RESTS_AFTER: Final = 30.0
"""Seconds without a sound after which the device is let go: an open one costs power and a thread that never sleeps."""

RETRY_AFTER: Final = 60.0
"""Seconds before a device that was not there is looked for again."""

_BUFFER: Final = 1024
"""Samples: 46 ms, below what a press and its tone seem apart."""

log = logging.getLogger(__name__)


class Player:
    """Plays tones and the invitation at `volume` (0 to 1); everything on one thread. Opens the device when needed.

    `invitation` is a WAV file in place of the shipped one; a file that cannot be played is named once.
    """

    def __init__(self, volume: float, invitation: Path | None = None) -> None:
        self.remarks: list[str] = []
        self._volume = volume
        self._invitation = invitation
        self._open_until: float | None = None
        self._closed_until = float("-inf")

    @property
    def is_open(self) -> bool:
        """Whether a sound device is held."""
        return self._open_until is not None

    def tone(self, tone: Tone, t: float) -> bool:
        """Play a tone at monotonic time `t`; return whether there was a device to play it on."""
        if not self._open(t):
            return False
        import pygame.mixer  # noqa: PLC0415 (a silent kiosk does not load it)

        return self._play(pygame.mixer.Sound(buffer=samples(tone)))

    def invite(self, t: float) -> bool:
        """Speak the invitation at monotonic time `t`; return whether there was a device to speak on."""
        if not self._open(t):
            return False
        import pygame  # noqa: PLC0415
        import pygame.mixer  # noqa: PLC0415

        for path in (self._invitation, shipped_invitation()):
            if path is not None:
                try:
                    return self._play(pygame.mixer.Sound(path))
                except (pygame.error, OSError) as error:
                    self._remark(f"sound.invitation: {path} cannot be played: {error}; the shipped one takes its place")
                    self._invitation = None
        return False

    def rest(self, t: float) -> None:
        """Let go of a device that has been silent for a while."""
        if self._open_until is not None and t >= self._open_until:
            self.close()

    def close(self) -> None:
        """Let go of the device. May be called twice."""
        if self._open_until is not None:
            import pygame.mixer  # noqa: PLC0415

            pygame.mixer.quit()
            self._open_until = None

    def _open(self, t: float) -> bool:
        if self._open_until is None:
            if t < self._closed_until:
                return False
            os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
            import pygame  # noqa: PLC0415
            import pygame.mixer  # noqa: PLC0415

            try:
                pygame.mixer.init(RATE, -16, 1, _BUFFER)
            except pygame.error as error:
                self._closed_until = t + RETRY_AFTER
                self._remark(f"no sound device ({error}): the kiosk is silent")
                return False
        self._open_until = t + RESTS_AFTER
        return True

    def _play(self, sound: "Sound") -> bool:
        sound.set_volume(self._volume)
        return sound.play() is not None

    def _remark(self, remark: str) -> None:
        if remark not in self.remarks:
            self.remarks.append(remark)
            log.info("%s", remark)


def shipped_invitation() -> Path:
    """The spoken invitation that ships with the kiosk."""
    return Path(str(resources.files("kiosk.sound") / "invitation-vi.wav"))

"""How often people carry another device that is heard: those with the app, and those without.

Where phones without the app talk all the time, such a device speaks against the app; where everybody wears a watch, it
says nothing. Which of the two this door is, is learned from what was decided here.
"""

from math import exp, log

from kiosk.doorway.memory import DoorMemory
from kiosk.doorway.model import Company as Usual
from kiosk.doorway.passing import Carried
from kiosk.doorway.running_mean import RunningMean

MEMORY = 200.0
"""People that each share remembers, as many as the share of the app does."""

LEAST, MOST = 0.01, 0.99
"""Limits of both shares: nobody is ever certain beforehand."""


class Company:
    """Both shares as running estimates: a prior worth some people, then what was decided, the old fading out."""

    def __init__(self, usual: Usual, memory: DoorMemory | None = None) -> None:
        self._usual = usual
        kept = memory or DoorMemory(0.0, 0.0)
        self._with, self._without = (
            RunningMean.of_share(MEMORY, (share, usual.weight), (known, people))
            for share, known, people in (
                (usual.with_app, kept.with_app, kept.with_people),
                (usual.without_app, kept.without_app, kept.without_people),
            )
        )

    @property
    def kept(self) -> tuple[float, float, float, float]:
        """Both shares, each with the people it rests on, of one moment: may be asked from any thread."""
        return (*self._with.kept, *self._without.kept)

    def learn(self, carried: Carried) -> None:
        """One person is settled, who carried this."""
        if carried.app > 0:
            self._with.learn(min(carried.both / carried.app, 1.0), carried.app)
        if carried.app < 1:
            self._without.learn(min(carried.device / (1 - carried.app), 1.0), 1 - carried.app)

    def together(self) -> float:
        """Odds ratio of the two: how many times as often a device goes with the app as without."""
        return exp(_logit(self._shares()[0]) - _logit(self._shares()[1]))

    def device_alone(self) -> float:
        """Log-odds, beyond those of the usual door, that somebody without the app carries such a device."""
        return _logit(self._shares()[1]) - _logit(self._usual.without_app)

    def app_alone(self) -> float:
        """Log-odds, beyond those of the usual door, of the app and no device, against neither."""
        with_app, without = self._shares()
        usual = self._usual
        return log((1 - with_app) / (1 - without)) - log((1 - usual.with_app) / (1 - usual.without_app))

    def _shares(self) -> tuple[float, float]:
        with_app, without = (min(max(mean.kept[0], LEAST), MOST) for mean in (self._with, self._without))
        return with_app, without


def _logit(share: float) -> float:
    return log(share / (1 - share))

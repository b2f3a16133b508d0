"""A walk made by hand: phones that are heard exactly as strong as a test says."""

from math import log10

import pytest

from hardware.beacons import Recogniser, Sighting, load_profiles
from kiosk.calibration.record import Pulse, Record, Take
from kiosk.calibration.steps import Carried, Task, steps_for
from kiosk.doorway import Layout

PHONE = 7
SECONDS = 20.0


@pytest.fixture(scope="session")
def profile():
    return next(profile for profile in load_profiles() if profile.name == "bluezone-android")


@pytest.fixture(scope="session")
def recogniser(profile):
    return Recogniser([profile])


@pytest.fixture(scope="session")
def layout():
    return Layout(("outer", "inner"), ("inside", "outside"), {"inside": (0.8, 1.2), "outside": (-0.5, 1.3)})


@pytest.fixture(scope="session")
def sighting(profile):
    def make(t, rssi, phone=PHONE, radio="inside"):
        return Sighting(t, radio, rssi, profile, phone, phone, True)

    return make


@pytest.fixture(scope="session")
def ideal(layout, sighting):
    """A walk without noise: by the numbers of a door, each step 20 s long, beams broken in the middle of each walk."""

    def make(reference=-60.0, slope=2.0, pocket=6.0, offset=0.0, at_door=-70.0):
        record = Record(phones=frozenset([PHONE]))
        for number, step in enumerate(steps_for(layout)):
            start = number * SECONDS
            record.takes.append(Take(step, start, start, start + SECONDS))
            times = [start + index / 2 for index in range(int(SECONDS * 2))]
            if step.task is Task.STAND:
                own = reference - 10 * slope * log10(step.distance) - pocket * (step.carried is Carried.POCKET)
                own += offset * (step.radio == "outside")
                record.sightings += [sighting(t, own, radio=step.radio) for t in times]
                continue
            record.sightings += [sighting(t, at_door, radio=radio) for t in times for radio in layout.radios]
            order = layout.sensors if step.task is Task.WALK_IN else layout.sensors[::-1]
            middle = start + SECONDS / 2
            record.pulses += [Pulse(sensor, middle + i * 0.3 - 0.3, middle + i * 0.3) for i, sensor in enumerate(order)]
        return record

    return make

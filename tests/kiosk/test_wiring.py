"""From the settings to the values that the core is built from."""

from kiosk import wiring
from kiosk.doorway.layout import Calibration
from kiosk.settings import CalibrationSection, Settings


def test_a_door_where_nobody_walked_has_no_calibration():
    assert wiring.build_layout(Settings()).calibration is None
    assert wiring.build_layout(Settings(calibration=CalibrationSection(date="2026-11-24"))).calibration is None


def test_what_the_walk_measured_reaches_the_doorway():
    section = CalibrationSection(date="2026-11-24", reference=-61.0, slope=2.1, door=-74.0)

    assert wiring.build_layout(Settings(calibration=section)).calibration == Calibration(
        reference=-61.0, slope=2.1, door=-74.0
    )

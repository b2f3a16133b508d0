from dataclasses import dataclass
from pathlib import Path

import pytest
from gpiozero.pins.mock import MockFactory

from hardware.errors import HardwareError
from hardware.pins import pin_factory, plain_errors


def test_mock_pins_are_there_for_the_asking() -> None:
    assert isinstance(pin_factory(simulated=True), MockFactory)


@pytest.mark.parametrize("name", ["mock", "Mock"])
def test_mock_pins_at_a_real_door_are_refused_loudly(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("GPIOZERO_PIN_FACTORY", name)
    with pytest.raises(HardwareError, match=r"would simulate door and buttons at a real door: unset it"):
        pin_factory(simulated=False)


def test_a_factory_that_nobody_knows_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GPIOZERO_PIN_FACTORY", "lgpoi")
    with pytest.raises(HardwareError, match="lgpoi names no pin factory"):
        pin_factory(simulated=False)


def test_lgpio_s_folder_is_checked_before_lgpio_trips_over_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("GPIOZERO_PIN_FACTORY", raising=False)
    monkeypatch.setenv("LG_WD", str(tmp_path / "absent"))
    with pytest.raises(HardwareError, match=r"lgpio needs to write in .*absent: start in a folder that is writable"):
        pin_factory(simulated=False)


@pytest.mark.parametrize("error", [ImportError("No module named\n'lgpio'"), OSError("no chip"), RuntimeError("")])
def test_whatever_goes_wrong_below_is_one_plain_line(error: Exception) -> None:
    with pytest.raises(HardwareError) as caught, plain_errors("pins cannot be reached"):
        raise error
    assert str(caught.value).startswith("pins cannot be reached: ")
    assert "\n" not in str(caught.value)
    assert caught.value.__cause__ is error


class Chip:
    """What a real factory is to us: something that opens the chip when it is made."""

    made = 0

    def __init__(self) -> None:
        Chip.made += 1


@dataclass
class Entry:
    """A pin factory as an installed package announces it."""

    name: str
    made_by: type

    def load(self) -> type:
        return self.made_by


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch):
    def install(name: str, made_by: type) -> None:
        monkeypatch.setenv("GPIOZERO_PIN_FACTORY", name)
        monkeypatch.setattr("hardware.pins.entry_points", lambda group: [Entry(name, made_by)])

    return install


def test_a_process_opens_the_chip_once_however_often_a_door_is_tried(installed) -> None:
    installed("chip", Chip)
    assert pin_factory(simulated=False) is pin_factory(simulated=False)
    assert Chip.made == 1


def test_mock_pins_under_another_name_are_refused_too(installed) -> None:
    installed("disguised", MockFactory)
    with pytest.raises(HardwareError, match="made mock pins although no simulation was asked for"):
        pin_factory(simulated=False)

"""What BlueZ says of its adapters, and which of them is meant."""

import asyncio
import contextlib
import os
from dataclasses import replace
from pathlib import Path

import pytest

from hardware.adapters import Adapter, choose, list_adapters
from hardware.errors import HardwareError
from tests.bus.stand_in import RefusedError, StandInBluez

BUILT_IN = Adapter("hci0", "00:1A:7D:DA:71:13", powered=True)
DONGLE = Adapter("hci1", "5C:F3:70:8B:12:34", powered=True)


def switched_off(adapter: Adapter) -> Adapter:
    return Adapter(adapter.name, adapter.address, powered=False)


def test_bluez_names_its_adapters(bluez: StandInBluez) -> None:
    bluez.add_adapter("hci1", DONGLE.address, powered=False)
    bluez.add_adapter("hci0", BUILT_IN.address)
    found = asyncio.run(list_adapters())
    assert [replace(adapter, service="") for adapter in found] == [BUILT_IN, switched_off(DONGLE)]
    assert len({adapter.service for adapter in found}) == 1


def test_a_user_without_the_right_is_told_the_remedy(bluez: StandInBluez) -> None:
    bluez.refuses = RefusedError("org.freedesktop.DBus.Error.AccessDenied", "Rejected send message")
    with pytest.raises(HardwareError, match="add it to the group bluetooth"):
        asyncio.run(list_adapters())


@pytest.mark.parametrize("there", [True, False])
def test_asking_a_hundred_times_leaks_no_descriptor(
    bluez: StandInBluez, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, there: bool
) -> None:
    if not there:
        monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", f"unix:path={tmp_path / 'absent'}")

    async def ask(times: int) -> None:
        for _ in range(times):
            with contextlib.nullcontext() if there else pytest.raises(HardwareError, match="no system D-Bus"):
                await list_adapters()
        await asyncio.sleep(0.05)  # the library lets go of a connection when the loop next comes round

    asyncio.run(ask(1))
    before = len(os.listdir("/proc/self/fd"))
    asyncio.run(ask(100))
    assert len(os.listdir("/proc/self/fd")) <= before


@pytest.mark.parametrize(
    ("wanted", "meant"),
    [("", BUILT_IN), ("hci1", DONGLE), ("5C:F3:70:8B:12:34", DONGLE), ("5c:f3:70:8b:12:34", DONGLE)],
)
def test_an_adapter_is_meant_by_name_by_address_or_as_the_first(wanted: str, meant: Adapter) -> None:
    assert choose([BUILT_IN, DONGLE], wanted) is meant


def test_the_first_one_that_is_switched_on() -> None:
    assert choose([switched_off(BUILT_IN), DONGLE], "") is DONGLE


@pytest.mark.parametrize(
    ("adapters", "wanted", "told"),
    [
        ([], "", "no Bluetooth adapter found"),
        ([], "hci1", "no Bluetooth adapter found"),
        ([BUILT_IN], "hci1", "hci1 is not here; there are: hci0 00:1A:7D:DA:71:13"),
        ([switched_off(BUILT_IN)], "", "hci0 is switched off: try `rfkill unblock bluetooth`"),
        ([switched_off(BUILT_IN), DONGLE], "hci0", "hci0 is switched off"),
        ([Adapter("hci0", "", powered=True, central=False)], "", "hci0 cannot listen"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(adapters: list[Adapter], wanted: str, told: str) -> None:
    with pytest.raises(HardwareError) as caught:
        choose(adapters, wanted)
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)

"""Which Bluetooth adapters there are, and which of them a radio means: asked of BlueZ in one call.

bleak takes whichever powered adapter comes first in a set; a door with two radios must know which is which, across
reboots too, so an adapter can be named by its own Bluetooth address.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from dbus_fast import BusType, Message, MessageType, unpack_variants
from dbus_fast.aio import MessageBus

from hardware.errors import HardwareError

_ADDRESS = re.compile(r"(?i)^[0-9a-f]{2}(:[0-9a-f]{2}){5}$")


@dataclass(frozen=True, slots=True)
class Adapter:
    """One Bluetooth adapter as BlueZ knows it: `name` is hci0 and the like, `central` that it can listen.

    `service` is the bus name of the bluetoothd that knows it: another one after each restart.
    """

    name: str
    address: str
    powered: bool
    central: bool = True
    service: str = ""


async def list_adapters() -> tuple[Adapter, ...]:
    """Return all adapters in order of their names. Raises HardwareError when BlueZ cannot be asked."""
    bus = None
    try:
        bus = MessageBus(bus_type=BusType.SYSTEM)
        await bus.connect()
        reply = await bus.call(
            Message("org.bluez", "/", "org.freedesktop.DBus.ObjectManager", "GetManagedObjects"),
        )
    except FileNotFoundError as error:
        raise HardwareError("no system D-Bus here: is the dbus service running?") from error
    except Exception as error:  # the library raises errors of several unrelated families
        raise HardwareError(f"cannot speak to the system D-Bus: {error}") from error
    finally:
        if bus is not None:
            bus.disconnect()  # also when it never connected: it holds a descriptor from the beginning
    if reply is not None and reply.error_name == "org.freedesktop.DBus.Error.AccessDenied":
        raise HardwareError("this user may not speak to BlueZ: add it to the group bluetooth")
    if reply is None or reply.message_type is not MessageType.METHOD_RETURN:
        raise HardwareError("BlueZ does not answer: is the bluetooth service running?")
    adapters = (
        _adapter(path, interfaces["org.bluez.Adapter1"], reply.sender or "")
        for path, interfaces in unpack_variants(reply.body[0]).items()
        if "org.bluez.Adapter1" in interfaces
    )
    return tuple(sorted(adapters, key=lambda adapter: adapter.name))


def choose(adapters: Iterable[Adapter], wanted: str) -> Adapter:
    """Return the adapter that `wanted` means: a name, an address, or "" for the first one that is switched on.

    Raises HardwareError, in words for the log, when it is not there or not switched on.
    """
    known = tuple(adapters)
    there = ", ".join(f"{adapter.name} {adapter.address}" for adapter in known) or "none"
    if not known:
        raise HardwareError("no Bluetooth adapter found: plug one in or enable the built-in one")
    if wanted:
        key = wanted.upper() if _ADDRESS.match(wanted) else wanted
        meant = [adapter for adapter in known if key in (adapter.name, adapter.address.upper())]
        if not meant:
            raise HardwareError(f"Bluetooth adapter {wanted} is not here; there are: {there}")
    else:
        meant = [adapter for adapter in known if adapter.central] or list(known)
    powered = [adapter for adapter in meant if adapter.powered]
    if not powered:
        raise HardwareError(f"Bluetooth adapter {meant[0].name} is switched off: try `rfkill unblock bluetooth`")
    if not powered[0].central:
        raise HardwareError(f"Bluetooth adapter {powered[0].name} cannot listen for low-energy adverts")
    return powered[0]


def _adapter(path: str, properties: dict[str, object], service: str) -> Adapter:
    roles = properties.get("Roles", ["central"])  # BlueZ before 5.52 does not say
    return Adapter(
        name=path.rsplit("/", 1)[-1],
        address=str(properties.get("Address", "")),
        powered=bool(properties.get("Powered", False)),
        central=isinstance(roles, list) and "central" in roles,
        service=service,
    )

"""A stand-in for bluetoothd on a private bus: adapters, adverts, both ways of scanning, and its known misbehaviour.

with stand_in_bluez(folder) as bluez:
    os.environ["DBUS_SYSTEM_BUS_ADDRESS"] = bluez.address      # for this process or another one
    bluez.add_adapter("hci0")
    bluez.wait_until_scanned("hci0")
    bluez.advert(rssi=-60, uuids=["00004e56-0000-1000-8000-00805f9b34fb"])
"""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from dbus_fast import Message, MessageType, Variant

from tests.bus.on_air import as_fields, as_properties
from tests.bus.private_bus import Connection, private_bus

BLUEZ = "org.bluez"
ADAPTER = "org.bluez.Adapter1"
DEVICE = "org.bluez.Device1"
MANAGER = "org.bluez.AdvertisementMonitorManager1"
MONITOR = "org.bluez.AdvertisementMonitor1"
OBJECTS = "org.freedesktop.DBus.ObjectManager"
PROPERTIES = "org.freedesktop.DBus.Properties"


class RefusedError(Exception):
    """A D-Bus error to answer a call with: its name and its text."""

    def __init__(self, name: str, text: str = "") -> None:
        super().__init__(name, text)
        self.name, self.text = name, text


@dataclass
class Adapter:
    """What the stand-in knows of one adapter; the flags are how it misbehaves."""

    name: str
    address: str
    powered: bool = True
    passive: bool = True  # offers AdvertisementMonitorManager1
    deaf_when_passive: bool = False  # accepts monitors and delivers nothing
    refuses: RefusedError | None = None  # answers every start of scanning with this error
    filter: dict[str, object] = field(default_factory=dict)  # what SetDiscoveryFilter last asked for
    discoverers: set[str] = field(default_factory=set)
    monitors: dict[tuple[str, str], Sequence | None] = field(default_factory=dict)  # None until activated
    devices: dict[str, dict[str, Variant]] = field(default_factory=dict)
    starts: list[str] = field(default_factory=list)  # "active" or "passive", each time somebody began

    @property
    def path(self) -> str:
        return f"/org/bluez/{self.name}"

    def hears(self, fields: Sequence[tuple[int, bytes]]) -> bool:
        if not self.powered:
            return False
        if self.discoverers:
            return True
        patterns = [pattern for each in self.monitors.values() for pattern in each or ()]
        return not self.deaf_when_passive and any(
            kind == wanted and data[start:].startswith(bytes(content))
            for start, wanted, content in patterns
            for kind, data in fields
        )

    def properties(self) -> dict[str, Variant]:
        return {
            "Address": Variant("s", self.address),
            "Alias": Variant("s", self.name),
            "Powered": Variant("b", self.powered),
            "Roles": Variant("as", ["central", "peripheral"]),
        }


class StandInBluez:
    """Owns org.bluez on the bus at `path` and serves it from a thread; every method may be called from any thread."""

    def __init__(self, path: Path) -> None:
        self.address = f"unix:path={path}"
        self.adapters: dict[str, Adapter] = {}
        self.refuses: RefusedError | None = None  # answers everything with this error
        self._lock = threading.RLock()
        self._connection = Connection(path)
        self._connection.call_bus("RequestName", "su", BLUEZ, 0)
        self._connection.call_bus("AddMatch", "s", f"type='signal',interface='{OBJECTS}',member='InterfacesAdded'")
        self._connection.call_bus("AddMatch", "s", "type='signal',member='NameOwnerChanged'")
        self._thread = threading.Thread(target=self._serve, name="stand-in bluez", daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._connection.close()
        self._thread.join(5)
        self._connection.release()

    # --- what a test does with it ---------------------------------------------------------------------------------

    def add_adapter(self, name: str = "hci0", address: str = "00:1A:7D:DA:71:13", **flags: object) -> Adapter:
        adapter = Adapter(name, address, **flags)
        with self._lock:
            self.adapters[name] = adapter
            self._appear(adapter.path, {ADAPTER: adapter.properties()})
        return adapter

    def remove_adapter(self, name: str) -> None:
        with self._lock:
            adapter = self.adapters.pop(name)
            self._forget(adapter)
            self._vanish(adapter.path, ADAPTER)

    def power(self, name: str, on: bool) -> None:
        """Switch an adapter off or on. As in real life, whoever scanned is not told and does not scan any more."""
        with self._lock:
            adapter = self.adapters[name]
            adapter.powered = on
            self._forget(adapter)
            self._changed(adapter.path, ADAPTER, {"Powered": Variant("b", on)})

    def restart(self) -> None:
        """Do what a restarted bluetoothd looks like from outside: all is as before, only nobody is scanning."""
        with self._lock:
            for adapter in self.adapters.values():
                self._forget(adapter)
                self._vanish(adapter.path, ADAPTER)
            for adapter in self.adapters.values():
                self._appear(adapter.path, {ADAPTER: adapter.properties()})

    def wait_until_scanned(self, name: str = "hci0", starts: int = 1, seconds: float = 10) -> Adapter:
        """Wait until somebody has begun to scan `starts` times on this adapter and is scanning."""

        def scanned() -> bool:
            adapter = self.adapters.get(name)
            return adapter is not None and len(adapter.starts) >= starts and self._scanned(adapter)

        wait_until(scanned, f"nobody scans on {name}", seconds)
        return self.adapters[name]

    def advert(
        self,
        adapter: str = "hci0",
        *,
        address: str = "43:8A:5D:BE:75:9D",
        rssi: int = -60,
        uuids: Sequence[str] = (),
        service_data: Mapping[str, bytes] | None = None,
        manufacturer_data: Mapping[int, bytes] | None = None,
        name: str | None = None,
        tx_power: int | None = None,
        flags: int | None = 0x1A,
    ) -> bool:
        """Put one advert on the air; return whether the adapter's scan let it through to the bus."""
        service_data, manufacturer_data = service_data or {}, manufacturer_data or {}
        properties = as_properties(rssi, uuids, service_data, manufacturer_data, name, tx_power)
        fields = as_fields(uuids, service_data, manufacturer_data, name, flags)
        with self._lock:
            heard_by = self.adapters[adapter]
            if not heard_by.hears(fields):
                return False
            self._device(heard_by, address, properties)
            return True

    # --- what the bus sees of it ----------------------------------------------------------------------------------

    def _device(self, adapter: Adapter, address: str, properties: dict[str, Variant]) -> None:
        path = f"{adapter.path}/dev_{address.replace(':', '_')}"
        if address in adapter.devices:
            adapter.devices[address] |= properties
            self._changed(path, DEVICE, properties)
            return
        alias = properties.get("Name", Variant("s", address.replace(":", "-")))
        fixed = {"Address": Variant("s", address), "Alias": alias, "Adapter": Variant("o", adapter.path)}
        adapter.devices[address] = fixed | properties
        self._appear(path, {DEVICE: adapter.devices[address]})

    def _scanned(self, adapter: Adapter) -> bool:
        return bool(adapter.discoverers) or any(patterns is not None for patterns in adapter.monitors.values())

    def _forget(self, adapter: Adapter) -> None:
        adapter.discoverers.clear()
        adapter.monitors.clear()
        for address in adapter.devices:
            self._vanish(f"{adapter.path}/dev_{address.replace(':', '_')}", DEVICE)
        adapter.devices.clear()

    def _appear(self, path: str, interfaces: dict[str, dict[str, Variant]]) -> None:
        self._connection.signal("/", OBJECTS, "InterfacesAdded", "oa{sa{sv}}", path, interfaces)

    def _vanish(self, path: str, interface: str) -> None:
        self._connection.signal("/", OBJECTS, "InterfacesRemoved", "oas", path, [interface])

    def _changed(self, path: str, interface: str, properties: dict[str, Variant]) -> None:
        self._connection.signal(path, PROPERTIES, "PropertiesChanged", "sa{sv}as", interface, properties, [])

    def _serve(self) -> None:
        while (message := self._connection.receive()) is not None:
            with self._lock:
                if message.message_type is MessageType.METHOD_CALL:
                    self._answer(message)
                elif message.member == "InterfacesAdded" and MONITOR in message.body[1]:
                    self._activate(message)
                elif message.member == "NameOwnerChanged" and not message.body[2]:
                    self._gone(message.body[0])

    def _answer(self, call: Message) -> None:
        try:
            reply = Message.new_method_return(call, *self._call(call))
        except RefusedError as refused:
            reply = Message.new_error(call, refused.name, refused.text)
        self._connection.send(reply)

    def _call(self, call: Message) -> tuple[str, list[object]]:
        if self.refuses is not None:
            raise self.refuses
        if call.member == "GetManagedObjects":
            return "a{oa{sa{sv}}}", [self._objects()]
        adapter = next((each for each in self.adapters.values() if each.path == call.path), None)
        if adapter is None:
            raise RefusedError("org.freedesktop.DBus.Error.UnknownObject", "no such object")
        match call.interface, call.member:
            case (_, "SetDiscoveryFilter"):
                adapter.filter = {name: variant.value for name, variant in call.body[0].items()}
            case (_, "StartDiscovery"):
                self._begin(adapter, "active")
                adapter.discoverers.add(call.sender)
            case (_, "StopDiscovery"):
                if call.sender not in adapter.discoverers:
                    raise RefusedError("org.bluez.Error.Failed", "No discovery started")
                adapter.discoverers.remove(call.sender)
            case (_, "RegisterMonitor") if adapter.passive:
                self._begin(adapter, None)
                adapter.monitors[call.sender, call.body[0]] = None
            case (_, "UnregisterMonitor") if adapter.passive:
                if adapter.monitors.pop((call.sender, call.body[0]), None) is None:
                    raise RefusedError("org.bluez.Error.DoesNotExist", "Does Not Exist")
            case _:
                raise RefusedError("org.freedesktop.DBus.Error.UnknownMethod", f"no such method {call.member}")
        return "", []

    def _begin(self, adapter: Adapter, how: str | None) -> None:
        if adapter.refuses is not None:
            raise adapter.refuses
        if not adapter.powered:
            raise RefusedError("org.bluez.Error.NotReady", "Resource Not Ready")
        if how is not None:
            adapter.starts.append(how)

    def _activate(self, signal: Message) -> None:
        """Take a monitor that its owner has just exported; the real one also looks only after the registration.

        An eighth pattern is the end of a real bluetoothd, which systemd then starts again.
        """
        path, interfaces = signal.body
        if len(interfaces[MONITOR]["Patterns"].value) > 7:
            self.restart()
            return
        for adapter in self.adapters.values():
            if (signal.sender, path) in adapter.monitors:
                adapter.monitors[signal.sender, path] = interfaces[MONITOR]["Patterns"].value
                adapter.starts.append("passive")
                self._connection.tell(signal.sender, path, MONITOR, "Activate")

    def _gone(self, owner: str) -> None:
        for adapter in self.adapters.values():
            adapter.discoverers.discard(owner)
            for key in [key for key in adapter.monitors if key[0] == owner]:
                del adapter.monitors[key]

    def _objects(self) -> dict[str, dict[str, dict[str, Variant]]]:
        objects = {}
        for adapter in self.adapters.values():
            objects[adapter.path] = {ADAPTER: adapter.properties()}
            for address, properties in adapter.devices.items():
                objects[f"{adapter.path}/dev_{address.replace(':', '_')}"] = {DEVICE: properties}
        return objects


@contextlib.contextmanager
def stand_in_bluez(folder: Path) -> Iterator[StandInBluez]:
    """Run a bus with a stand-in BlueZ and no adapter in a folder with a short path."""
    with private_bus(folder) as path:
        bluez = StandInBluez(path)
        try:
            yield bluez
        finally:
            bluez.close()


def wait_until(true: Callable[[], bool], otherwise: str, seconds: float = 10) -> None:
    """Wait for something another thread does; fail with `otherwise` when it does not."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            raise AssertionError(otherwise)
        time.sleep(0.005)

"""One advert in the two forms that BlueZ deals with: fields as sent, and properties of a device on the bus."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from dbus_fast import Variant


def as_properties(
    rssi: int,
    uuids: Sequence[str],
    service_data: Mapping[str, bytes],
    manufacturer_data: Mapping[int, bytes],
    name: str | None,
    tx_power: int | None,
) -> dict[str, Variant]:
    """Return the properties that an advert changes; what it does not carry is left out."""
    properties = {"RSSI": Variant("n", rssi)}
    if uuids:
        properties["UUIDs"] = Variant("as", list(uuids))
    if service_data:
        properties["ServiceData"] = Variant("a{sv}", {u: Variant("ay", data) for u, data in service_data.items()})
    if manufacturer_data:
        values = {company: Variant("ay", data) for company, data in manufacturer_data.items()}
        properties["ManufacturerData"] = Variant("a{qv}", values)
    if name is not None:
        properties["Name"] = Variant("s", name)
    if tx_power is not None:
        properties["TxPower"] = Variant("n", tx_power)
    return properties


def as_fields(
    uuids: Sequence[str],
    service_data: Mapping[str, bytes],
    manufacturer_data: Mapping[int, bytes],
    name: str | None,
    flags: int | None,
) -> list[tuple[int, bytes]]:
    """Return the advert as (kind of field, bytes), which is what patterns are matched against."""
    fields = [] if flags is None else [(0x01, bytes([flags]))]
    fields += [(0x03 if len(on_air(uuid)) == 2 else 0x07, on_air(uuid)) for uuid in uuids]
    for uuid, data in service_data.items():
        fields.append((0x16 if len(on_air(uuid)) == 2 else 0x21, on_air(uuid) + data))
    fields += [(0xFF, company.to_bytes(2, "little") + data) for company, data in manufacturer_data.items()]
    if name is not None:
        fields.append((0x09, name.encode()))
    return fields


def on_air(uuid: str) -> bytes:
    """Return a UUID as sent: little-endian, two bytes where it is a 16-bit one. Nonsense is sent as it is."""
    try:
        full = UUID(uuid).bytes
    except ValueError:
        return uuid.encode()
    short = full[:2] == b"\0\0" and full[4:] == bytes.fromhex("00001000800000805f9b34fb")
    return full[3:1:-1] if short else full[::-1]

"""The lines of a recording: one pydantic model a line, and the way from an event to its line and back."""

import json
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, field_validator

from hardware.events import Action, Advert, Beam, Event, Press, Scanner

Seconds = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Name = Annotated[str, Field(min_length=1, max_length=64)]
Metres = Annotated[float, Field(ge=-1000, le=1000)]


class Header(BaseModel):
    """What was recorded, and where: the first line of a recording.

    `door` names the sensors in the order in which somebody going in breaks them, `radios` the receivers; `places` gives
    [x, y] in metres of both, x from the door line into the building, y along the wall from the middle of the door.
    Keys of a later version are passed over: they may add facts, never change the meaning of these.
    """

    model_config = ConfigDict(extra="ignore", frozen=True, strict=True)

    format: Literal["kiosk-recording/1"] = "kiosk-recording/1"
    started_at: AwareDatetime
    seconds: Seconds
    door: tuple[Name, ...]
    radios: tuple[Name, ...] = ("inside",)
    places: dict[Name, tuple[Metres, Metres]] = Field(default_factory=dict)

    @field_validator("door", "radios")
    @classmethod
    def _each_once(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        if len(set(names)) < len(names):
            raise ValueError("the same name stands twice")
        return names


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, val_json_bytes="hex")


class _AdvertPart(_Part):
    address: Name
    rssi: Annotated[int, Field(ge=-127, le=20)]
    radio: Name = "inside"
    service_uuids: tuple[UUID, ...] = ()
    service_data: dict[UUID, bytes] = Field(default_factory=dict)
    manufacturer_data: dict[Annotated[int, Field(ge=0, le=0xFFFF, strict=False)], bytes] = Field(default_factory=dict)
    local_name: Annotated[str, Field(max_length=255)] | None = None
    tx_power: Annotated[int, Field(ge=-127, le=127)] | None = None

    def event(self, t: float) -> Advert:
        return Advert(
            t=t,
            address=self.address,
            rssi=self.rssi,
            radio=self.radio,
            service_uuids=tuple(map(str, self.service_uuids)),
            service_data={str(uuid): data for uuid, data in self.service_data.items()},
            manufacturer_data=self.manufacturer_data,
            local_name=self.local_name,
            tx_power=self.tx_power,
        )


class _DoorPart(_Part):
    sensor: Name
    active: bool

    def event(self, t: float) -> Beam:
        return Beam(t=t, sensor=self.sensor, active=self.active)


class _PressPart(_Part):
    action: Action
    count: Annotated[int, Field(ge=1, le=999)] = 1

    def event(self, t: float) -> Press:
        return Press(t=t, action=self.action, count=self.count)


class _ScannerPart(_Part):
    radio: Name
    listening: bool
    reason: Annotated[str, Field(max_length=1000)] = ""

    def event(self, t: float) -> Scanner:
        return Scanner(t=t, radio=self.radio, listening=self.listening, reason=self.reason)


class Line(_Part):
    """One line after the header: a time, and exactly one event."""

    t: Seconds
    advert: _AdvertPart | None = None
    door: _DoorPart | None = None
    press: _PressPart | None = None
    scanner: _ScannerPart | None = None

    def event(self) -> Event:
        """The event of this line. Raises ValueError when there is none, or more than one."""
        match [part for part in (self.advert, self.door, self.press, self.scanner) if part is not None]:
            case [part]:
                return part.event(self.t)
            case []:
                raise ValueError("no event stands beside t; expected advert, door, press or scanner")
            case _:
                raise ValueError("more than one event; write each on a line of its own")


def write_header(header: Header) -> str:
    """The first line, without its line feed."""
    return json.dumps(header.model_dump(mode="json"))


def write_event(event: Event, several_radios: bool = False) -> str:
    """The line of an event, without its line feed; keys that say nothing are left out.

    Raises ValueError for a raw Button: what is recorded is the press that the officer's desk made of it.
    """
    return json.dumps({"t": round(event.t, 3)} | _part(event, several_radios), separators=(",", ":"))


def _part(event: Event, several_radios: bool) -> dict[str, Any]:
    match event:
        case Advert():
            return {"advert": _advert(event, several_radios)}
        case Beam():
            return {"door": {"sensor": event.sensor, "active": event.active}}
        case Press():
            count = {"count": event.count} if event.count != 1 else {}
            return {"press": {"action": event.action.value} | count}
        case Scanner():
            reason = {"reason": event.reason} if event.reason else {}
            return {"scanner": {"radio": event.radio, "listening": event.listening} | reason}
        case _:
            raise ValueError(f"a {type(event).__name__} cannot be recorded; record the press made of it")


def _advert(advert: Advert, several_radios: bool) -> dict[str, Any]:
    optional = {
        "service_uuids": list(advert.service_uuids),
        "service_data": {uuid: data.hex() for uuid, data in advert.service_data.items()},
        "manufacturer_data": {str(company): data.hex() for company, data in advert.manufacturer_data.items()},
        "local_name": advert.local_name,
        "radio": advert.radio if several_radios else None,
    }
    fields: dict[str, Any] = {"address": advert.address, "rssi": advert.rssi}
    fields |= {key: value for key, value in optional.items() if value}
    if advert.tx_power is not None:
        fields["tx_power"] = advert.tx_power
    return fields

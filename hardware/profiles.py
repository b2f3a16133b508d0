"""Beacon profiles: how an app can be told by its adverts, as data that an administrator can add to.

One profile is one way of being on air. An app that sounds different on Android and on iOS has one profile for each,
because its duty cycle and its rolling ID differ too; a campaign lists the names of all of them.
docs/beacon-profiles.md explains every key for people.
"""

import difflib
import tomllib
from dataclasses import dataclass, fields
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

from pydantic import BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError

from hardware.errors import ProfileError

_BLUETOOTH_BASE = "0000{:04x}-0000-1000-8000-00805f9b34fb"
_LARGEST_NUMBER = 0xFFFF  # assigned numbers, of services and of companies, have 16 bits
_FORBID = ConfigDict(extra="forbid")


def full_uuid(value: object) -> str:
    """Return a service UUID as adverts carry it: 128 bits, lower case. Takes 0x4E56 as well as the long form."""
    if isinstance(value, int) and 0 <= value <= _LARGEST_NUMBER:
        return _BLUETOOTH_BASE.format(value)
    try:
        return str(UUID(str(value)))
    except ValueError:
        raise ValueError(f"{value!r} is neither a 16-bit number such as 0x4E56 nor a full UUID") from None


def _bytes_from_hex(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return bytes.fromhex(value)
    except ValueError:
        raise ValueError(f'{value!r} is not a string of hex digits such as "0215"') from None


ServiceUuid = Annotated[str, BeforeValidator(full_uuid)]
HexBytes = Annotated[bytes, BeforeValidator(_bytes_from_hex)]
Company = Annotated[int, Field(ge=0, le=_LARGEST_NUMBER)]
Length = Annotated[int, Field(ge=1, le=255)]
Offset = Annotated[int, Field(ge=0, le=254)]
Seconds = Annotated[float, Field(ge=0, le=86400)]


@dataclass(frozen=True, slots=True)
class Manufacturer:
    """Manufacturer data that tells the app.

    `company` is the assigned number, None for any; `prefix` are the first bytes; `length` is how many bytes there
    are in all, None for any number.
    """

    __pydantic_config__ = _FORBID
    company: Company | None = None
    prefix: HexBytes = b""
    length: Length | None = None

    def fits(self, data: bytes) -> bool:
        """Tell whether `data`, already known to be of this company, is what the rule describes."""
        return data.startswith(self.prefix) and self.length in (None, len(data))


@dataclass(frozen=True, slots=True)
class Identity:
    """Where the rolling ID is: `length` bytes (None: all the rest) from byte `start` on.

    It lies in the data of `service` or of `company`; of neither: in the manufacturer data that told the app.
    """

    __pydantic_config__ = _FORBID
    company: Company | None = None
    service: ServiceUuid | None = None
    start: Offset = 0
    length: Length | None = None

    def __post_init__(self) -> None:
        """Refuse an identity that lies in two places. Raises ValueError."""
        if self.company is not None and self.service is not None:
            raise ValueError("say company or service, the one whose data holds the rolling ID, not both")


@dataclass(frozen=True, slots=True)
class BeaconProfile:
    """One way in which an app is on air.

    Any of `service_uuids`, `service_data_uuids`, `manufacturer`, `local_name` and `overflow_uuids` tells the app;
    with `every = true` all that are named must be there. Times are in seconds; an app that is on air all the time
    has `duty_on` and `duty_off` 0. `interval` is the usual time between two adverts while on air, and
    `identity_seconds` how long one rolling ID (or, without one, one address) lasts. `reference_power` is the RSSI in
    dBm that one usually hears at 1 m: a start for the core, which fits its own.
    """

    __pydantic_config__ = _FORBID
    name: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9.-]*$")]
    title: Annotated[str, Field(min_length=1, max_length=80)]
    service_uuids: tuple[ServiceUuid, ...] = ()
    service_data_uuids: tuple[ServiceUuid, ...] = ()
    manufacturer: tuple[Manufacturer, ...] = ()
    local_name: Annotated[str, Field(min_length=1, max_length=248)] | None = None
    overflow_uuids: tuple[ServiceUuid, ...] = ()
    every: bool = False
    identity: Identity | None = None
    identity_seconds: Annotated[float, Field(gt=0, le=86400)] = 900.0
    duty_on: Seconds = 0.0
    duty_off: Seconds = 0.0
    interval: Annotated[float, Field(gt=0, le=60)] = 0.25
    reference_power: Annotated[float, Field(ge=-127, le=20)] = -75.0

    def __post_init__(self) -> None:
        """Refuse a profile that no advert could match, or half a duty cycle. Raises ValueError."""
        if not any(getattr(self, rule) for rule in MATCHING):
            raise ValueError(f"nothing tells this app: give one of {', '.join(MATCHING)}")
        if bool(self.duty_on) != bool(self.duty_off):
            raise ValueError("duty_on and duty_off go together: both 0 for an app that is always on air")


MATCHING = ("service_uuids", "service_data_uuids", "manufacturer", "local_name", "overflow_uuids")
"""The keys of a profile that tell an app, strongest first: an advert is tried against them in this order."""

_KEYS = {field.name for kind in (BeaconProfile, Manufacturer, Identity) for field in fields(kind)} - {"name"}
_ADAPTER = TypeAdapter(BeaconProfile)


def load_profiles(extra: Path | None = None) -> tuple[BeaconProfile, ...]:
    """Return the profiles shipped with the project, then those of the administrator's file `extra`.

    A profile of `extra` with a known name replaces the shipped one. Raises ProfileError with one line a fault.
    """
    shipped = files("hardware").joinpath("profiles.toml").read_text(encoding="utf-8")
    profiles = {profile.name: profile for profile in parse_profiles(shipped, "profiles.toml")}
    if extra is not None:
        try:
            text = extra.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise ProfileError(f"{extra}: cannot be read as a profile file: {error}") from error
        profiles |= {profile.name: profile for profile in parse_profiles(text, str(extra))}
    return tuple(profiles.values())


def parse_profiles(text: str, source: str) -> tuple[BeaconProfile, ...]:
    """Return the profiles in `text` (TOML, one table a profile) in their order; `source` names it in messages.

    Raises ProfileError that lists every fault of every profile, one line each.
    """
    try:
        tables = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise ProfileError(f"{source}: not TOML: {error}") from error
    profiles: list[BeaconProfile] = []
    faults: list[str] = []
    for name, table in tables.items():
        try:
            profiles.append(_profile(name, table))
        except ValidationError as error:
            faults += [f"{source}: profile {name}: {_plain(fault)}" for fault in error.errors()]
    if faults:
        raise ProfileError("\n".join(faults))
    return tuple(profiles)


def _profile(name: str, table: object) -> BeaconProfile:
    return _ADAPTER.validate_python({**table, "name": name} if isinstance(table, dict) else table)


def _plain(fault: Any) -> str:
    """Return one of pydantic's faults as a plain line: the key, what is wrong with it, the nearest valid key."""
    key = ".".join(str(part) for part in fault["loc"]) or "whole table"
    if fault["type"] in ("unexpected_keyword_argument", "extra_forbidden"):
        near = difflib.get_close_matches(str(fault["loc"][-1]), _KEYS, n=1)
        return f"{key}: no such key" + (f"; did you mean {near[0]}?" if near else "")
    return f"{key}: {fault['msg'].removeprefix('Value error, ')}"

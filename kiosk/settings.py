"""Every setting of the kiosk, with its unit, its default and why. Loading them is `kiosk.configuration`."""

import re
import zoneinfo
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from pydantic.config import JsonDict
from pydantic.fields import FieldInfo

Place = tuple[float, float]
"""Metres: x from the door line into the building, y along the wall from the middle of the door."""

SECRET: JsonDict = {"secret": True}


def is_secret(field: FieldInfo) -> bool:
    """Whether the value must never be printed."""
    return field.json_schema_extra == SECRET


def _absolute(path: Path) -> Path:
    path = path.expanduser()
    if not path.is_absolute():
        raise ValueError("should be an absolute path, or begin with ~")
    return path


def _known_zone(name: str) -> str:
    try:
        zoneinfo.ZoneInfo(name)
    except (ValueError, OSError, zoneinfo.ZoneInfoNotFoundError):
        raise ValueError("should be a time zone such as Asia/Ho_Chi_Minh") from None
    return name


def _time_of_day(text: str) -> str:
    if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", text):
        raise ValueError("should be a time of day such as 06:30")
    return text


def _web_address(url: str) -> str:
    parts = urlsplit(url)
    if url and (parts.scheme not in ("http", "https") or not parts.hostname):
        raise ValueError("should be an address that begins with https:// (or http:// on a closed network)")
    if parts.username or parts.password:
        raise ValueError("should hold no user and password; the token goes into sync.token_file")
    return url.rstrip("/")


AbsolutePath = Annotated[Path, AfterValidator(_absolute)]
TimeOfDay = Annotated[str, AfterValidator(_time_of_day)]
TimeZone = Annotated[str, AfterValidator(_known_zone)]
WebAddress = Annotated[str, AfterValidator(_web_address)]


class Section(BaseModel):
    """A table of the configuration: unknown keys are refused, values never change after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class KioskSection(Section):
    """Who and where this kiosk is."""

    name: str = Field("entrance-1", description="Short name of this entrance, unique within the organisation.")
    organisation: str = Field("UBND huyện Chiêm Hóa", description="Whose entrance it is; stands on the screen.")
    language: str = Field("vi", description="First language of the screen: the name of a language file.")
    second_language: str = Field("en", description="Language beside or after the first; empty for none.")
    languages: Path | None = Field(None, description="Folder with language files of your own, each <name>.toml.")
    timezone: TimeZone = Field("Asia/Ho_Chi_Minh", description="Zone in which days and hours are counted.")
    campaign: str = Field("bluezone", description="A campaign shipped with the kiosk, or the path of a campaign file.")


class RadioSection(Section):
    """One Bluetooth receiver; `[[radio]]` once or twice."""

    name: str = Field("inside", description='"inside" beside the kiosk, "outside" beside the door.')
    adapter: str = Field("", description="Adapter name (hci0) or its Bluetooth address; empty for the first one.")
    place: Place | None = Field(
        None, examples=[[0.6, 0.9]], description="[x, y] in metres from the middle of the door."
    )


class ScanSection(Section):
    """How the radios listen."""

    mode: Literal["auto", "passive", "active"] = Field(
        "auto",
        description="passive hears every advert where BlueZ allows it; auto tries it and falls back to active.",
    )
    profiles: AbsolutePath | None = Field(
        None,
        examples=["/etc/entrance-kiosk/profiles.toml"],
        description="A file of your own with further beacon profiles; left out: the shipped ones.",
    )


class DoorSection(Section):
    """The sensors across the door."""

    sensors: tuple[str, ...] = Field(
        ("outer", "inner"),
        description='["outer", "inner"] tells direction; ["beam"] or ["motion"] counts everybody in; [] is radio only.',
    )
    pins: dict[str, int] = Field(
        default_factory=lambda: {"outer": 17, "inner": 27}, description="BCM pin of each sensor."
    )
    active_low: bool = Field(True, description="True when a broken beam pulls its pin to ground.")
    places: dict[str, Place] = Field(
        default_factory=lambda: {"outer": (-0.15, 0.0), "inner": (0.15, 0.0)},
        description="[x, y] of each sensor in metres; the distance between the beams gives walking speed.",
    )
    debounce: Annotated[float, Field(ge=0, le=0.2)] = Field(
        0.02,
        description="Seconds a sensor must hold before it counts: longer than contact bounce, shorter than a hand.",
    )

    @model_validator(mode="after")
    def _pins_fit_sensors(self) -> Self:
        missing = [sensor for sensor in self.sensors if sensor not in self.pins]
        if missing:
            raise ValueError(f"no pin for sensor {missing[0]!r}; add door.pins.{missing[0]}")
        return self


class CalibrationSection(Section):
    """What `kiosk calibrate` measured at this door; left out, the kiosk takes what is usual at doors."""

    date: str = Field("", description="Day of the walk, YYYY-MM-DD; walk again when the kiosk or a radio was moved.")
    reference: Annotated[float, Field(ge=-100, le=-20)] | None = Field(
        None,
        examples=[-62.5],
        description="dBm of a phone in a hand one metre from the first radio: this receiver, hung as it hangs.",
    )
    slope: Annotated[float, Field(ge=1, le=5)] | None = Field(
        None,
        examples=[2.2],
        description="Path-loss exponent: 2 in the open, less along a corridor, 3 among furniture and walls.",
    )
    pocket_loss: Annotated[float, Field(ge=-10, le=40)] | None = Field(
        None, examples=[6.0], description="dB that a pocket takes from a phone whose owner faces the radio."
    )
    second_offset: Annotated[float, Field(ge=-40, le=40)] | None = Field(
        None,
        examples=[-2.0],
        description="dB that the second radio hears more than the first at the same distance: antennas differ.",
    )
    close: Annotated[float, Field(ge=-100, le=-20)] | None = Field(
        None, examples=[-58.0], description="dBm above which a phone is taken to be held to the kiosk."
    )
    door: Annotated[float, Field(ge=-110, le=-20)] | None = Field(
        None,
        examples=[-75.0],
        description="dBm of a phone in a pocket at the door line, at the radio that hears it best.",
    )


class PanelSection(Section):
    """The officer's buttons, keys and touch."""

    pins: dict[str, int] = Field(
        default_factory=lambda: {
            "shown": 5,
            "installed_here": 6,
            "no_smartphone": 13,
            "declined": 19,
            "exit": 26,
        },
        description="BCM pin of each button; a button without a pin is left out.",
    )
    lamp: int | None = Field(21, description="BCM pin of the status lamp; leave out for none.")
    lockout: Annotated[float, Field(ge=0, le=5)] = Field(
        0.6, description="Seconds in which a second press of the same button is taken for a double press."
    )
    undo_hold: Annotated[float, Field(ge=1, le=10)] = Field(2.0, description="Seconds to hold for undo.")
    undo_within: Annotated[float, Field(ge=5, le=300)] = Field(30.0, description="Seconds in which undo is possible.")


class OfficerSection(Section):
    """One duty officer; `[[officer]]` once for each."""

    name: str = Field(description="Name or number that the hand-over shows.")
    pin: str = Field("", json_schema_extra=SECRET, description="Digits asked for at the hand-over; empty for none.")


class ScreenSection(Section):
    """The panel visitors see."""

    size: tuple[int, int] | None = Field(
        None, examples=[[1920, 1080]], description="[width, height] in pixels; left out: the display's own."
    )
    panel_inches: Annotated[float, Field(ge=3, le=120)] = Field(24.0, description="Visible diagonal in inches.")
    headless: bool = Field(False, description="True runs without any screen; otherwise an invisible one is an error.")
    night: tuple[TimeOfDay, TimeOfDay] = Field(
        ("20:00", "06:00"), description="From and to, when the screen goes dark and quiet."
    )


class SoundSection(Section):
    """Tones for the officer and the spoken invitation."""

    enabled: bool = Field(True, description="False for silence; a missing sound device is no fault.")
    volume: Annotated[float, Field(ge=0, le=1)] = Field(0.6, description="0 to 1.")
    speak_every: Annotated[float, Field(ge=60)] = Field(60.0, description="Least seconds between two invitations.")
    quiet: tuple[TimeOfDay, TimeOfDay] = Field(
        ("11:30", "13:30"), description="From and to, without spoken invitations."
    )
    invitation: Path | None = Field(None, description="WAV file with a spoken invitation of your own.")


class LogSection(Section):
    """The logbook."""

    database: AbsolutePath | None = Field(
        None,
        examples=["/var/lib/entrance-kiosk/logbook.db"],
        description="SQLite file; left out: logbook.db in the state folder.",
    )
    keep_days: Annotated[int, Field(ge=31)] = Field(730, description="Days an entry is kept once it has been sent.")
    backup_hours: Annotated[float, Field(ge=0, le=720)] = Field(
        24.0, description="Hours between two backups beside the database; 0 for none."
    )
    backup_keep: Annotated[int, Field(ge=1, le=100)] = Field(7, description="Backups kept at most.")
    backup_days: Annotated[int, Field(ge=1)] = Field(
        60, description="Days a backup is kept at most; the newest always stays."
    )


class SyncSection(Section):
    """The district that receives the counts."""

    url: WebAddress = Field("", description="Base address of the district, https://...; empty: nothing is sent.")
    token_file: AbsolutePath | None = Field(
        None,
        examples=["/etc/entrance-kiosk/token"],
        description="File with this kiosk's token; left out: token in the state folder.",
    )
    timeout: Annotated[float, Field(gt=0, le=120)] = Field(20.0, description="Seconds to wait for the district.")


class Settings(Section):
    """The whole configuration."""

    kiosk: KioskSection = KioskSection()
    radio: tuple[RadioSection, ...] = (RadioSection(),)
    scan: ScanSection = ScanSection()
    door: DoorSection = DoorSection()
    calibration: CalibrationSection = CalibrationSection()
    panel: PanelSection = PanelSection()
    officer: tuple[OfficerSection, ...] = ()
    screen: ScreenSection = ScreenSection()
    sound: SoundSection = SoundSection()
    log: LogSection = LogSection()
    sync: SyncSection = SyncSection()

    @model_validator(mode="after")
    def _radios_have_names_of_their_own(self) -> Self:
        names = [radio.name for radio in self.radio]
        twice = [name for name in names if names.count(name) > 1]
        if twice:
            raise ValueError(f"two radios are called {twice[0]!r}; give each [[radio]] a name of its own")
        return self

    @model_validator(mode="after")
    def _radios_have_adapters_of_their_own(self) -> Self:
        adapters = [radio.adapter.upper() for radio in self.radio]
        if len(adapters) > 1 and ("" in adapters or len(set(adapters)) < len(adapters)):
            raise ValueError("two radios would share an adapter; give each [[radio]] an adapter of its own")
        return self

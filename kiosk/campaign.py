"""A campaign is one file: which app, which address, which beacons, who asks for it, until when, in which words."""

import datetime
import tomllib
from importlib import resources
from pathlib import Path
from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kiosk.errors import CampaignError
from kiosk.plain_text import clean

SHIPPED: Final = resources.files("kiosk") / "campaigns"

LONGEST_ADDRESS: Final = 32
"""Bytes: what a version 3 code of error level Q holds; one byte more and every module shrinks by an eighth."""

_LONGEST_FILE: Final = 256 * 1024
_LONGEST_NAME: Final = 60

Name = Annotated[str, Field(min_length=1, max_length=_LONGEST_NAME)]


class Campaign(BaseModel):
    """What the kiosk invites people to. Shown texts are clean already; `remarks` say what was wrong with the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    app: Name = Field(description="The app's name as people say it.")
    address: Annotated[str, Field(pattern=r"^https?://[!-~]+$", max_length=300)] = Field(
        description="What the code holds: http:// or https://, plain ASCII."
    )
    shown_address: Annotated[str, Field(max_length=_LONGEST_NAME)] = Field("", description="Stands below the code.")
    profiles: tuple[Name, ...] = Field((), description="Beacon profiles that show the app is running.")
    authority: Annotated[str, Field(max_length=120)] = Field("", description="Who asks for it.")
    purpose: Annotated[str, Field(max_length=_LONGEST_NAME)] = Field("", description="What the counts are for.")
    purposes: dict[str, str] = Field(default_factory=dict, description="The purpose in further languages.")
    begins: datetime.date | None = Field(None, description="First day; left out: open.")
    ends: datetime.date | None = Field(None, description="Last day; left out: open.")
    texts: dict[str, dict[str, str | list[str]]] = Field(
        default_factory=dict, description="Texts of a language that this campaign replaces."
    )
    remarks: Annotated[tuple[str, ...], Field(exclude=True)] = ()

    def purpose_in(self, language: str) -> str:
        """The purpose in words of that language, else in the first."""
        return self.purposes.get(language, self.purpose)

    def running(self, day: datetime.date) -> bool:
        """Whether the campaign is on that day."""
        return (self.begins is None or day >= self.begins) and (self.ends is None or day <= self.ends)


def load_campaign(source: str) -> Campaign:
    """Load a shipped campaign by name, or a campaign file by path.

    Raises CampaignError with one line a fault. Faults that only spoil a text do not raise: the text is cleaned, and
    `remarks` say so.
    """
    path, data = _read(source)
    remarks: list[str] = []
    cleaned = _clean_tree(data, "", remarks, path)
    try:
        campaign = Campaign.model_validate(cleaned)
    except ValidationError as error:
        faults = dict.fromkeys(f"{path}: {_fault(one)}" for one in error.errors())
        raise CampaignError("\n".join(faults)) from None
    size = len(campaign.address.encode())
    if size > LONGEST_ADDRESS:
        remarks.append(
            f"{path}: address has {size} bytes: over {LONGEST_ADDRESS} the code gets finer; use a shorter one"
        )
    return campaign.model_copy(update={"remarks": tuple(remarks)})


def best_campaign(source: str) -> Campaign:
    """Load a campaign, keeping whatever of it is right and taking the rest from the shipped one; never raises.

    `remarks` hold one line for each thing that was not as it should be.
    """
    try:
        return load_campaign(source)
    except CampaignError as error:
        remarks = str(error).splitlines()
    fallback = load_campaign("bluezone")
    try:
        path, data = _read(source)
    except CampaignError:
        return fallback.model_copy(update={"remarks": (*remarks, "showing the shipped campaign bluezone instead")})
    cleaned = _clean_tree(data, "", remarks, path)
    kept = {key: value for key, value in cleaned.items() if key in Campaign.model_fields and key != "remarks"}
    known = fallback.model_dump()
    for key, value in kept.items():
        try:
            Campaign.model_validate({**known, key: value})
        except ValidationError:
            continue
        known[key] = value
    return Campaign.model_validate(known).model_copy(update={"remarks": tuple(dict.fromkeys(remarks))})


def _read(source: str) -> tuple[str, dict[str, Any]]:
    shipped = SHIPPED / f"{source}.toml"
    try:
        if "/" not in source and not source.endswith(".toml"):
            if not shipped.is_file():
                known = ", ".join(sorted(item.name[:-5] for item in SHIPPED.iterdir() if item.name.endswith(".toml")))
                raise CampaignError(f"no campaign named {source!r}: there is {known}, or give a path ending in .toml")
            name, raw = f"campaign {source}", shipped.read_bytes()
        else:
            name, raw = source, Path(source).read_bytes()
        if len(raw) > _LONGEST_FILE:
            raise CampaignError(f"{name}: {len(raw)} bytes is no campaign file; keep it below {_LONGEST_FILE}")
        return name, tomllib.loads(raw.decode())
    except OSError as error:
        raise CampaignError(f"{source}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise CampaignError(f"{source}: byte {error.start} is not UTF-8; save the file as UTF-8") from None
    except CampaignError:
        raise
    except (ValueError, RecursionError) as error:  # TOMLDecodeError, and numbers or nesting beyond what Python reads
        raise CampaignError(f"{source}: not TOML: {error}") from None


def _clean_tree(value: Any, where: str, remarks: list[str], path: str) -> Any:
    if isinstance(value, dict):
        return {key: _clean_tree(item, f"{where}.{key}".lstrip("."), remarks, path) for key, item in value.items()}
    if isinstance(value, list):
        return [_clean_tree(item, where, remarks, path) for item in value]
    if not isinstance(value, str) or where == "address":
        return value
    longest = _LONGEST_NAME if "." not in where and where != "authority" else None
    cleaned = clean(value) if longest is None else clean(value, longest)
    if cleaned.faults:
        remarks.append(f"{path}: {where}: took out {', '.join(cleaned.faults)}")
    return cleaned.text


def _fault(error: Any) -> str:
    key = ".".join(str(part) for part in error["loc"])
    if error["loc"][0] == "texts" and len(error["loc"]) > 2:  # a text or a list of texts: pydantic tells of both
        return f"{'.'.join(map(str, error['loc'][:3]))}: neither a text nor a list of texts"
    if error["type"] == "extra_forbidden":
        return f"{key}: no such key; known are {', '.join(k for k in Campaign.model_fields if k != 'remarks')}"
    if key == "address" and error["type"] == "string_too_long":
        return "address: longer than 300 characters; use a shorter one, a code of it could not be read"
    if key == "address":
        return "address: not a web address; write it like https://bluezone.gov.vn"
    return f"{key}: {error['msg'][0].lower()}{error['msg'][1:]}"

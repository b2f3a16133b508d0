"""Finds, reads and checks the configuration; every fault at once, one line each that names the key and the remedy."""

import difflib
import itertools
import os
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from kiosk.errors import SettingsError
from kiosk.paths import usual_configurations
from kiosk.settings import Settings, is_secret

Key = tuple[str | int, ...]
Table = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Loaded:
    """A configuration that passed every check; `source` is its file, None for the built-in defaults."""

    settings: Settings
    source: Path | None
    faults: str = ""
    """What is wrong with the file, one line a fault, when the last good one is in force instead."""


def load(config: Path | None = None, overrides: Sequence[str] = (), environ: Mapping[str, str] = os.environ) -> Loaded:
    """Read the configuration named by `config`, else KIOSK_CONFIG, else the usual places, else the built-in defaults.

    `overrides` are "section.key=value" and win over the file. Raises SettingsError with one line a fault.
    """
    source = find_source(config, environ)
    table = _read(source) if source else {}
    faults: list[str] = []
    overridden: set[Key] = set()
    for override in overrides:
        try:
            overridden.add(_override(table, override))
        except ValueError as error:
            faults.append(f"-o {override.partition('=')[0]}: {error}")
    try:
        settings = Settings.model_validate(table)
    except ValidationError as error:
        for fault in error.errors(include_url=False):
            origin = "-o" if source is None or _touches(fault["loc"], overridden) else str(source)
            faults.append(f"{origin}: {_explain(fault)}")
    if faults:
        raise SettingsError("\n".join(faults))
    return Loaded(settings, source)


def dotted(key: Iterable[str | int]) -> str:
    """A key as it is written after `-o`: `radio.0.adapter`."""
    return ".".join(str(part) for part in key)


def find_source(config: Path | None, environ: Mapping[str, str] = os.environ) -> Path | None:
    """The configuration file that is meant, whether or not it can be read; None for the built-in defaults."""
    if config is None and environ.get("KIOSK_CONFIG"):
        config = Path(environ["KIOSK_CONFIG"])
    if config is not None:
        return config.expanduser().absolute()
    return next((place for place in usual_configurations() if _exists(place)), None)


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except PermissionError:
        return True  # the file may be there and not for us: reading it says so in words


def _read(path: Path) -> Table:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path}: byte {error.start} is not UTF-8; save the file as UTF-8") from error
    except (ValueError, RecursionError) as error:  # TOMLDecodeError, and numbers or nesting beyond what Python reads
        raise SettingsError(f"{path}: not valid TOML: {error}") from error
    except FileNotFoundError as error:
        raise SettingsError(f"{path}: no such file; `kiosk config init` writes one") from error
    except OSError as error:
        raise SettingsError(f"{path}: {error.strerror}") from error


def _override(table: Table, override: str) -> Key:
    """Put one override into the table; returns its key. Raises ValueError when it is not one."""
    name, equals, text = override.partition("=")
    parts = name.strip().split(".")
    if not equals or len(parts) < 2 or not all(parts):
        raise ValueError("should be section.key=value")
    key = tuple(int(part) if part.isdecimal() else part for part in parts)
    place: Any = table
    for part, following in itertools.pairwise(key):
        place = _step(place, part, [] if isinstance(following, int) else {})
    _put(place, key[-1], _value(text.strip(), _kinds(key)))
    return key


def _step(place: Any, part: str | int, missing: Any) -> Any:
    """Go down one level, making it where it is missing."""
    if isinstance(place, dict) and isinstance(part, str):
        return place.setdefault(part, missing)
    if isinstance(place, list) and isinstance(part, int) and part <= len(place):
        if part == len(place):
            place.append(missing if not isinstance(missing, list) else {})
        return place[part]
    raise ValueError(f"there is no {part!r} to go into")


def _put(place: Any, part: str | int, value: Any) -> None:
    fits = isinstance(place, dict) if isinstance(part, str) else isinstance(place, list) and part < len(place)
    if not fits:
        raise ValueError(f"there is no {part!r} to set")
    place[part] = value


def _value(text: str, kinds: set[Any]) -> Any:
    """A TOML value, or the bare text where it is none or where the setting is text (`-o kiosk.name=5`)."""
    try:
        value = tomllib.loads(f"value = {text}")["value"]
    except (ValueError, RecursionError):
        return text
    return text if kinds & {str, Path} and not isinstance(value, str) else value


def _kinds(key: Key) -> set[Any]:
    """The plain types that a setting takes; empty when there is no such setting."""
    model = _model_at(key[:-1])
    field = model.model_fields.get(str(key[-1])) if model else None
    if field is None:
        return set()
    optional = get_origin(field.annotation) in (Union, UnionType)
    alternatives = get_args(field.annotation) if optional else (field.annotation,)
    return {get_args(kind)[0] if get_origin(kind) is Annotated else kind for kind in alternatives}


def _flatten(annotation: Any) -> Iterator[Any]:
    yield annotation
    for argument in get_args(annotation):
        yield from _flatten(argument)


def _model_at(key: Sequence[str | int]) -> type[BaseModel] | None:
    """The model of the table at `key`, or None."""
    model: type[BaseModel] = Settings
    for part in key:
        if isinstance(part, int):
            continue
        field = model.model_fields.get(part)
        inner = [kind for kind in _flatten(field.annotation) if _is_model(kind)] if field else []
        if not inner:
            return None
        model = inner[0]
    return model


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _touches(location: Key, overridden: set[Key]) -> bool:
    """Whether the fault lies within an overridden value."""
    return any(location[: len(key)] == key for key in overridden)


def _explain(fault: ErrorDetails) -> str:
    """One line: the key, what is wrong with it, and what would be right."""
    location = fault["loc"]
    key = dotted(location)
    if fault["type"] == "extra_forbidden":
        return f"{key}: unknown key; {_suggestion(location)}"
    problem = fault["msg"].removeprefix("Value error, ").replace("Input should", "should", 1)
    field = _field_at(location)
    hidden = fault["type"] == "missing" or isinstance(fault["input"], dict) or (field is not None and is_secret(field))
    given = "" if hidden else f" (is {_short(fault['input'])})"
    return f"{key or 'the whole'}: {problem}{given}" + (f". {field.description}" if field and field.description else "")


def _short(value: object) -> str:
    text = re.sub(r"//[^/@]*@", "//...@", repr(value))  # a user and password in an address
    return text if len(text) <= 60 else f"{text[:57]}..."


def _suggestion(location: Key) -> str:
    """The nearest known key: in the same table, else one of that name in another."""
    model = _model_at(location[:-1])
    known = list(model.model_fields) if model else []
    wrong = str(location[-1])
    near = difflib.get_close_matches(wrong, known, n=1)
    if near:
        return f"did you mean {dotted((*location[:-1], near[0]))}?"
    for section, field in Settings.model_fields.items():
        if any(_is_model(kind) and wrong in kind.model_fields for kind in _flatten(field.annotation)):
            return f"did you mean {section}.{wrong}?"
    return f"known here: {', '.join(known)}"


def _field_at(location: Key) -> FieldInfo | None:
    """The setting that the location lies in: the deepest one that is known."""
    for end in range(len(location), 0, -1):
        model = _model_at(location[: end - 1])
        if model and location[end - 1] in model.model_fields:
            return model.model_fields[str(location[end - 1])]
    return None

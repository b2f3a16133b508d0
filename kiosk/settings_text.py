"""The settings as text: the commented default file, the effective values, the reference page. All from the models."""

import types
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import tomlkit
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from kiosk.settings import Section, Settings, is_secret

MASK = "********"


@dataclass(frozen=True, slots=True)
class Setting:
    """One key of the configuration, in words; `value` is TOML: the default, or an example where there is none."""

    key: str
    kind: str
    value: str
    has_default: bool
    description: str


def tables() -> Iterator[tuple[str, bool, type[Section]]]:
    """Each table of the configuration: its name, whether it may stand several times, and its model."""
    for name, field in Settings.model_fields.items():
        repeated = get_origin(field.annotation) is tuple
        model = get_args(field.annotation)[0] if repeated else field.annotation
        assert isinstance(model, type)
        assert issubclass(model, Section)
        yield name, repeated, model


def settings_of(model: type[Section]) -> Iterator[Setting]:
    """Each key of one table."""
    for key, field in model.model_fields.items():
        default = field.get_default(call_default_factory=True)
        has_default = default is not None and default is not PydanticUndefined
        example = field.examples[0] if field.examples else ""
        yield Setting(
            key, _kind(field), toml(default if has_default else example), has_default, field.description or ""
        )


def toml(value: Any) -> str:
    """One value as it stands in a TOML file."""
    plain = _plain(value)
    if isinstance(plain, dict):
        return "{" + ", ".join(f"{key} = {toml(inner)}" for key, inner in plain.items()) + "}"
    return str(tomlkit.item(plain).as_string())


def default_file() -> str:
    """A configuration in which every line is a comment that says what the built-in default is."""
    lines = [
        "# Configuration of the entrance kiosk. Each setting below is commented out and shows its default.",
        "# `kiosk config check` says whether the file is right; `kiosk config show` what is in force.",
    ]
    for name, repeated, model in tables():
        lines += ["", f"# {_sentence(model)}", f"#[[{name}]]" if repeated else f"[{name}]"]
        for setting in settings_of(model):
            lines += [f"# {setting.description}" + ("" if setting.has_default else " (An example; not set.)")]
            lines += [f"#{setting.key} = {setting.value}"]
    return "\n".join(lines) + "\n"


def masked(settings: Settings) -> dict[str, Any]:
    """The values in force, with every secret replaced, as plain values for TOML or JSON; unset keys are left out."""
    shown: dict[str, Any] = {}
    for name, repeated, _ in tables():
        value = getattr(settings, name)
        shown[name] = [_masked(one) for one in value] if repeated else _masked(value)
    return shown


def effective_file(settings: Settings) -> str:
    """The values in force as TOML, with every secret replaced."""
    lines: list[str] = []
    for name, value in masked(settings).items():
        for one in value if isinstance(value, list) else [value]:
            lines += [f"[[{name}]]" if isinstance(value, list) else f"[{name}]"]
            lines += [f"{key} = {toml(inner)}" for key, inner in one.items()] + [""]
    return "\n".join(lines)


def reference() -> str:
    """The page docs/settings.md."""
    lines = ["# Settings", "", "Made from the models by `python docs/generate.py`; a test holds it to them."]
    for name, repeated, model in tables():
        title = f"`[[{name}]]`, may stand several times" if repeated else f"`[{name}]`"
        lines += [
            "",
            f"## {title}",
            "",
            _sentence(model),
            "",
            "| key | value | default | meaning |",
            "| --- | --- | --- | --- |",
        ]
        for setting in settings_of(model):
            default = f"`{setting.value}`" if setting.has_default else "not set"
            lines += [f"| `{setting.key}` | {setting.kind} | {default} | {setting.description} |"]
    return "\n".join(lines) + "\n"


def _sentence(model: type[Section]) -> str:
    return (model.__doc__ or "").strip().splitlines()[0]


def _masked(section: Section) -> dict[str, Any]:
    values = {}
    for key, field in type(section).model_fields.items():
        value = getattr(section, key)
        if value is not None:
            values[key] = MASK if value and is_secret(field) else _plain(value)
    return values


def _plain(value: Any) -> Any:
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, tuple | list):
        return [_plain(inner) for inner in value]
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    return value


def _kind(field: FieldInfo) -> str:
    """What a setting takes, in words, with its bounds."""
    bounds = {name: bound for item in field.metadata for name, bound in _bounds(item) if bound is not None}
    least, most = bounds.get("ge", bounds.get("gt")), bounds.get("le")
    words = _words(field.annotation)
    if least is not None and most is not None:
        return f"{words}, {least:g} to {most:g}"
    return f"{words}, at least {least:g}" if least is not None else words


def _bounds(item: Any) -> list[tuple[str, Any]]:
    """The bounds that one piece of pydantic's metadata holds."""
    return [(name, getattr(item, name, None)) for name in ("ge", "gt", "le")]


def _words(annotation: Any) -> str:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin in (Union, types.UnionType):
        words = " or ".join(_words(one) for one in arguments if one is not type(None))
    elif origin is Annotated:
        words = _words(arguments[0])
    elif origin is Literal:
        words = "one of " + ", ".join(f"`{one}`" for one in arguments)
    elif origin is tuple and arguments[-1] is Ellipsis:
        words = f"list of {_words(arguments[0])}s"
    elif origin is tuple:
        words = "[" + ", ".join(_words(one) for one in arguments) + "]"
    elif origin is dict:
        words = f"table of {_words(arguments[1])}s"
    else:
        words = {str: "text", int: "whole number", float: "number", bool: "true or false", Path: "path"}[annotation]
    return words

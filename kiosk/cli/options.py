"""The options that many commands share: which configuration, what to override, which database.

    @click.command()
    @database_option
    @with_settings
    def command(settings: Settings) -> None: ...

gives a command `--config`, `-o` and `--db`, before or after its name, and hands it the loaded settings.
"""

import functools
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from kiosk.configuration import Loaded

Function = Callable[..., Any]


@dataclass
class Choice:
    """What the command line says about the configuration, gathered from the group's and the command's options."""

    config: Path | None = None
    overrides: list[str] = field(default_factory=list)

    def load(self) -> "Loaded":
        """Read the configuration. Raises SettingsError naming every fault."""
        from kiosk.configuration import load  # noqa: PLC0415 (pydantic costs 0.1 s; --help does without)

        return load(self.config, self.overrides)


def _take_config(context: click.Context, _parameter: click.Parameter, value: Path | None) -> None:
    if value is not None:
        context.ensure_object(Choice).config = value.absolute()


def _take_overrides(context: click.Context, _parameter: click.Parameter, values: tuple[str, ...]) -> None:
    context.ensure_object(Choice).overrides.extend(values)


def _take_database(context: click.Context, _parameter: click.Parameter, value: Path | None) -> None:
    if value is not None:
        context.ensure_object(Choice).overrides.append(f"log.database={value.absolute()}")


config_option = click.option(
    "--config",
    type=click.Path(path_type=Path),
    metavar="PATH",
    expose_value=False,
    callback=_take_config,
    help="Configuration file; else KIOSK_CONFIG, else the usual places, else built-in defaults.",
)
override_option = click.option(
    "-o",
    "overrides",
    multiple=True,
    metavar="SECTION.KEY=VALUE",
    expose_value=False,
    callback=_take_overrides,
    help="Override one setting; may be given several times.",
)
database_option = click.option(
    "--db",
    type=click.Path(path_type=Path),
    metavar="PATH",
    expose_value=False,
    callback=_take_database,
    help="The logbook's SQLite file, instead of the configured one.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs instead of a table.")


def with_choice(function: Function) -> Function:
    """Add `--config` and `-o` to a command and pass its `choice`, not yet loaded."""

    @config_option
    @override_option
    @click.pass_context
    @functools.wraps(function)
    def wrapper(context: click.Context, *args: Any, **kwargs: Any) -> Any:
        return context.invoke(function, *args, choice=context.ensure_object(Choice), **kwargs)

    return wrapper


def with_enduring_settings(function: Function) -> Function:
    """As `with_settings`, for the command that runs at the door: passes `loaded`, by the last good file if need be."""

    @with_choice
    @functools.wraps(function)
    def wrapper(*args: Any, choice: Choice, **kwargs: Any) -> Any:
        from kiosk.last_good import load_enduring  # noqa: PLC0415 (as above)

        return function(*args, loaded=load_enduring(choice.config, choice.overrides), **kwargs)

    return wrapper


def with_settings(function: Function) -> Function:
    """Add `--config` and `-o` to a command and pass it the loaded `settings`."""

    @with_choice
    @functools.wraps(function)
    def wrapper(*args: Any, choice: Choice, **kwargs: Any) -> Any:
        return function(*args, settings=choice.load().settings, **kwargs)

    return wrapper

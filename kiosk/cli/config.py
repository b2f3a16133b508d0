"""`kiosk config`: show, check and write the configuration."""

import json
import os
from pathlib import Path

import click

from kiosk.cli.options import Choice, json_option, with_choice
from kiosk.errors import KioskError


@click.group()
def command() -> None:
    """Show, check or write the configuration."""


@command.command()
@json_option
@with_choice
def show(choice: Choice, as_json: bool) -> None:
    """Print the values in force, with secrets masked, and where they come from."""
    from kiosk.settings_text import effective_file, masked  # noqa: PLC0415

    loaded = choice.load()
    source = str(loaded.source) if loaded.source else None
    overridden = [override.partition("=")[0] for override in choice.overrides]
    if as_json:
        values = {"source": source, "overridden": overridden, "settings": masked(loaded.settings)}
        click.echo(json.dumps(values, ensure_ascii=False))
        return
    click.echo(f"# from {source or 'the built-in defaults'}")
    for key in overridden:
        click.echo(f"# with -o {key}")
    click.echo(effective_file(loaded.settings), nl=False)


@command.command()
@with_choice
def check(choice: Choice) -> None:
    """Say whether the configuration is right; if not, every fault with its key and remedy, and exit code 2."""
    loaded = choice.load()
    click.echo(f"{loaded.source or 'the built-in defaults'}: no fault")


@command.command()
@click.argument("path", type=click.Path(path_type=Path), required=False)
def init(path: Path | None) -> None:
    """Write a configuration in which every setting stands with its default, as a comment.

    PATH is the user's own configuration file unless named. An existing file is never overwritten.
    """
    from kiosk.paths import user_configuration  # noqa: PLC0415
    from kiosk.settings_text import default_file  # noqa: PLC0415

    path = (path or user_configuration()).expanduser().absolute()
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        # Only the owner: the file may come to hold an officer's PIN.
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise KioskError(f"{path} exists and is left as it is; move it away, or name another file") from error
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(default_file())
    click.echo(f"wrote {path}")

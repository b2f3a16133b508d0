"""`kiosk enroll`: make this kiosk known to a district."""

from typing import TYPE_CHECKING

import click

from kiosk.cli.options import with_settings

if TYPE_CHECKING:
    from kiosk.settings import Settings


@click.command()
@click.argument("url")
@click.argument("code")
@with_settings
def command(settings: "Settings", url: str, code: str) -> None:
    """Exchange the district's one-time CODE for this kiosk's token, and keep it.

    URL is the district's address, https://...; the district's admin gets a code with `district enroll-code KIOSK`.
    The token opens the district from this board only.
    """
    from kiosk.paths import state_folder, token_path  # noqa: PLC0415
    from sync.board import board_mark  # noqa: PLC0415
    from sync.client import Client  # noqa: PLC0415 (requests costs 0.2 s)
    from sync.credentials import save_credentials  # noqa: PLC0415

    path = token_path(settings)
    with Client(url, settings.sync.timeout) as client:
        credentials = client.enroll(code, board_mark(state_folder()))
    save_credentials(path, credentials)
    click.echo(f"{credentials.kiosk} is enrolled at {credentials.url}; its token is in {path}")
    if settings.sync.url and settings.sync.url.rstrip("/") != credentials.url:
        click.echo(f"kiosk: note: the configuration's sync.url is {settings.sync.url} and goes before", err=True)

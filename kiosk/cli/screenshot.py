"""`kiosk screenshot`: any scene as a picture, without a display."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kiosk.cli.options import with_settings
from kiosk.errors import DisplayError

if TYPE_CHECKING:
    from kiosk.settings import Settings


SHEET = "sheet"
SHEET_WIDTH = 480
SHEET_COLUMNS = 4
"""Pictures across the sheet and pixels of each: a reader sees every word, and the file stays under a megabyte."""


class Size(click.ParamType["tuple[int, int]"]):
    """`1920x1080`."""

    name = "size"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, int]:
        """Return (width, height) in pixels."""
        if isinstance(value, tuple):
            return value[0], value[1]
        width, _, height = str(value).partition("x")
        if not (width.isdecimal() and height.isdecimal() and 320 <= int(width) <= 7680 and 320 <= int(height) <= 7680):
            self.fail(f"{value}: write width x height in pixels, 320 to 7680 each, like 1920x1080", param, ctx)
        return int(width), int(height)


@click.command()
@click.argument("scene", required=False)
@click.argument("picture", metavar="OUT.png", required=False, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--size", type=Size(), help="Pixels; else the configured size, else 1920x1080.")
@click.option("--panel-inches", type=click.FloatRange(3, 120), help="Visible diagonal; else the configured one.")
@click.option("--lang", multiple=True, help="Language of the texts; else the configured ones.")
@click.option("--list", "list_scenes", is_flag=True, help="Name the scenes.")
@with_settings
def command(
    *,
    settings: "Settings",
    scene: str | None,
    picture: Path | None,
    size: tuple[int, int] | None,
    panel_inches: float | None,
    lang: tuple[str, ...],
    list_scenes: bool,
) -> None:
    """Draw SCENE into OUT.png as the panel would show it; `sheet` draws all of them on one picture.

    Needs no display and opens no window.
    """
    from kiosk.screen.samples import SAMPLES  # noqa: PLC0415 (pygame costs 60 ms; other commands do without)

    if list_scenes:
        click.echo("\n".join(SAMPLES))
        return
    if scene is None or picture is None:
        raise click.UsageError("name a scene and a file, or ask for --list")
    if scene not in SAMPLES and scene != SHEET:
        raise click.UsageError(f"no scene {scene!r}; there are {', '.join(SAMPLES)}")
    if panel_inches is not None:
        screen = settings.screen.model_copy(update={"panel_inches": panel_inches})
        settings = settings.model_copy(update={"screen": screen})
    _draw(settings, scene, picture, size or settings.screen.size or (1920, 1080), lang)


def _draw(
    settings: "Settings",
    scene: str,
    picture: Path,
    size: tuple[int, int],
    languages: tuple[str, ...],
) -> None:
    import pygame  # noqa: PLC0415
    import pygame.image  # noqa: PLC0415

    from kiosk.screen.build import build_painter  # noqa: PLC0415
    from kiosk.screen.samples import SAMPLES, sample  # noqa: PLC0415
    from kiosk.screen.sheet import sheet  # noqa: PLC0415

    painter, words = build_painter(settings, size, languages)
    for remark in words.remarks:
        click.echo(f"kiosk: note: {remark}", err=True)
    if scene == SHEET:
        surface = sheet(painter, list(SAMPLES), SHEET_WIDTH, SHEET_COLUMNS)
    else:
        surface = pygame.Surface(size)
        painter.paint(surface, sample(scene))
    try:
        pygame.image.save(surface, picture)
    except (pygame.error, OSError) as error:
        raise DisplayError(f"{picture}: cannot be written: {error}") from None

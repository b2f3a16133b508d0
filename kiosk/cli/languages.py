"""`kiosk languages`: which languages there are, what each lacks, and what a panel could not draw."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from kiosk.cli.options import json_option, with_settings
from kiosk.cli.printing import console, print_json

if TYPE_CHECKING:
    from kiosk.languages import Language
    from kiosk.settings import Settings

FOUND_A_FAULT = 3


@click.command()
@json_option
@with_settings
@click.pass_context
def command(context: click.Context, settings: Settings, as_json: bool) -> None:
    """List the languages and their missing, unknown or undrawable texts; exit 3 when there are any."""
    from kiosk.errors import CampaignError  # noqa: PLC0415 (late, as everything that only one command needs)
    from kiosk.languages import language_codes, load_language  # noqa: PLC0415

    rows: list[dict[str, Any]] = []
    for code in language_codes(settings.kiosk.languages):
        try:
            rows.append(_facts(load_language(code, settings.kiosk.languages)))
        except CampaignError as error:
            rows.append({"language": code, "name": "", "texts": 0, "faults": str(error).splitlines()})
    if as_json:
        print_json({"languages": rows})
    else:
        _print(rows)
    if any(row["faults"] for row in rows):
        context.exit(FOUND_A_FAULT)


def _facts(language: Language) -> dict[str, Any]:
    from kiosk.screen.ruler import Ruler  # noqa: PLC0415
    from kiosk.screen.typeface import Typeface  # noqa: PLC0415

    letters = "".join(text for variants in language.texts.values() for text in variants)
    undrawable = Typeface(Ruler((1920, 1080), 24)).missing(letters)
    faults = [f"{key} is missing: falls back" for key in language.missing()]
    faults += [f"{key} is not a text of the kiosk: misspelt?" for key in language.unknown()]
    faults += [f"the font has no {', '.join(undrawable)}"] if undrawable else []
    return {
        "language": language.code,
        "name": language.name,
        "texts": len(language.texts),
        "faults": [*language.remarks, *faults],
    }


def _print(rows: list[dict[str, Any]]) -> None:
    from rich.table import Table  # noqa: PLC0415

    table = Table("language", "name", "texts", "faults")
    for row in rows:
        table.add_row(row["language"], row["name"], str(row["texts"]), "\n".join(row["faults"]) or "none")
    console().print(table)

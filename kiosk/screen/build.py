"""From the settings to something that draws: the one place where campaign, languages and panel come together."""

from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.campaign import Campaign, best_campaign
from kiosk.languages import Phrases, speak
from kiosk.plain_text import clean
from kiosk.screen.painter import Painter
from kiosk.settings import Settings

DAYS_IN_A_MONTH = 30.4


@dataclass(frozen=True, slots=True)
class Spoken:
    """The campaign and the languages it is spoken in; `remarks` are one line each, for the log and `doctor`."""

    campaign: Campaign
    languages: tuple[Phrases, ...]
    remarks: tuple[str, ...]


def spoken(settings: Settings, languages: Sequence[str] = ()) -> Spoken:
    """Load campaign and languages, whatever state their files are in; never raises for a fault in them.

    `languages` takes the place of the configured ones.
    """
    campaign = best_campaign(settings.kiosk.campaign)
    codes = list(languages) or [code for code in (settings.kiosk.language, settings.kiosk.second_language) if code]
    months = max(1, round(settings.log.keep_days / DAYS_IN_A_MONTH))
    values = {
        code: {"app": campaign.app, "purpose": campaign.purpose_in(code), "months": str(months)} for code in codes
    }
    phrases, remarks = speak(codes, campaign.texts, values, settings.kiosk.languages)
    organisation = clean(settings.kiosk.organisation, 60)
    odd = [f"kiosk.organisation: took out {', '.join(organisation.faults)}"] if organisation.faults else []
    return Spoken(campaign, phrases, (*campaign.remarks, *remarks, *odd))


def build_painter(settings: Settings, size: tuple[int, int], languages: Sequence[str] = ()) -> tuple[Painter, Spoken]:
    """A painter for a panel of that size in pixels, and what it speaks."""
    words = spoken(settings, languages)
    painter = Painter(
        size, settings.screen.panel_inches, words.campaign, words.languages, organisation=settings.kiosk.organisation
    )
    return painter, words

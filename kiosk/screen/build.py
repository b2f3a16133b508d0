"""From the settings to something that draws: the one place where campaign, languages and panel come together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kiosk.campaign import Campaign, best_campaign
from kiosk.languages import Phrases, speak
from kiosk.plain_text import clean
from kiosk.screen.letters import letter_remarks
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
    remarks = (*campaign.remarks, *remarks, *odd, *_missing_files(settings))
    if not settings.screen.headless:
        ours = (campaign.app, campaign.shown_address, campaign.purpose, *campaign.purposes.values())
        replaced = (text for texts in campaign.texts.values() for text in _flat(texts.values()))
        shown = {settings.kiosk.campaign: (*ours, *replaced), "kiosk.organisation": (organisation.text,)}
        shown |= {f"language {code}": _flat(one.chain[1].values()) for code, one in zip(codes, phrases, strict=False)}
        remarks += letter_remarks(shown)
    return Spoken(campaign, phrases, remarks)


def _flat(texts: Iterable[str | Sequence[str]]) -> tuple[str, ...]:
    return tuple(variant for text in texts for variant in ([text] if isinstance(text, str) else text))


def _missing_files(settings: Settings) -> list[str]:
    """What the settings name and is not there; each has something that takes its place."""
    folder, invitation = settings.kiosk.languages, settings.sound.invitation
    missing = []
    if folder is not None and not folder.is_dir():
        missing.append(f"kiosk.languages: {folder}: no such folder; only the shipped languages are spoken")
    if settings.sound.enabled and invitation is not None and not invitation.is_file():
        missing.append(f"sound.invitation: {invitation}: no such file; the shipped one takes its place")
    return missing


def build_painter(settings: Settings, size: tuple[int, int], languages: Sequence[str] = ()) -> tuple[Painter, Spoken]:
    """A painter for a panel of that size in pixels, and what it speaks."""
    words = spoken(settings, languages)
    painter = Painter(
        size, settings.screen.panel_inches, words.campaign, words.languages, organisation=settings.kiosk.organisation
    )
    return painter, words

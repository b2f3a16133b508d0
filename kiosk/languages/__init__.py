"""Any language is one file, here or in a folder of one's own: `vi.toml` has every key, others may miss some."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Final

from kiosk.errors import CampaignError
from kiosk.plain_text import clean

REFERENCE: Final = "vi"
"""The language that has every key; the last one asked."""

_PLACEHOLDER: Final = re.compile(r"\{(\w+)\}")
_SHIPPED: Final = resources.files("kiosk.languages")


@dataclass(frozen=True, slots=True)
class Language:
    """One language: each key with its variants, longest first. `remarks` say what was wrong with the file."""

    code: str
    name: str
    texts: Mapping[str, tuple[str, ...]]
    remarks: tuple[str, ...] = ()

    def missing(self) -> tuple[str, ...]:
        """The keys that fall back to another language, in the order of the reference."""
        return tuple(key for key in load_language(REFERENCE).texts if key not in self.texts)

    def unknown(self) -> tuple[str, ...]:
        """The keys that nobody asks for: most likely misspelt."""
        known = load_language(REFERENCE).texts
        return tuple(key for key in self.texts if key not in known)


@dataclass(frozen=True, slots=True)
class Words:
    """Which text to show: its key, and what goes into its braces. A value may be another text."""

    key: str
    values: tuple[tuple[str, "str | Words"], ...] = ()

    @classmethod
    def of(cls, key: str, **values: "str | int | Words") -> "Words":
        """Write `Words.of("saved.line", total=127)`."""
        return cls(
            key, tuple((name, value if isinstance(value, Words) else str(value)) for name, value in values.items())
        )


@dataclass(frozen=True, slots=True)
class Phrases:
    """One language to speak, with what to fall back on and the values that go into every text (`app`, `purpose`)."""

    chain: Sequence[Mapping[str, tuple[str, ...]]]
    values: Mapping[str, str] = field(default_factory=dict)

    def variants(self, words: Words) -> tuple[str, ...]:
        """Every way to say it, longest first; the key itself when no language knows it (never an empty panel)."""
        texts = next((texts[words.key] for texts in self.chain if words.key in texts), (words.key,))
        own = {name: self.variants(value)[0] if isinstance(value, Words) else value for name, value in words.values}
        return tuple(_filled(text, {**self.values, **own}) for text in texts)


def _filled(text: str, values: Mapping[str, str]) -> str:
    return _PLACEHOLDER.sub(lambda match: values.get(match[1], ""), text)


def language_codes(folder: Path | None = None) -> tuple[str, ...]:
    """Every language there is a file for, shipped or in the folder."""
    files = [item.name for item in _SHIPPED.iterdir()]
    if folder is not None and folder.is_dir():
        files += [path.name for path in folder.iterdir()]
    return tuple(sorted({name.removesuffix(".toml") for name in files if name.endswith(".toml")}))


@cache
def load_language(code: str, folder: Path | None = None) -> Language:
    """Load `<code>.toml` from the folder, else from the shipped ones. Raises CampaignError naming the fault."""
    name = f"{code}.toml"
    try:
        if re.fullmatch(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", code) is None:
            raise FileNotFoundError
        raw = (folder / name).read_bytes() if folder and (folder / name).is_file() else (_SHIPPED / name).read_bytes()
        data = tomllib.loads(raw.decode())
    except FileNotFoundError:
        known = ", ".join(language_codes(folder))
        raise CampaignError(f"no language {code!r}: there is {known}; a further one is a file {name}") from None
    except OSError as error:
        raise CampaignError(f"{name}: cannot be read: {error.strerror}") from None
    except (ValueError, RecursionError) as error:  # TOMLDecodeError, UnicodeDecodeError, and what Python cannot read
        raise CampaignError(f"{name}: not TOML in UTF-8: {error}") from None
    texts = data.get("texts")
    if not isinstance(texts, dict):
        raise CampaignError(f"{name}: has no table [texts]; copy en.toml and translate it")
    cleaned, remarks = clean_texts(texts, name)
    return Language(code, clean(str(data.get("name", code)), 40).text, cleaned, tuple(remarks))


def clean_texts(texts: Mapping[str, object], where: str) -> tuple[dict[str, tuple[str, ...]], list[str]]:
    """Make the texts of a file fit to be shown; return them with one remark for each that was not."""
    result: dict[str, tuple[str, ...]] = {}
    remarks: list[str] = []
    for key, value in texts.items():
        given = [value] if isinstance(value, str) else value
        if not isinstance(given, list) or not given or not all(isinstance(text, str) for text in given):
            remarks.append(f"{where}: {key}: neither a text nor a list of texts; left out")
            continue
        variants = [clean(text) for text in given]
        remarks += [f"{where}: {key}: took out {', '.join(v.faults)}" for v in variants if v.faults]
        if kept := tuple(variant.text for variant in variants if variant.text):
            result[key] = kept
        else:
            remarks.append(f"{where}: {key}: nothing left to show; falls back")
    return result, remarks


def speak(
    languages: Iterable[str],
    replaced: Mapping[str, Mapping[str, object]],
    values: Mapping[str, Mapping[str, str]],
    folder: Path | None = None,
) -> tuple[tuple[Phrases, ...], tuple[str, ...]]:
    """Return the phrases of each language (the reference last in each one's chain) and every remark.

    `replaced` are a campaign's own texts and `values` what fills the braces, both by language code. An unknown language
    is left out with a remark; when none is left, the reference speaks.
    """
    loaded: list[Language] = []
    remarks: list[str] = []
    for code in languages:
        try:
            loaded.append(load_language(code, folder))
        except CampaignError as error:
            remarks += str(error).splitlines()
    spoken = loaded or [load_language(REFERENCE)]
    phrases = []
    for language in spoken:
        own, own_remarks = clean_texts(replaced.get(language.code, {}), f"texts.{language.code}")
        remarks += [*language.remarks, *own_remarks]
        others = [other.texts for other in loaded if other is not language]
        chain = [own, language.texts, *others, load_language(REFERENCE).texts]
        phrases.append(Phrases(chain, values.get(language.code, {})))
    return tuple(phrases), tuple(dict.fromkeys(remarks))

"""Finding, reading and checking the configuration."""

import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kiosk.configuration
from kiosk.configuration import load
from kiosk.errors import SettingsError
from kiosk.paths import database_path, token_path
from kiosk.settings import Settings
from kiosk.settings_text import default_file, effective_file, masked, tables


@pytest.fixture
def written(tmp_path):
    def write(text: str) -> Path:
        path = tmp_path / "kiosk.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def faults(config: Path | None = None, overrides: tuple[str, ...] = ()) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        load(config, overrides, environ={})
    return str(caught.value).splitlines()


@pytest.fixture(autouse=True)
def _no_usual_places(monkeypatch, tmp_path):
    monkeypatch.setattr(kiosk.configuration, "usual_configurations", lambda: (tmp_path / "usual.toml",))


def test_without_a_file_the_defaults_are_in_force():
    loaded = load(environ={})
    assert loaded.source is None
    assert loaded.settings == Settings()


def test_the_file_named_wins_over_the_environment_and_that_over_the_usual_place(tmp_path):
    for name in ("usual", "environment", "named"):
        (tmp_path / f"{name}.toml").write_text(f'[kiosk]\nname = "{name}"\n')
    environ = {"KIOSK_CONFIG": str(tmp_path / "environment.toml")}
    assert load(environ={}).settings.kiosk.name == "usual"
    assert load(environ=environ).settings.kiosk.name == "environment"
    assert load(tmp_path / "named.toml", environ=environ).settings.kiosk.name == "named"


def test_every_fault_at_once_with_key_and_remedy(written):
    path = written(
        '[kiosk]\nnmae = "x"\ntimezone = "Asia/Hochiminh"\n'
        '[door]\ndebounce = 3\nkeep_days = 40\n[[radio]]\nadaptr = "hci0"\n[[officer]]\npin = "1"\n[screne]\n'
    )
    lines = faults(path)
    assert [line.removeprefix(f"{path}: ").split(". ")[0] for line in lines] == [
        "kiosk.timezone: should be a time zone such as Asia/Ho_Chi_Minh (is 'Asia/Hochiminh')",
        "kiosk.nmae: unknown key; did you mean kiosk.name?",
        "radio.0.adaptr: unknown key; did you mean radio.0.adapter?",
        "door.debounce: should be less than or equal to 0.2 (is 3)",
        "door.keep_days: unknown key; did you mean log.keep_days?",
        "officer.0.name: Field required",
        "screne: unknown key; did you mean screen?",
    ]


def test_a_secret_is_not_printed_with_its_fault(written):
    assert "4711" not in faults(written('[[officer]]\nname = "A"\npin = [4711]\n'))[0]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[kiosk\n", "not valid TOML"),
        ('radio = [{name = "a"}, {name = "a"}]', "two radios are called 'a'"),
        ('radio = [{name = "a"}, {name = "b", adapter = "hci1"}]', "two radios would share an adapter"),
        ('[door]\nsensors = ["beam"]', "add door.pins.beam"),
        ('[sync]\nurl = "ftp://district"', "https://"),
        ('[sync]\nurl = "https://user:secret@district"', "token_file"),
        ('[log]\ndatabase = "log.db"', "absolute path"),
        ('[screen]\nnight = ["20:00", "24:00"]', "06:30"),
    ],
)
def test_a_fault_names_the_remedy(written, text, complaint):
    [line] = faults(written(text))
    assert complaint in line
    assert "secret" not in line


def test_a_file_that_cannot_be_read_is_one_line(tmp_path):
    assert faults(tmp_path / "none.toml") == [f"{tmp_path}/none.toml: no such file; `kiosk config init` writes one"]
    assert faults(tmp_path) == [f"{tmp_path}: Is a directory"]
    (tmp_path / "latin.toml").write_bytes(b'[kiosk]\nname = "\xe9"\n')
    assert "UTF-8" in faults(tmp_path / "latin.toml")[0]


def test_overrides_win_over_the_file(written):
    path = written('[kiosk]\nname = "file"\n[[radio]]\nadapter = "hci0"\n')
    overrides = (
        "kiosk.name=7",
        "radio.0.adapter=hci1",
        "radio.1.name=outside",
        "radio.1.adapter=hci0",
        "screen.size=[800, 480]",
    )
    settings = load(path, overrides, environ={}).settings
    assert settings.kiosk.name == "7"
    assert [(radio.name, radio.adapter) for radio in settings.radio] == [("inside", "hci1"), ("outside", "hci0")]
    assert settings.screen.size == (800, 480)


@pytest.mark.parametrize("override", ["name", "name=3", "kiosk.=3", "radio.7.name=x", "kiosk.nam=3"])
def test_a_wrong_override_is_named(override):
    [line] = faults(overrides=(override,))
    assert line.startswith("-o")
    assert override.partition("=")[0] in line


@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00")))
def test_any_text_after_the_equals_sign_loads_or_is_refused(text):
    try:
        organisation = load(overrides=[f"kiosk.organisation={text}"], environ={}).settings.kiosk.organisation
    except SettingsError:
        return
    assert isinstance(organisation, str)


def test_the_default_file_is_the_defaults_and_each_line_of_it_may_be_uncommented(written):
    assert load(written(default_file()), environ={}).settings == Settings()
    uncommented = re.sub(r"^#(?=[\[a-z])", "", default_file(), flags=re.MULTILINE)
    settings = load(written(uncommented), environ={}).settings
    assert settings.radio == (Settings().radio[0].model_copy(update={"place": settings.radio[0].place}),)
    assert uncommented.count("= ") >= sum(len(model.model_fields) for _, _, model in tables())


def test_the_effective_values_load_again_and_hold_no_secret(written):
    path = written(
        '[[officer]]\nname = "A"\npin = "4711"\n[log]\ndatabase = "/x/log.db"\n[door.pins]\nouter = 1\ninner = 2\n'
    )
    settings = load(path, environ={}).settings
    shown = effective_file(settings)
    assert "4711" not in shown
    assert Settings.model_validate(tomllib.loads(shown)).door == settings.door
    assert masked(settings)["officer"] == [{"name": "A", "pin": "********"}]


def test_paths_are_absolute_and_may_be_configured():
    assert database_path(Settings()).is_absolute()
    assert token_path(Settings()).name == "token"
    settings = load(overrides=["log.database=~/x.db", "sync.token_file=/y"], environ={}).settings
    assert (database_path(settings), token_path(settings)) == (Path.home() / "x.db", Path("/y"))

"""What an administrator's profile file may say, and what they are told when it is wrong."""

import contextlib
import json
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.beacons import Recogniser
from hardware.errors import KioskError, ProfileError
from hardware.events import Advert
from hardware.profiles import BeaconProfile, Identity, Manufacturer, load_profiles, parse_profiles

NEXT_CAMPAIGN = """
[spring-android]
title = "Spring 2027 on Android"
service_uuids = [0xFCF1]
manufacturer = [{ company = 0x1234, prefix = "07A0" }]
identity = { company = 0x1234, start = 2, length = 8 }
duty_on = 10
duty_off = 20
"""


def test_an_administrator_adds_a_profile_in_a_file_of_their_own(tmp_path: Path) -> None:
    extra = tmp_path / "spring.toml"
    extra.write_text(NEXT_CAMPAIGN, encoding="utf-8")
    profiles = load_profiles(extra)
    added = profiles[-1]
    assert profiles[:-1] == load_profiles()
    assert (added.name, added.duty_on, added.duty_off) == ("spring-android", 10, 20)
    assert added.service_uuids == ("0000fcf1-0000-1000-8000-00805f9b34fb",)
    assert added.manufacturer[0].prefix == b"\x07\xa0"


def test_a_profile_of_the_same_name_replaces_the_shipped_one(tmp_path: Path) -> None:
    extra = tmp_path / "mine.toml"
    extra.write_text('[bluezone-ios]\ntitle = "Mine"\nlocal_name = "Bz"\n', encoding="utf-8")
    profiles = load_profiles(extra)
    assert len(profiles) == len(load_profiles())
    assert next(profile for profile in profiles if profile.name == "bluezone-ios").title == "Mine"


def test_bluezone_android_knows_what_silence_is_worth() -> None:
    android = next(profile for profile in load_profiles() if profile.name == "bluezone-android")
    assert (android.duty_on, android.duty_off, android.identity_seconds) == (15, 15, 900)


def test_all_faults_are_reported_at_once_each_with_profile_and_key() -> None:
    with pytest.raises(ProfileError) as caught:
        parse_profiles(
            """
            [first]
            title = "First"
            servise_uuids = [0x4E56]
            local_name = "x"
            [second]
            title = "Second"
            service_uuids = ["4E5"]
            interval = "often"
            manufacturer = [{ company = 70000, prefix = "0g" }]
            [third]
            title = "Third"
            """,
            "mine.toml",
        )
    lines = str(caught.value).splitlines()
    assert lines[0] == "mine.toml: profile first: servise_uuids: no such key; did you mean service_uuids?"
    assert all(line.startswith("mine.toml: profile ") for line in lines)
    told = [line.split(": ")[1:3] for line in lines[1:]]
    assert told == [
        ["profile second", "service_uuids.0"],
        ["profile second", "manufacturer.0.company"],
        ["profile second", "manufacturer.0.prefix"],
        ["profile second", "interval"],
        ["profile third", "whole table"],
    ]
    assert "nothing tells this app" in lines[-1]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[a", "not TOML"),
        ("a = 3", "profile a: "),
        ('[a]\ntitle = "A"\nlocal_name = "A"\nduty_on = 15\n', "duty_on and duty_off go together"),
        ('[a]\ntitle = "A"\nlocal_name = "A"\nidentity = { company = 1, service = 2 }\n', "not both"),
        ('["A b"]\ntitle = "A"\nlocal_name = "A"\n', "name"),
    ],
)
def test_a_fault_is_one_plain_line(text: str, told: str) -> None:
    with pytest.raises(ProfileError, match=told) as caught:
        parse_profiles(text, "mine.toml")
    assert len(str(caught.value).splitlines()) == 1
    assert str(caught.value).startswith("mine.toml: ")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ProfileError, match=r"absent\.toml: cannot be read"):
        load_profiles(tmp_path / "absent.toml")


@given(st.text())
def test_any_text_is_profiles_or_a_plain_error(text: str) -> None:
    with contextlib.suppress(KioskError):
        assert all(profile.name for profile in parse_profiles(text, "x"))


keys = st.sampled_from([field.name for kind in (BeaconProfile, Manufacturer, Identity) for field in fields(kind)])
plain = st.text(st.characters(codec="ascii", exclude_categories=["Cc"]), max_size=8)
scalars = st.one_of(st.booleans(), st.integers(-5, 70_000), st.floats(-1e5, 1e5), plain, st.just("4e56"))
values = st.one_of(scalars.map(json.dumps), st.lists(scalars, max_size=3).map(json.dumps))
inline = st.dictionaries(keys, values, max_size=4).map(
    lambda table: "{" + ", ".join(f"{key} = {value}" for key, value in table.items()) + "}"
)
tables = st.dictionaries(keys, st.one_of(values, inline, inline.map("[{}]".format)), max_size=10)


@given(tables)
def test_any_table_is_a_profile_or_lines_that_each_name_profile_and_key(table: dict[str, str]) -> None:
    text = "[a]\n" + "\n".join(f"{key} = {value}" for key, value in table.items())
    try:
        (profile,) = parse_profiles(text, "x")
    except ProfileError as error:
        lines = str(error).splitlines()
    else:
        lines = []
        assert isinstance(profile.title, str)
        assert Recogniser([profile]).sighting(Advert(0.0, "A", -70)) is None
    assert all(line.startswith("x: profile a: ") for line in lines)

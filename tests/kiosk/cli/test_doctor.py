"""`kiosk doctor`, as an admin uses it."""

import json

QUICK = ("--seconds", "0", "-o", "screen.headless=true")


def grades(result) -> dict[str, str]:
    return {one["what"]: one["grade"] for one in json.loads(result.stdout)["findings"]}


def test_what_is_found_is_printed_line_by_line(kiosk, busy):
    result = kiosk("doctor", *QUICK)
    assert result.exit_code == 0, result.stdout
    assert "yes; its parts as it says itself" in result.stdout
    assert result.stdout.splitlines()[-1].startswith("0 faults, ")


def test_json_says_the_same(kiosk, busy):
    found = grades(kiosk("doctor", "--json", *QUICK))
    assert (found["settings"], found["logbook"], found["door"], found["district"]) == ("ok", "ok", "ok", "off")


def test_a_kiosk_that_has_never_run_can_be_looked_at(kiosk):
    found = grades(kiosk("doctor", "--json", *QUICK))
    assert (found["logbook"], found["running"]) == ("remark", "remark")


def test_a_damaged_logbook_is_a_fault(kiosk, busy, tmp_path):
    busy.close()
    (tmp_path / "logbook.db").write_bytes(b"spoilt" * 1000)
    result = kiosk("doctor", "--json", *QUICK)
    assert result.exit_code == 3
    assert grades(result)["logbook"] == "fault"


def test_no_secret_is_printed(kiosk, busy, tmp_path):
    (tmp_path / "token").write_text("not even a token: hush-hush")
    result = kiosk(
        "doctor", *QUICK, "-o", "officer.0.name=Hoa", "-o", "officer.0.pin=4711", "-o", "sync.url=http://127.0.0.1:9",
        "-o", f"sync.token_file={tmp_path}/token",
    )  # fmt: skip
    assert result.exit_code == 3
    assert "4711" not in result.stdout
    assert "hush" not in result.stdout


def test_a_broken_configuration_is_exit_2(kiosk):
    assert kiosk("doctor", "-o", "scan.mode=loud").exit_code == 2

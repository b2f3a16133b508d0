"""The token's file."""

import pytest

from sync.credentials import Credentials, check_url, load_credentials, save_credentials
from sync.errors import CredentialsError

TOKEN = "entrance-1." + "s" * 43
URL = "https://district.example"


def test_what_is_saved_is_loaded_and_ours_alone(tmp_path):
    path = tmp_path / "state" / "token"
    save_credentials(path, Credentials(URL, TOKEN))
    assert load_credentials(path) == Credentials(URL, TOKEN)
    assert load_credentials(path).kiosk == "entrance-1"
    assert path.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in path.parent.iterdir()] == ["token"]


def test_the_configured_address_goes_before(tmp_path):
    save_credentials(tmp_path / "token", Credentials(URL, TOKEN))
    assert load_credentials(tmp_path / "token", "https://new.example/").url == "https://new.example"


def test_the_secret_is_never_shown():
    assert "sss" not in f"{Credentials(URL, TOKEN)!r}{Credentials(URL, TOKEN)}"


def test_a_missing_file_names_the_remedy(tmp_path):
    with pytest.raises(CredentialsError, match="kiosk enroll URL CODE"):
        load_credentials(tmp_path / "token")


def test_a_file_that_others_can_read_is_refused(tmp_path):
    path = tmp_path / "token"
    save_credentials(path, Credentials(URL, TOKEN))
    path.chmod(0o640)
    with pytest.raises(CredentialsError, match="chmod 600"):
        load_credentials(path)


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", "{}", '{"url": 1, "token": "x"}', '{"url": "", "token": "a.b"}']
)
def test_a_damaged_file_is_one_line(tmp_path, text):
    path = tmp_path / "token"
    path.touch(0o600)
    path.write_text(text)
    with pytest.raises(CredentialsError, match="enroll URL CODE again"):
        load_credentials(path)


def test_an_unwritable_folder_is_named(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(CredentialsError, match="cannot keep the token"):
        save_credentials(tmp_path / "file" / "token", Credentials(URL, TOKEN))


def test_plain_http_is_for_this_machine_only():
    assert check_url("http://127.0.0.1:8080/") == "http://127.0.0.1:8080"
    with pytest.raises(CredentialsError, match="use https"):
        check_url("http://192.168.1.5:8080")

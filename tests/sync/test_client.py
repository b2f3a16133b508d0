"""The client against servers that are no district, over real HTTP."""

import contextlib
import json
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from uuid import uuid4

import pytest

from sync.client import Client
from sync.credentials import Credentials
from sync.errors import AnswerError, CredentialsError, RefusedError, UnreachableError
from sync.wire import BODY_BYTES, Batch
from tests.sync.parts import BOARD

MAKE_CERTIFICATE = (
    "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost"
)
TOKEN = "entrance-1." + "s" * 43


@pytest.fixture
def send(impostor):
    with Client(impostor.url, timeout=0.5) as client:
        batch = Batch(batch=uuid4(), kiosk="entrance-1", board=BOARD, rows=())
        yield lambda: client.send(batch, Credentials(impostor.url, TOKEN))


@contextlib.contextmanager
def self_signed_server(folder: Path) -> Iterator[int]:
    """A TLS server on 127.0.0.1 whose certificate nobody has signed; yields its port."""
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    subprocess.run(
        [*MAKE_CERTIFICATE.split(), "-keyout", str(key), "-out", str(certificate)],
        check=True,
        capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve_one() -> None:
            connection, _ = listener.accept()
            with contextlib.suppress(OSError), contextlib.closing(connection):
                context.wrap_socket(connection, server_side=True).close()

        thread = Thread(target=serve_one)
        thread.start()
        yield listener.getsockname()[1]
        thread.join()


def echo(body: bytes) -> dict[str, object]:
    return {"batch": json.loads(body)["batch"], "totals": []}


def test_only_our_own_batch_id_counts(impostor, send):
    impostor.answer = lambda body: (200, {}, json.dumps(echo(body)).encode())
    assert send().totals == ()
    impostor.answer = lambda body: (200, {}, json.dumps(echo(body) | {"batch": str(uuid4())}).encode())
    with pytest.raises(AnswerError, match="another batch; nothing is acknowledged"):
        send()


def test_the_token_goes_along_and_netrc_does_not(impostor, send, tmp_path, monkeypatch):
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login somebody password else\n")
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    impostor.answer = lambda body: (200, {}, json.dumps(echo(body)).encode())
    send()
    assert impostor.requests[0][1]["Authorization"] == f"Bearer {TOKEN}"


def test_no_proxy_comes_between_us_and_this_machine(impostor, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    impostor.answer = lambda body: (200, {}, json.dumps(echo(body)).encode())
    with Client(impostor.url, timeout=5) as client:
        batch = Batch(batch=uuid4(), kiosk="entrance-1", board=BOARD, rows=())
        assert client.send(batch, Credentials(impostor.url, TOKEN)).batch == batch.batch


@pytest.mark.parametrize(
    "body",
    [b"", b"<html>portal</html>", b"{}", b"null", b"[]", b'{"batch": 1}', b"\xff\xfe", b"{" * 10_000],
)
def test_a_200_that_is_no_answer_acknowledges_nothing(impostor, send, body):
    impostor.answer = lambda _: (200, {}, body)
    with pytest.raises(AnswerError, match="no district"):
        send()


def test_an_answer_with_more_keys_is_not_ours(impostor, send):
    impostor.answer = lambda body: (200, {}, json.dumps(echo(body) | {"ok": True}).encode())
    with pytest.raises(AnswerError, match="no district"):
        send()


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(impostor, send, status):
    impostor.answer = lambda _: (status, {"Location": f"{impostor.url}/login"}, b"")
    with pytest.raises(AnswerError, match=f"answered {status}"):
        send()
    assert len(impostor.requests) == 1


@pytest.mark.parametrize("status", [401, 403, 409])
def test_only_the_districts_own_words_stop_the_sending(impostor, send, status):
    impostor.answer = lambda _: (status, {}, b"<html>please log in</html>")
    with pytest.raises(AnswerError, match="no district's words"):
        send()
    impostor.answer = lambda _: (status, {}, b'{"error": "this token is revoked"}')
    with pytest.raises(RefusedError, match="this token is revoked"):
        send()


def test_a_fault_of_the_district_is_said_in_its_words(impostor, send):
    impostor.answer = lambda _: (503, {}, b'{"error": "the database does not answer"}')
    with pytest.raises(AnswerError, match="answered 503: the database does not answer"):
        send()


def test_an_endless_answer_is_cut_off(impostor, send):
    impostor.answer = lambda _: (200, {}, b" " * (BODY_BYTES + 10_000))
    with pytest.raises(AnswerError, match="longer than a district's"):
        send()


def test_silence_ends_in_time(impostor, send):
    def slow(body: bytes) -> tuple[int, dict[str, str], bytes]:
        time.sleep(0.8)
        return 200, {}, b""

    impostor.answer = slow
    with pytest.raises(UnreachableError, match=r"no answer within 0\.5 s"):
        send()


def test_an_answer_that_drips_for_ever_ends_in_time(impostor):
    clock = iter(range(0, 1000, 100))
    impostor.answer = lambda _: (200, {}, b"x" * 20_000)
    with (
        Client(impostor.url, timeout=5, monotonic=lambda: next(clock)) as client,
        pytest.raises(UnreachableError, match="no whole answer within 5 s"),
    ):
        client.enroll("entrance-1." + "c" * 12, BOARD)


def test_a_broken_off_answer_is_unreachable(impostor, send):
    impostor.answer = lambda _: (200, {"Content-Length": "500"}, b"{")
    with pytest.raises((UnreachableError, AnswerError)):
        send()


@pytest.mark.parametrize("code", ["", "entrance-1", "a b.c", "entrance-1.short"])
def test_a_mistyped_code_is_not_even_sent(impostor, code):
    with Client(impostor.url) as client, pytest.raises(CredentialsError, match="a code looks like"):
        client.enroll(code, BOARD)
    assert impostor.requests == []


@pytest.mark.parametrize(
    "url",
    ["", "district.example", "ftp://district.example", "http://district.example", "https://u:p@d.example", "https://"],
)
def test_a_token_is_sent_to_no_such_address(url):
    with pytest.raises(CredentialsError):
        Client(url)


def test_a_certificate_that_does_not_hold_is_refused(tmp_path):
    """A real TLS server with a certificate of its own making."""
    with (
        self_signed_server(tmp_path) as port,
        Client(f"https://localhost:{port}", timeout=5) as client,
        pytest.raises(UnreachableError, match="certificate does not hold"),
    ):
        client.enroll("entrance-1." + "c" * 12, BOARD)

"""The fixtures of everything about the district; what they hand out is in parts.py."""

import contextlib
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from sync.client import Client
from sync.credentials import Credentials
from sync.delivery import Courier
from sync.outbox import Outbox
from tests.sync.parts import BOARD, NOW_MS, ZONE, Book, District, Impostor, running_district


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return Book(tmp_path / "logbook.db")


@pytest.fixture(scope="session")
def district(tmp_path_factory: pytest.TempPathFactory) -> Iterator[District]:
    with running_district(str(tmp_path_factory.mktemp("district") / "district.db")) as running:
        yield running


@pytest.fixture
def send(book: Book, district: District) -> Callable[..., Courier]:
    """A courier from the book to a district; open until the test ends."""
    with contextlib.ExitStack() as stack:

        def courier(credentials: Credentials, **changes: object) -> Courier:
            outbox = stack.enter_context(Outbox(book.path, ZONE))
            client = stack.enter_context(Client(credentials.url, timeout=5))
            parts = {"board": BOARD, "clock_trusted": lambda: True, "now_ms": lambda: NOW_MS} | changes
            return Courier(outbox, client, credentials, **parts)  # type: ignore[arg-type]

        yield courier


@pytest.fixture
def impostor() -> Iterator[Impostor]:
    script = Impostor()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            script.requests.append((self.path, dict(self.headers), body))
            status, headers, answer = script.answer(body)
            with contextlib.suppress(ConnectionError):
                self.send_response(status)
                for name, value in ({"Content-Length": str(len(answer))} | headers).items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(answer)

        def log_message(self, *arguments: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        script.url = f"http://127.0.0.1:{server.server_port}"
        yield script
        server.shutdown()
        thread.join()

"""A dbus-daemon of the tests' own, and a blocking connection to it.

The connection writes through a plain blocking socket because dbus-fast's own closes with BlockingIOError as soon as
its send buffer is full, which a load of a thousand adverts a second does at once.
"""

import contextlib
import itertools
import os
import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

from dbus_fast import Message, MessageFlag, MessageType
from dbus_fast._private.unmarshaller import Unmarshaller

CONFIGURATION = """<busconfig>
  <type>session</type>
  <listen>unix:path={socket}</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow receive_sender="*"/>
    <allow own="*"/>
    <allow user="*"/>
  </policy>
  <limit name="max_outgoing_bytes">1000000000</limit>
  <limit name="max_incoming_bytes">1000000000</limit>
</busconfig>
"""


@contextlib.contextmanager
def private_bus(folder: Path) -> Iterator[Path]:
    """Run a dbus-daemon that allows everything; yields the path of its socket, which must be short (107 bytes)."""
    program = shutil.which("dbus-daemon")
    if program is None:
        raise RuntimeError("these tests need dbus-daemon: install the package dbus")
    path = folder / "bus"
    configuration = folder / "bus.conf"
    configuration.write_text(CONFIGURATION.format(socket=path), encoding="utf-8")
    daemon = subprocess.Popen(
        [program, f"--config-file={configuration}", "--nofork", "--print-address"],
        stdout=subprocess.PIPE,
    )
    assert daemon.stdout is not None
    try:
        if not daemon.stdout.readline():
            raise RuntimeError("dbus-daemon did not start")
        yield path
    finally:
        daemon.terminate()
        daemon.wait(10)
        daemon.stdout.close()


class Connection:
    """A connection to a bus: `send` blocks until written, `receive` until something comes; each from any one thread."""

    def __init__(self, path: Path) -> None:
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.connect(str(path))
        self._stream = self._socket.makefile("rb")
        self._serials = itertools.count(1)
        self._lock = threading.Lock()
        self._closed = False
        self._socket.sendall(b"\0AUTH EXTERNAL " + str(os.getuid()).encode().hex().encode() + b"\r\n")
        answer = self._stream.readline()
        if not answer.startswith(b"OK "):
            raise RuntimeError(f"the bus refuses us: {answer!r}")
        self._socket.sendall(b"BEGIN\r\n")
        self.call_bus("Hello")

    def send(self, message: Message) -> None:
        with self._lock:
            message.serial = next(self._serials)
            try:
                self._socket.sendall(message._marshall(False))
            except OSError:
                if not self._closed:
                    raise

    def receive(self) -> Message | None:
        """Return the next message, None once the connection is closed."""
        try:
            return Unmarshaller(self._stream, negotiate_unix_fd=False).unmarshall()
        except (EOFError, OSError, ValueError):
            return None

    def call_bus(self, member: str, signature: str = "", *body: object) -> None:
        """Call the daemon itself and wait for its answer; only before anybody else receives."""
        bus = "org.freedesktop.DBus"
        call = Message(bus, "/org/freedesktop/DBus", bus, member, signature=signature, body=list(body))
        self.send(call)
        while (answer := self.receive()) is not None:
            if answer.reply_serial == call.serial:
                if answer.message_type is MessageType.ERROR:
                    raise RuntimeError(f"{member}: {answer.body}")
                return
        raise RuntimeError(f"{member}: the bus hung up")

    def signal(self, path: str, interface: str, member: str, signature: str, *body: object) -> None:
        self.send(Message.new_signal(path, interface, member, signature, list(body)))

    def tell(self, destination: str, path: str, interface: str, member: str) -> None:
        """Call a method whose answer nobody needs."""
        self.send(Message(destination, path, interface, member, flags=MessageFlag.NO_REPLY_EXPECTED))

    def close(self) -> None:
        self._closed = True  # whoever is still answering need not
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)

    def release(self) -> None:
        """Close the descriptors, once nobody receives any more."""
        self._stream.close()
        self._socket.close()

"""A virtual Pi: QEMU with software emulation only, driven over a shell on its second serial port."""

import contextlib
import json
import os
import shlex
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

IMAGE_SCRIPT = Path(__file__).parent / "image"

BOOT_SECONDS = 240
"""Longest wait for the shell: 25 s on two free cores, several times that on busy ones."""


@dataclass(frozen=True)
class Done:
    """What a command in the machine gave back."""

    code: int
    output: str


class Machine:
    """One running guest of the disk in `image`, which it never changes. `folder` takes its sockets and pictures."""

    def __init__(self, image: Path, folder: Path) -> None:
        self.folder = folder
        # Software emulation: with "-cpu max" Mesa picks AVX2 code that crashes there.
        command = ["nice", "-n", "10", "qemu-system-x86_64"]
        command += ["-accel", "tcg,thread=multi,tb-size=512", "-cpu", "Nehalem", "-smp", "2", "-m", "1024"]
        command += ["-nodefaults", "-display", "none", "-device", "virtio-vga", "-device", "virtio-rng-pci"]
        command += ["-device", "qemu-xhci", "-device", "usb-kbd"]
        # Nine in the morning in Vietnam: at night the screen is dark.
        command += ["-rtc", "base=2026-11-24T02:00:00"]
        command += ["-kernel", str(image / "vmlinuz"), "-initrd", str(image / "initrd.img")]
        command += ["-append", "root=/dev/vda rw console=tty0 console=ttyS0 mitigations=off quiet"]
        command += ["-drive", f"file={image / 'disk.img'},format=raw,if=virtio,snapshot=on"]
        command += ["-serial", f"file:{folder / 'console.log'}"]
        command += ["-serial", f"unix:{folder / 'shell'},server=on,wait=off"]
        command += ["-qmp", f"unix:{folder / 'qmp'},server=on,wait=off"]
        with (folder / "qemu.log").open("wb") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log, env=os.environ | {"TMPDIR": str(folder)})
        self._shell = _connect(folder / "shell", self._process)
        self._qmp = _connect(folder / "qmp", self._process)
        self._qmp_lines = self._qmp.makefile("r")
        self._qmp_lines.readline()
        self._ask("qmp_capabilities")
        self._number = 0

    def wait_until_up(self) -> float:
        """Wait for the shell and return the seconds that took."""
        begun = time.monotonic()
        while True:
            with contextlib.suppress(TimeoutError):
                self.run("true", seconds=3)
                return time.monotonic() - begun
            if time.monotonic() - begun > BOOT_SECONDS:
                raise AssertionError(f"the machine did not come up; see {self.folder}/console.log")

    def run(self, command: str, seconds: float = 60) -> Done:
        """Run a shell command in the machine as root. Raises TimeoutError."""
        self._number += 1
        mark = f"done-{self._number}"
        # Quotes within the mark: an echo of the command itself must not look like its end.
        line = f"( {command}\n) </dev/null 2>&1; echo done''-{self._number} $?\n"
        self._shell.sendall(line.encode())
        end = time.monotonic() + seconds
        received = ""
        while f"{mark} " not in received or not received.endswith("\n"):
            self._shell.settimeout(max(0.01, end - time.monotonic()))
            part = self._shell.recv(65536)
            if not part:
                raise AssertionError(f"the machine has stopped; see {self.folder}/qemu.log")
            received += part.decode(errors="replace").replace("\r", "")
        output, _, code = received.rpartition(f"{mark} ")
        return Done(int(code), output)

    def wait_until(self, command: str, seconds: float) -> float:
        """Repeat a command until it succeeds; return the seconds that took."""
        begun = time.monotonic()
        while (done := self.run(command)).code:
            if time.monotonic() - begun > seconds:
                raise AssertionError(f"{command!r} went on failing for {seconds} s; it last said:\n{done.output}")
            time.sleep(1)
        return time.monotonic() - begun

    def put(self, text: str, path: str) -> None:
        """Write a file in the machine."""
        assert self.run(f"printf %s {shlex.quote(text)} > {shlex.quote(path)}").code == 0

    def picture(self, name: str = "screen") -> Image.Image:
        """What the panel shows at this moment."""
        path = self.folder / f"{name}.ppm"
        self._ask("screendump", filename=str(path))
        with Image.open(path) as picture:
            return picture.convert("RGB")

    def press(self, key: str) -> None:
        """Press a key of the keyboard and let it go, by QEMU's name of it ("f3")."""
        for down in (True, False):
            event = {"type": "key", "data": {"down": down, "key": {"type": "qcode", "data": key}}}
            self._ask("input-send-event", events=[event])
            time.sleep(0.1)

    def plug_in(self, stick: Path) -> None:
        """Plug in a USB stick that holds the bytes of this file."""
        self._ask(
            "blockdev-add", driver="raw", **{"node-name": "stick"}, file={"driver": "file", "filename": str(stick)}
        )
        self._ask("device_add", driver="usb-storage", id="stick", drive="stick", removable=True)

    def take_out(self) -> None:
        """Take the stick out, without asking anybody in the machine."""
        self._ask("device_del", id="stick")
        end = time.monotonic() + 20
        while True:  # the machine lets go of it when it comes to it
            try:
                return self._ask("blockdev-del", **{"node-name": "stick"})
            except AssertionError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.2)

    def close(self) -> None:
        """Pull the plug."""
        self._process.kill()
        self._process.wait(20)
        for end in (self._qmp_lines, self._qmp, self._shell):
            end.close()

    def _ask(self, name: str, **arguments: object) -> None:
        self._qmp.sendall(json.dumps({"execute": name, "arguments": arguments}).encode())
        while True:
            answer = json.loads(self._qmp_lines.readline())
            if "error" in answer:
                raise AssertionError(f"QEMU refused {name}: {answer['error']['desc']}")
            if "return" in answer:
                return


@contextlib.contextmanager
def running_machine(image: Path, folder: Path) -> Iterator[Machine]:
    """A machine that is up; its plug is pulled at the end."""
    machine = Machine(image, folder)
    try:
        machine.wait_until_up()
        yield machine
    finally:
        machine.close()


def _connect(path: Path, process: subprocess.Popen[bytes]) -> socket.socket:
    end = time.monotonic() + 20
    while True:
        connection = socket.socket(socket.AF_UNIX)
        try:
            connection.connect(str(path))
        except OSError:
            connection.close()
            if process.poll() is not None or time.monotonic() > end:
                raise AssertionError(f"QEMU did not start; see {path.parent}/qemu.log") from None
            time.sleep(0.1)
        else:
            return connection

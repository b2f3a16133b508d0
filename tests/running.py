"""The real `kiosk run` as a process of its own, for tests that watch it as its users would."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
OPEN = "the entrance is open"


class RunningKiosk:
    """One process. `database` is its log; `lines` is what it has said on stderr so far."""

    def __init__(self, folder: Path, *arguments: str, **environment: str) -> None:
        self.folder = folder
        self.database = folder / "logbook.db"
        self.environment = clean_environment(folder) | environment
        self.lines: list[str] = []
        command = [sys.executable, "-m", "kiosk", "run", "--db", str(self.database), *arguments]
        self.process = subprocess.Popen(
            command, cwd=folder, env=self.environment, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def wait_for(self, text: str, seconds: float = 20) -> None:
        """Wait until the process has said `text`."""
        self.wait_until(lambda: any(text in line for line in self.lines), f"{text!r} was never said", seconds)

    def wait_until(self, condition, complaint: str, seconds: float = 20) -> None:
        end = time.monotonic() + seconds
        while not condition():
            if self.process.poll() is not None or time.monotonic() > end:
                raise AssertionError(f"{complaint} (exit {self.process.poll()}); it said:\n" + "".join(self.lines))
            time.sleep(0.02)

    def stop(self, number: int = signal.SIGTERM) -> float:
        """Send a signal and wait for the end; return the seconds that took."""
        begun = time.monotonic()
        self.process.send_signal(number)
        self.process.wait(15)
        self._reader.join(5)
        return time.monotonic() - begun

    def kiosk(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run another command beside it, as an administrator would."""
        command = [sys.executable, "-m", "kiosk", *arguments, "--db", str(self.database)]
        return subprocess.run(
            command, cwd=self.folder, env=self.environment, capture_output=True, text=True, timeout=30, check=False
        )

    def log(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.kiosk("log", "--json").stdout.splitlines()]

    def status(self) -> dict[str, object]:
        return json.loads(self.kiosk("status", "--json").stdout)

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(10)
        self._reader.join(5)
        self.process.stderr.close()

    def _read(self) -> None:
        self.lines.extend(iter(self.process.stderr.readline, ""))


@contextlib.contextmanager
def running_kiosk(folder: Path, *arguments: str, **environment: str) -> Iterator[RunningKiosk]:
    """A running kiosk whose doors are open; it is killed at the end if it still runs."""
    kiosk = RunningKiosk(folder, *arguments, **environment)
    try:
        kiosk.wait_for(OPEN)
        yield kiosk
    finally:
        kiosk.close()


@contextlib.contextmanager
def virtual_display(size: str = "1280x720") -> Iterator[str]:
    """An X server without a monitor; yields what DISPLAY must be."""
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{size}x24", "-nolisten", "tcp"],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as answer:
        number = answer.readline().strip()
    try:
        yield f":{number}"
    finally:
        server.terminate()
        server.wait(10)


def clean_environment(folder: Path) -> dict[str, str]:
    """This process's environment without its display, bus and configuration, and with a home of its own."""
    hidden = ("DISPLAY", "WAYLAND", "SDL_", "DBUS_", "KIOSK_", "GPIOZERO_", "XDG_", "STATE_DIRECTORY")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(hidden)}
    nowhere = {"DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={folder}/no-bus"}
    return kept | nowhere | {"HOME": str(folder), "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error"}


def missing(*programs: str) -> list[str]:
    """Which of these programs are not installed."""
    return [program for program in programs if shutil.which(program) is None]

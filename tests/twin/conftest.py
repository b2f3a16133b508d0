"""One machine for all the tests of the acceptance run, from a disk that is made anew for it."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

from tests.twin.machine import IMAGE_SCRIPT, running_machine

NEEDED = ("qemu-system-x86_64", "mmdebstrap", "mke2fs", "mkfs.vfat")


def _folder() -> Path:
    """Where the Debian underneath stays between runs; 2 GB."""
    return Path(os.environ.get("TWIN_FOLDER") or Path(tempfile.gettempdir()) / "entrance-kiosk-twin")


@pytest.fixture(scope="session")
def machine(tmp_path_factory):
    missing = [program for program in NEEDED if shutil.which(program) is None]
    if missing or os.geteuid() != 0:
        pytest.skip(f"needs root and {', '.join(missing) or 'nothing else'}: ./dev twin")
    subprocess.run([IMAGE_SCRIPT, _folder()], check=True)
    with running_machine(_folder(), tmp_path_factory.mktemp("machine")) as machine:
        yield machine

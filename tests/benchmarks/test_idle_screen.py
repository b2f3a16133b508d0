"""What an idle screen costs, against a browser that shows the same page: the same code, words and walking step.

    pytest -m bench tests/benchmarks/test_idle_screen.py -s

One change a second on both, three times as often as at a real entrance. Both are measured in the same minutes on the
same machine: processor time and proportional memory (PSS) of every process of each, after half a minute to settle.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import segno

SETTLE = 30
MEASURE = 60
SIZE = (1080, 1920)

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

pytestmark = [
    pytest.mark.bench,
    pytest.mark.timeout(400),
    pytest.mark.skipif(CHROMIUM is None or shutil.which("Xvfb") is None, reason="needs chromium and Xvfb"),
]

PAGE = """<!doctype html><meta charset="utf-8"><title>Kiosk</title>
<style>
body {{ margin: 0; background: #F5F2EB; color: #0A2540; font: 600 44px "Be Vietnam Pro", sans-serif; padding: 72px; }}
h1 {{ font-size: 137px; margin: 0; line-height: 1.16 }}
.door {{ width: 797px; height: 880px; margin: 30px auto; background: #08306B; border: 22px solid #0B4AA2;
  border-bottom: 0; border-radius: 400px 400px 0 0 / 170px 170px 0 0; box-sizing: border-box; padding-top: 90px }}
.door svg {{ display: block; margin: auto; width: 703px; height: 703px }}
li.on {{ color: #0B4AA2 }}
</style>
<h1>Xin mời cài<br>Bluezone</h1><div class="door">{code}</div>
<ol><li class="on">Quét mã<li>Cài rồi mở ứng dụng<li>Bật Bluetooth</ol>
<p>Không có điện thoại thông minh? <b>Mời gặp người trực.</b><p id="clock">08:41</p>
<script>
let step = 0;
setInterval(() => {{
  const steps = document.querySelectorAll("li");
  steps.forEach((item, i) => item.classList.toggle("on", i === step % 3));
  step += 1;
  clock.textContent = new Date().toTimeString().slice(0, 5);
}}, 1000);
</script>
"""


def processes_of(session):
    """Every process of a session."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[3]) == session:
                found.append(entry)
    return found


def processor_seconds(session):
    tasks = (task for entry in processes_of(session) for task in (entry / "task").iterdir())
    return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e9


def memory(session):
    """MiB, each shared page divided among those who share it."""
    kilobytes = 0
    for entry in processes_of(session):
        lines = (entry / "smaps_rollup").read_text().splitlines()
        kilobytes += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return kilobytes / 1024


def cost(command, environment):
    """Percent of one core and MiB of a command at rest."""
    process = subprocess.Popen(
        command, env=environment, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        time.sleep(SETTLE)
        assert process.poll() is None, f"{command[0]} ended by itself"
        before, began = processor_seconds(process.pid), time.monotonic()
        time.sleep(MEASURE)
        share = 100 * (processor_seconds(process.pid) - before) / (time.monotonic() - began)
        return share, memory(process.pid)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)


@pytest.fixture
def display():
    read, write = os.pipe()
    screen = f"{SIZE[0]}x{SIZE[1]}x24"
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", screen], pass_fds=[write], stderr=subprocess.DEVNULL
    )
    os.close(write)
    with os.fdopen(read) as number:
        name = f":{number.readline().strip()}"
    yield name
    server.terminate()
    server.wait(10)


def test_an_idle_screen_costs_a_fraction_of_a_browser(display, tmp_path, capsys):
    page = tmp_path / "page.html"
    code = segno.make("https://bluezone.gov.vn", error="q").svg_inline(border=4, light="#fff")
    page.write_text(PAGE.format(code=code))
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("SDL_", "WAYLAND"))}
    environment |= {"DISPLAY": display, "PYTHONPATH": str(Path(__file__).parents[2])}
    ours = cost([sys.executable, "-m", "tests.benchmarks.idle_screen"], environment)
    browser = cost(
        [
            *(CHROMIUM, "--headless=new", "--no-sandbox", "--no-first-run", f"--user-data-dir={tmp_path / 'profile'}"),
            *(f"--window-size={SIZE[0]},{SIZE[1]}", "--remote-debugging-port=0", page.as_uri()),
        ],
        environment,
    )
    with capsys.disabled():
        print(f"\nidle screen {SIZE[0]}x{SIZE[1]}, {MEASURE} s")  # noqa: T201 (a benchmark's figures are its result)
        for name, (share, mebibytes) in (("kiosk", ours), ("browser", browser)):
            print(f"{name:>8}: {share:.2f} % of a core, {mebibytes:.0f} MiB PSS")  # noqa: T201
        print(f"   ratio: {ours[0] / browser[0]:.2f} of the processor, {ours[1] / browser[1]:.2f} of the memory")  # noqa: T201
    assert ours[0] <= 0.3 * browser[0]
    assert ours[1] <= 0.2 * browser[1]

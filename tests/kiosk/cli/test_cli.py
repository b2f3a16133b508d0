"""The group itself: how commands are found and how errors come out."""

import os
import subprocess
import sys
from collections.abc import Callable
from types import ModuleType

import click
import pytest
from click.testing import CliRunner

from kiosk.cli import main
from kiosk.cli.printing import span
from kiosk.errors import LogbookError, SettingsError


@pytest.fixture
def add_command(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], None]], None]:
    """Put a command named `trial` where the group looks for it."""

    def add(function: Callable[[], None]) -> None:
        module = ModuleType("kiosk.cli.trial")
        module.command = click.command(function)  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, "kiosk.cli.trial", module)

    return add


def raising(error: BaseException) -> Callable[[], None]:
    def command() -> None:
        raise error

    return command


@pytest.mark.parametrize(
    ("error", "exit_code", "lines"),
    [
        (
            LogbookError("log.db: not a database"),
            1,
            ["kiosk: error: log.db: not a database"],
        ),
        (
            SettingsError("a.b: small\nc.d: unknown"),
            2,
            ["kiosk: error: a.b: small", "kiosk: error: c.d: unknown"],
        ),
        (OSError(28, "No space left on device", "/out.csv"), 1, ["kiosk: error: /out.csv: No space left on device"]),
        (KeyboardInterrupt(), 1, ["kiosk: error: stopped by Ctrl-C"]),
        (BrokenPipeError(), 0, []),
    ],
)
def test_a_foreseen_error_is_one_line_and_an_exit_code(add_command, monkeypatch, error, exit_code, lines):
    monkeypatch.setattr("kiosk.cli._drop_output", lambda: None)
    add_command(raising(error))
    result = CliRunner().invoke(main, ["trial"])
    assert (result.exit_code, result.stderr.splitlines(), result.stdout) == (exit_code, lines, "")


def test_a_bug_is_not_hidden(add_command):
    add_command(raising(ZeroDivisionError("a bug")))
    with pytest.raises(ZeroDivisionError):
        CliRunner().invoke(main, ["trial"], catch_exceptions=False)


def test_a_helper_module_is_no_command():
    result = CliRunner().invoke(main, ["options"])
    assert result.exit_code == 2
    assert "No such command 'options'" in result.stderr
    assert "options" not in main.list_commands(click.Context(main))


def test_a_reader_that_has_enough_is_no_error():
    """A command whose reader closes the pipe ends quietly, without a traceback from the last flush."""
    program = (
        "import sys, types, click; module = types.ModuleType('kiosk.cli.trial')\n"
        "module.command = click.command(lambda: [click.echo('x' * 100) for _ in range(10_000)] and None)\n"
        "sys.modules['kiosk.cli.trial'] = module\n"
        "from kiosk.cli import main; main(['trial'])\n"
    )
    process = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"x" * 100 + b"\n"
    process.stdout.close()
    _, complaints = process.communicate(timeout=20)
    assert (process.returncode, complaints) == (0, b"")


def test_help_starts_without_the_heavy_parts():
    heavy = ["pygame", "bleak", "pydantic", "rich"]
    program = f"import sys, kiosk.cli; print([name for name in {heavy} if name in sys.modules])"
    output = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=os.environ)
    assert output.stdout.strip() == "[]"


def test_version_is_printed():
    result = CliRunner().invoke(main, ["--version"])
    assert result.exit_code == 0
    assert result.stdout.startswith("kiosk ")


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["--bogus"], "kiosk: error: No such option '--bogus' (kiosk --help)\n"),
        (["nonsense"], "kiosk: error: No such command 'nonsense' (kiosk --help)\n"),
        (["log", "--bogus"], "kiosk: error: No such option '--bogus' (kiosk log --help)\n"),
        (["export"], "kiosk: error: Missing argument 'PATH' (kiosk export --help)\n"),
    ],
)
def test_wrong_usage_is_one_line(arguments, line):
    result = CliRunner().invoke(main, arguments, prog_name="kiosk")
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", line)


def test_without_a_command_there_is_help():
    result = CliRunner().invoke(main, [], prog_name="kiosk")
    assert result.exit_code == 2
    assert "Commands:" in result.stderr


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0 s"), (59.4, "59 s"), (302, "5 min 2 s"), (7200, "2 h"), (172_802, "2 d"), (90_000, "1 d 1 h")],
)
def test_a_length_of_time_is_said_in_its_largest_unit_and_the_next(seconds, text):
    assert span(seconds) == text

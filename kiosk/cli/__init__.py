"""The `kiosk` command: one file a subcommand, each loaded only when it is asked for.

A file `kiosk/cli/<name>.py` with a click command named `command` is the subcommand `<name>`; a file without one is a
helper of the others. Loading late matters: pygame, bleak and requests cost seconds of a Pi Zero; `status` needs none.

Exit codes: 0 done, 1 the thing asked for failed (one line on stderr), 2 wrong usage or configuration, 3 a check found a
fault.
"""

import importlib
import os
import pkgutil
import sys
from typing import Any, NoReturn

import click

from kiosk.cli.options import config_option, override_option
from kiosk.errors import KioskError, SettingsError

FAILED = 1
WRONG_USAGE = 2
FOUND_A_FAULT = 3


class Commands(click.Group):
    """A group whose commands are the modules of this package, and where every foreseen error is one line."""

    def make_context(self, *args: Any, **extra: Any) -> click.Context:
        """Read what stands before the subcommand."""
        try:
            return super().make_context(*args, **extra)
        except click.UsageError as error:
            _explain_usage(error)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All commands by name."""
        names = [module.name.replace("_", "-") for module in pkgutil.iter_modules(__path__)]
        return [name for name in names if self.get_command(ctx, name) is not None]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, loaded now; None when there is no such file or it is only a helper."""
        module_name = f"{__name__}.{cmd_name.replace('-', '_')}"
        try:
            module = importlib.import_module(module_name)
        except ModuleNotFoundError as error:
            if error.name == module_name:
                return None
            raise
        command = getattr(module, "command", None)
        return command if isinstance(command, click.Command) else None

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; turn what was foreseen into one line and the right exit code."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
            return result
        except click.UsageError as error:
            _explain_usage(error)
        except BrokenPipeError:
            _drop_output()
            ctx.exit(0)
        except SettingsError as error:
            _complain(str(error))
            ctx.exit(WRONG_USAGE)
        except KioskError as error:
            _complain(str(error))
            ctx.exit(FAILED)
        except KeyboardInterrupt:
            _complain("stopped by Ctrl-C")
            ctx.exit(FAILED)
        except OSError as error:
            _complain(f"{error.filename}: {error.strerror}" if error.filename else str(error))
            ctx.exit(FAILED)


def _explain_usage(error: click.UsageError) -> NoReturn:
    """Wrong usage in one line, like any other error; a bare command without all that it needs still gets its help."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        raise error
    where = error.ctx.command_path if error.ctx else "kiosk"
    message = " ".join(error.format_message().removeprefix("Invalid value: ").split())
    _complain(f"{message.removesuffix('.')} ({where} --help)")
    raise click.exceptions.Exit(WRONG_USAGE) from error


def _complain(message: str) -> None:
    for line in message.splitlines():
        click.echo(f"kiosk: error: {line}", err=True)


def _drop_output() -> None:
    """Whoever read our output has enough: let the interpreter's last flush go nowhere instead of failing."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _show_version(context: click.Context, _parameter: click.Parameter, asked: bool) -> None:
    if asked:
        from kiosk.version import version  # noqa: PLC0415 (importlib.metadata costs 30 ms; commands do without)

        click.echo(f"kiosk {version()}")
        context.exit()


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_show_version, help="Show the version."
)
@config_option
@override_option
def main() -> None:
    """Tell who came in and whether the app ran, and invite everybody else."""

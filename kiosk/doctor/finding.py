"""What a check found, and how checks are run."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from kiosk.errors import KioskError


class Grade(StrEnum):
    """How bad it is."""

    OK = "ok"
    REMARK = "remark"  # worth knowing; the entrance works
    FAULT = "fault"
    OFF = "off"  # not wanted by the settings, or not there on this machine


@dataclass(frozen=True, slots=True)
class Finding:
    """One line: what was looked at, how it is, and what helps."""

    what: str
    grade: Grade
    detail: str


Check = Callable[[], Iterable[Finding]]


def examine(checks: Mapping[str, Check]) -> Iterator[Finding]:
    """Run the checks one after the other; a check that fails is a fault under its own name."""
    for name, check in checks.items():
        try:
            yield from check()
        except KioskError as error:
            for line in str(error).splitlines():
                yield Finding(name, Grade.FAULT, line)
        except Exception as error:  # the doctor must always come to an end
            yield Finding(name, Grade.FAULT, f"cannot be checked: {type(error).__name__}: {error}")

"""The wire format: what a kiosk sends and what the district answers. Counts only; docs/wire-format.md explains it.

Every model refuses unknown keys and wrong types, and every number and list is bounded, so that neither side can be
made to store or allocate what it did not expect.
"""

from datetime import UTC, datetime
from typing import Annotated, Final, Self
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, model_validator

from kiosk.decisions import App, Direction

BATCH_HOURS: Final = 24
"""Hours in one batch. A day is at most 336 rows or 40 kB: 8 s on a 40 kbit/s line, well inside the 20 s time-out,
so that a weak line loses a day's attempt at most and a month of silence is made good in some thirty requests."""

BATCH_ROWS: Final = BATCH_HOURS * len(Direction) * len(App)
"""Rows in one batch: each hour holds at most one row for each direction and app status."""

BODY_BYTES: Final = 64 * 1024
"""Bytes in a request or answer: the longest batch is some 40 kB; the rest is room for spacing."""

COUNT_MOST: Final = 100_000
"""People in one hour and status: a door passes 3,600 an hour, a group entry a few more; beyond this it is a fault."""

REVISION_MOST: Final = 2**53 - 1
"""The largest whole number that every JSON reader keeps exactly."""

KIOSK_PATTERN: Final = r"^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$"
BOARD_PATTERN: Final = r"^[0-9a-f]{32}$"
SECRET_PATTERN: Final = r"^[A-Za-z0-9][A-Za-z0-9_-]{0,62}\.[A-Za-z0-9_-]{12,64}$"

API: Final = "/api/v1"
BATCHES_PATH: Final = f"{API}/batches"
ENROLL_PATH: Final = f"{API}/enroll"


def _whole_hour(moment: datetime) -> datetime:
    if moment.minute or moment.second or moment.microsecond:
        raise ValueError("an hour starts at minute 0 of its own zone")
    if not 1970 <= moment.year <= 2100:
        raise ValueError("an hour lies between 1970 and 2100")
    return moment


Hour = Annotated[AwareDatetime, AfterValidator(_whole_hour)]
"""The start of an hour, ISO 8601 with its zone's offset: 2026-11-24T08:00:00+07:00."""

KioskName = Annotated[str, Field(pattern=KIOSK_PATTERN)]
"""Name under which the district knows a kiosk: letters, digits, hyphen, underscore; at most 63."""

BoardMark = Annotated[str, Field(pattern=BOARD_PATTERN)]
"""Mark of the board (sync.board): 32 hexadecimal digits, the same after every start, different on every board."""


class WireModel(BaseModel):
    """Unknown keys and lenient conversions ("5" for 5) are refused; values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Row(WireModel):
    """One tally: how many people, in one hour, in one direction, with one app status. Absolute, never an increment."""

    hour: Hour
    direction: Direction
    app: App
    count: int = Field(ge=0, le=COUNT_MOST)
    revision: int = Field(ge=1, le=REVISION_MOST, description="Grows with each change of the count; the highest wins.")

    @property
    def epoch(self) -> int:
        """The hour's start in seconds since 1970-01-01 UTC."""
        return int(self.hour.timestamp())

    @property
    def cell(self) -> tuple[int, Direction, App]:
        """What identifies the row within one kiosk."""
        return self.epoch, self.direction, self.app


class Batch(WireModel):
    """What a kiosk sends. An empty one says "I am here and have nothing new"."""

    batch: UUID = Field(description="Chosen anew for each request; the answer echoes it.")
    kiosk: KioskName
    board: BoardMark
    rows: tuple[Row, ...] = Field(max_length=BATCH_ROWS)
    audit_since: Hour | None = Field(None, description="Asks how much the district holds from this hour on.")

    @model_validator(mode="after")
    def _each_cell_once(self) -> Self:
        cells = {row.cell for row in self.rows}
        if len(cells) < len(self.rows):
            raise ValueError("rows: the same hour, direction and app stand there twice")
        if len({cell[0] for cell in cells}) > BATCH_HOURS:
            raise ValueError(f"rows: more than {BATCH_HOURS} hours in one batch")
        return self


class Held(WireModel):
    """How much the district holds of this kiosk from `since` on; less than was acknowledged means it lost something."""

    since: Hour
    rows: int = Field(ge=0)
    revisions: int = Field(ge=0, description="Sum of the revisions of those rows.")


class Answer(WireModel):
    """What the district says: the batch's own ID and all that it now holds for the hours that were sent."""

    batch: UUID
    totals: tuple[Row, ...] = Field(max_length=BATCH_ROWS)
    held: Held | None = None


class EnrollRequest(WireModel):
    """A kiosk exchanges its one-time code for a token; from then on the token holds on this board only."""

    code: str = Field(pattern=SECRET_PATTERN)
    board: BoardMark


class EnrollAnswer(WireModel):
    """The token, said once; the district keeps a hash only."""

    kiosk: KioskName
    token: str = Field(pattern=SECRET_PATTERN)


class Refusal(WireModel):
    """Every answer that is not a 200: one line that names the thing and the remedy."""

    error: str = Field(max_length=500)


def from_epoch(epoch: int) -> datetime:
    """The hour's start as an aware time in UTC; callers turn it into the zone they speak."""
    return datetime.fromtimestamp(epoch, UTC)

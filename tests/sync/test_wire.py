"""The wire format, and its document: every example there is what the models accept."""

import json
import re
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from kiosk.decisions import App, Direction
from sync.wire import (
    BATCH_HOURS,
    BATCH_ROWS,
    BODY_BYTES,
    COUNT_MOST,
    REVISION_MOST,
    Answer,
    Batch,
    EnrollAnswer,
    EnrollRequest,
    Refusal,
    Row,
    from_epoch,
)
from tests.sync.parts import BOARD, EIGHT, HOUR, ZONE

DOCUMENT = Path(__file__).parents[2] / "docs" / "wire-format.md"
MODELS: dict[str, type[BaseModel]] = {
    "batch": Batch,
    "answer": Answer,
    "enroll-request": EnrollRequest,
    "enroll-answer": EnrollAnswer,
    "refusal": Refusal,
}
EXAMPLES = dict(re.findall(r"```json (\S+)\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL))


def a_row(**changes: object) -> dict[str, object]:
    row = {"hour": "2026-11-24T08:00:00+07:00", "direction": "in", "app": "shown", "count": 1, "revision": 1}
    return row | changes


def a_batch(*rows: dict[str, object], **changes: object) -> str:
    return json.dumps({"batch": str(uuid4()), "kiosk": "entrance-1", "board": BOARD, "rows": rows} | changes)


def test_the_document_has_an_example_of_each_message():
    assert set(EXAMPLES) == set(MODELS)


@pytest.mark.parametrize("name", MODELS)
def test_an_example_is_what_the_model_accepts_and_says(name):
    example = json.loads(EXAMPLES[name])
    said = MODELS[name].model_validate_json(EXAMPLES[name]).model_dump(mode="json")
    assert said == example


def test_the_document_names_every_status_and_bound():
    text = DOCUMENT.read_text(encoding="utf-8")
    assert all(f"`{word}`" in text for word in (*App, *Direction))
    assert f"at most {BATCH_ROWS}" in text
    assert f"{COUNT_MOST:,}" in text
    assert f"{BODY_BYTES // 1024} KiB" in text


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (a_row(count="5"), "valid integer"),
        (a_row(count=True), "valid integer"),
        (a_row(count=-1), "greater than or equal to 0"),
        (a_row(count=COUNT_MOST + 1), "less than or equal"),
        (a_row(revision=0), "greater than or equal to 1"),
        (a_row(revision=REVISION_MOST + 1), "less than or equal"),
        (a_row(hour="2026-11-24T08:00:00"), "timezone"),
        (a_row(hour="2026-11-24T08:30:00+07:00"), "minute 0"),
        (a_row(hour="3026-11-24T08:00:00+07:00"), "between 1970 and 2100"),
        (a_row(hour=EIGHT), "valid datetime"),
        (a_row(direction="sideways"), "'in' or 'out'"),
        (a_row(app="DETECTED"), "'detected'"),
        (a_row(name="Nguyễn Văn A"), "Extra inputs"),
    ],
)
def test_a_row_that_is_not_well_formed_is_refused(row, fault):
    with pytest.raises(ValidationError, match=fault):
        Batch.model_validate_json(a_batch(row))


def test_a_cell_stands_once_in_a_batch():
    same_moment = a_row(hour="2026-11-24T01:00:00Z", count=2)
    with pytest.raises(ValidationError, match="stand there twice"):
        Batch.model_validate_json(a_batch(a_row(), same_moment))


def test_a_batch_holds_a_day_at_most():
    hours = [from_epoch(EIGHT + hour * HOUR).isoformat() for hour in range(BATCH_HOURS + 1)]
    with pytest.raises(ValidationError, match="more than 24 hours"):
        Batch.model_validate_json(a_batch(*(a_row(hour=hour) for hour in hours)))


@pytest.mark.parametrize(
    "changes",
    [{"kiosk": "a.b"}, {"kiosk": ""}, {"kiosk": "x" * 64}, {"board": "short"}, {"batch": "1"}, {"extra": 1}],
)
def test_who_sends_is_well_formed(changes):
    with pytest.raises(ValidationError):
        Batch.model_validate_json(a_batch(a_row(), **changes))


def test_the_longest_batch_and_its_answer_fit_the_bound():
    start = datetime(2026, 11, 24, tzinfo=ZONE)
    rows = tuple(
        Row(hour=start + timedelta(hours=n), direction=direction, app=app, count=COUNT_MOST, revision=REVISION_MOST)
        for n in range(BATCH_HOURS)
        for direction in Direction
        for app in App
    )
    batch = Batch(batch=uuid4(), kiosk="k" * 63, board=BOARD, rows=rows, audit_since=start)
    assert len(rows) == BATCH_ROWS
    assert len(batch.model_dump_json()) < BODY_BYTES
    assert len(Answer(batch=batch.batch, totals=rows).model_dump_json()) < BODY_BYTES


@given(st.binary(max_size=400) | st.recursive(st.none() | st.integers() | st.text(), st.lists).map(json.dumps))
def test_anything_else_is_refused_as_one_kind_of_error(body):
    with pytest.raises(ValidationError):
        Batch.model_validate_json(body)


@given(st.integers(0, 1_000_000), st.sampled_from(Direction), st.sampled_from(App), st.integers(0, COUNT_MOST))
def test_a_row_comes_back_as_it_was_sent(hour, direction, app, count):
    row = Row(
        hour=from_epoch(hour * HOUR).astimezone(ZONE), direction=direction, app=app, count=count, revision=REVISION_MOST
    )
    assert Row.model_validate_json(row.model_dump_json()) == row
    assert row.epoch == hour * HOUR

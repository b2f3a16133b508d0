"""Files for other programs: whole or not at all, and nothing in them computes."""

import csv
import json
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.errors import KioskError
from kiosk.exports import COLUMNS, FORMATS, FORMULA_STARTS, neutral, whole_or_nothing

ROW = dict.fromkeys(COLUMNS, 1) | {"officer": "=HYPERLINK(1)", "time": "2026-03-02T12:00:00.000+07:00"}


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "\u00a0@x", "\u3000=1", "＝1", "\n=1"],
)
def test_what_a_spreadsheet_would_compute_is_made_text(text):
    assert neutral(text) == "'" + text


@given(st.text())
def test_no_text_begins_with_a_formula_afterwards(text):
    shown = neutral(text).lstrip(" \u00a0\u3000")
    assert not shown or shown[0] not in FORMULA_STARTS


@pytest.mark.parametrize("value", ["Hoa", "Nguyễn Thị =", "", None, 0.5, True])
def test_all_else_stays_as_it_is(value):
    assert neutral(value) is value


def test_csv_opens_in_a_spreadsheet_as_it_should(tmp_path):
    assert FORMATS["csv"](tmp_path / "x.csv", [ROW, ROW]) == 2
    assert (tmp_path / "x.csv").read_bytes().startswith(b"\xef\xbb\xbfid,time,")
    with (tmp_path / "x.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["officer"] for row in rows] == ["'=HYPERLINK(1)"] * 2


def test_json_is_one_object_a_line(tmp_path):
    assert FORMATS["json"](tmp_path / "x.json", [ROW]) == 1
    assert [json.loads(line) for line in (tmp_path / "x.json").read_text().splitlines()] == [ROW]


def test_xlsx_holds_texts_and_no_formula(tmp_path):
    assert FORMATS["xlsx"](tmp_path / "x.xlsx", [ROW]) == 1
    with zipfile.ZipFile(tmp_path / "x.xlsx") as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "'=HYPERLINK(1)" in sheet
    assert "<f>" not in sheet


def test_a_file_appears_whole_or_not_at_all(tmp_path):
    path = tmp_path / "x.csv"

    def fail_half_way():
        with whole_or_nothing(path, overwrite=False) as partial:
            partial.write_text("half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_half_way()
    assert list(tmp_path.iterdir()) == []
    with whole_or_nothing(path, overwrite=False) as partial:
        partial.write_text("whole")
    assert [file.name for file in tmp_path.iterdir()] == ["x.csv"]


def test_what_is_there_is_not_overwritten_unless_asked(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("before")
    with pytest.raises(KioskError, match="exists; name another"), whole_or_nothing(path, overwrite=False):
        pass
    with whole_or_nothing(path, overwrite=True) as partial:
        partial.write_text("after")
    assert path.read_text() == "after"


def test_a_folder_or_a_missing_one_is_named(tmp_path):
    for path, complaint in ((tmp_path, "is a folder"), (tmp_path / "none" / "x.csv", "no such folder")):
        with pytest.raises(KioskError, match=complaint), whole_or_nothing(path, overwrite=True):
            pass


def test_no_room_is_one_line_and_leaves_nothing(tmp_path):
    refused = OSError(28, "No space left on device")
    with (
        pytest.raises(KioskError, match=r"x\.csv: not written: No space left"),
        whole_or_nothing(tmp_path / "x.csv", overwrite=False),
    ):
        raise refused
    assert list(tmp_path.iterdir()) == []

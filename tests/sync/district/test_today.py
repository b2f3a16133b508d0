"""A day's report, and its page."""

from datetime import date
from html.parser import HTMLParser

import pytest

from kiosk.decisions import App, Direction
from sync.district.page import APP_TITLES, Page, number, percent
from sync.district.today import Share, report_day
from tests.sync.district.desk import row
from tests.sync.parts import EIGHT, HOUR, NOW_MS, OTHER_BOARD, ZONE

MIDNIGHT = EIGHT - 9 * HOUR


def test_counts_per_kiosk_and_hour(desk):
    desk.take(
        desk.token("north"),
        row(EIGHT, 5, app=App.DETECTED),
        row(EIGHT, 2, app=App.NO_SMARTPHONE),
        row(EIGHT + HOUR, 1, app=App.INSTALLED_HERE),
        row(EIGHT + HOUR, 4, direction=Direction.OUT),
        row(EIGHT + HOUR, 3, app=App.UNKNOWN),
    )
    desk.take(desk.token("south"), row(EIGHT, 2, app=App.SHOWN))
    report = report_day(desk.engine, ZONE, NOW_MS)
    north, south = report.kiosks
    assert [(one.hour.hour, one.arrivals, one.departures) for one in north.hours] == [(9, 7, 0), (10, 4, 4)]
    assert (north.arrivals, north.departures, north.share) == (11, 4, Share(numerator=6, denominator=8))
    assert north.arrivals_by_app[App.UNKNOWN] == 3
    assert south.share == Share(numerator=2, denominator=2)
    assert (report.arrivals, report.departures, report.share) == (13, 4, Share(numerator=8, denominator=10))
    assert north.heard is not None
    assert north.heard.isoformat() == "2026-11-24T14:00:00+07:00"


def test_the_day_is_the_districts_not_utcs(desk):
    token = desk.token()
    desk.take(
        token, row(MIDNIGHT - HOUR, 1), row(MIDNIGHT, 10), row(MIDNIGHT + 23 * HOUR, 100), row(MIDNIGHT + 24 * HOUR)
    )
    assert report_day(desk.engine, ZONE, NOW_MS).arrivals == 110
    assert report_day(desk.engine, ZONE, NOW_MS, date(2026, 11, 23)).arrivals == 1


def test_a_count_corrected_to_nothing_is_no_hour(desk):
    desk.take(desk.token(), row(EIGHT, 0, revision=3))
    (kiosk,) = report_day(desk.engine, ZONE, NOW_MS).kiosks
    assert (kiosk.hours, kiosk.share.percent) == ((), None)


def test_numbers_are_written_the_vietnamese_way():
    assert number(1038) == "1.038"
    assert percent(Share(numerator=937, denominator=1000)) == "93,7 %"
    assert percent(Share(numerator=0, denominator=0)) == "–"


class Outline(HTMLParser):
    """Tags that are open, and the text of the page."""

    VOID = frozenset({"meta", "link", "br"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += f" {' '.join(data.split())}"


@pytest.fixture
def shown(desk):
    def show() -> str:
        outline = Outline(Page().render(report_day(desk.engine, ZONE, desk.now_ms)))
        assert outline.open == []
        return " ".join(outline.text.split())

    return show


def test_the_page_says_what_was_counted(desk, shown):
    desk.take(desk.token("north"), row(EIGHT, 1038, app=App.DETECTED), row(EIGHT, 69, app=App.DECLINED))
    text = shown()
    assert "Lượt ra vào ngày 24/11/2026 Arrivals and departures on 24 November 2026" in text
    assert "93,8 % 1.038 / 1.107" in text
    assert "09:00 1.107 0" in text
    assert "Nhận tin lần cuối Last heard 14:00" in text
    assert all(title in text for titles in APP_TITLES.values() for title in titles)
    assert set(APP_TITLES) == set(App)


def test_several_kiosks_stand_in_one_table_first(desk, shown):
    desk.take(desk.token("north"), row(EIGHT, 3, app=App.DETECTED), row(EIGHT, 1, app=App.DECLINED))
    assert "Các điểm" not in shown()
    desk.register.make_code("south")
    assert "north 4 0 75,0 % (3 / 4) 14:00 south 0 0 – (0 / 0) – ⚠ xem bên dưới see below" in shown()


def test_an_empty_district_says_what_to_do(shown):
    assert "Chưa có điểm nào" in shown()
    assert "district enroll-code NAME" in shown()


def test_the_page_says_what_is_wrong(desk, shown):
    desk.register.make_code("east")
    assert "Not enrolled yet" in shown()
    token = desk.token("north")
    with pytest.raises(PermissionError):
        desk.take(token, board=OTHER_BOARD)
    assert "its card may have been cloned" in shown()
    desk.take(token)
    desk.now_ms += 4 * 3_600_000
    assert "Not heard for more than 3 hours" in shown()
    desk.register.revoke("north")
    assert "Its token is revoked" in shown()

"""The district's page: one day at a glance, Vietnamese first, English beside it; no script, nothing from elsewhere."""

from datetime import datetime, timedelta
from importlib import resources
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from kiosk.decisions import App
from sync.district.today import DayReport, Share

SILENT: Final = timedelta(hours=3)
"""A kiosk unheard for so long is marked: it reports every hour, and one missed report is no news."""

APP_TITLES: Final = {
    App.DETECTED: ("Có ứng dụng", "App detected"),
    App.SHOWN: ("Đã cho xem", "App shown"),
    App.INSTALLED_HERE: ("Cài tại chỗ", "Installed here"),
    App.NO_SMARTPHONE: ("Không có điện thoại thông minh", "No smartphone"),
    App.DECLINED: ("Từ chối", "Declined"),
    App.NOT_DETECTED: ("Không phát hiện", "Not detected"),
    App.UNKNOWN: ("Không rõ", "Not known"),
}
"""Each status in both languages, in the order of the page's columns."""


def number(value: int) -> str:
    """A whole number as it is written in Viet Nam: 1.038."""
    return f"{value:,}".replace(",", ".")


def percent(share: Share) -> str:
    """A share as it is written in Viet Nam: 93,7 %; a dash where there is nothing to divide by."""
    return "–" if share.percent is None else f"{share.percent:.1f} %".replace(".", ",")


def clock(moment: datetime) -> str:
    """Hour and minute: 08:41."""
    return moment.strftime("%H:%M")


def day_and_clock(moment: datetime) -> str:
    """Day, month, year and time: 24/11/2026 08:41."""
    return moment.strftime("%d/%m/%Y %H:%M")


class Page:
    """Renders the day; holds the template and the style sheet in memory."""

    def __init__(self) -> None:
        environment = Environment(
            loader=PackageLoader("sync.district"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.filters.update(number=number, percent=percent, clock=clock, day_and_clock=day_and_clock)
        self._template = environment.get_template("today.html")
        self.style = resources.files("sync.district").joinpath("templates/style.css").read_text(encoding="utf-8")

    def render(self, report: DayReport) -> str:
        """The page as HTML."""
        return self._template.render(
            report=report,
            app_titles=APP_TITLES,
            silent_since=report.as_of - SILENT,
            busiest=max((one.arrivals for kiosk in report.kiosks for one in kiosk.hours), default=0),
            is_today=report.day == report.as_of.date(),
            day_before=report.day - timedelta(days=1),
            day_after=report.day + timedelta(days=1),
        )

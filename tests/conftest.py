"""What holds for every test: a slow or shared machine is no reason to fail."""

import signal
import sqlite3

from hypothesis import settings

# Speed is measured as ratios in tests/benchmarks; a deadline in milliseconds would only measure the neighbours.
settings.register_profile("kiosk", deadline=None)
settings.load_profile("kiosk")

# Whoever starts the tests in the background lets them ignore Ctrl-C, and every program they start would inherit it.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_report_header() -> str:
    """Say on which SQLite the log was proved; the oldest supported one is in kiosk/logbook/database.py."""
    return f"SQLite {sqlite3.sqlite_version}"

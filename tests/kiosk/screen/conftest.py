import pytest

from kiosk.screen.build import build_painter
from kiosk.settings import ScreenSection, Settings

PANELS = [
    ((800, 480), 7.0),
    ((1024, 600), 7.0),
    ((1024, 600), 10.1),
    ((1280, 800), 10.1),
    ((1920, 1080), 24.0),
    ((1080, 1920), 24.0),
    ((3840, 2160), 24.0),
]


def painter_for(size, inches, languages=("vi", "en")):
    """A painter with the shipped campaign."""
    settings = Settings(screen=ScreenSection(panel_inches=inches))
    return build_painter(settings, size, languages)[0]


@pytest.fixture(params=PANELS, ids=lambda panel: f"{panel[0][0]}x{panel[0][1]} {panel[1]}in", scope="session")
def panel(request):
    """Every panel that is supported: size in pixels, inches."""
    return request.param


@pytest.fixture(params=["vi", "en"], scope="session")
def language(request):
    return request.param


@pytest.fixture(scope="session")
def painter(panel, language):
    return painter_for(*panel, (language,))

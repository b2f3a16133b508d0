import pytest

from kiosk.screen.build import build_painter
from kiosk.settings import KioskSection, ScreenSection, Settings

PANELS = [
    ((800, 480), 7.0),
    ((1024, 600), 7.0),
    ((1024, 600), 10.1),
    ((1280, 800), 10.1),
    ((1920, 1080), 24.0),
    ((1080, 1920), 24.0),
    ((3840, 2160), 24.0),
]


def painter_for(size, inches, languages=("vi", "en"), **kiosk):
    """A painter; `kiosk` are settings of that section."""
    settings = Settings(kiosk=KioskSection(**kiosk), screen=ScreenSection(panel_inches=inches))
    return build_painter(settings, size, languages)[0]


@pytest.fixture(params=PANELS, ids=lambda panel: f"{panel[0][0]}x{panel[0][1]} {panel[1]}in", scope="session")
def panel(request):
    """Every panel that is supported: size in pixels, inches."""
    return request.param


LONG_CAMPAIGN = """
app = "Sổ sức khỏe điện tử quốc gia và hồ sơ tiêm chủng mở rộng"
address = "https://so-suc-khoe-dien-tu.example.gov.vn/tai-ve/ung-dung?nguon=kiosk&huyen=chiem-hoa"
shown_address = "so-suc-khoe-dien-tu.example.gov.vn/tai-ve/ung-dung-moi"
purpose = "phòng, chống dịch bệnh và chăm sóc sức khỏe ban đầu"
"""
"""Every name and address as long as may be."""
ORGANISATION = "Ủy ban nhân dân thị trấn Vĩnh Lộc, huyện Chiêm Hóa, Tuyên Quang"


@pytest.fixture(params=["vi", "en", "both", "long"], scope="session")
def words(request):
    """What the screen says: one language or both with the shipped campaign, or the longest campaign."""
    return request.param


@pytest.fixture(scope="session")
def painter(panel, words, tmp_path_factory):
    if words != "long":
        return painter_for(*panel, ("vi", "en") if words == "both" else (words,))
    path = tmp_path_factory.mktemp("campaign") / "long.toml"
    path.write_text(LONG_CAMPAIGN)
    return painter_for(*panel, ("vi", "en"), campaign=str(path), organisation=ORGANISATION)

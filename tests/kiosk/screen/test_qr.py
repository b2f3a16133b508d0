"""The code is read by a real reader: from the picture as it is, and as a phone at its reading distance sees it."""

import pygame
import pytest
from PIL import Image, ImageFilter
from pyzbar.pyzbar import ZBarSymbol, decode

from kiosk.screen.qr import READING_RATIO, QrCode
from kiosk.screen.samples import sample
from tests.kiosk.screen.conftest import PANELS, painter_for

ADDRESS = b"https://bluezone.gov.vn"


def picture(painter, scene):
    surface = pygame.Surface(painter.size)
    painter.forget()
    painter.paint(surface, scene)
    return Image.frombytes("RGB", painter.size, pygame.image.tobytes(surface, "RGB"))


def read(image):
    return [found.data for found in decode(image, symbols=[ZBarSymbol.QRCODE])]


@pytest.fixture(params=PANELS, ids=lambda panel: f"{panel[0][0]}x{panel[0][1]} {panel[1]}in")
def painter(request):
    return painter_for(*request.param)


@pytest.mark.parametrize("name", ["invite", "passage", "night", "disk-full", "first-start", "confirmed"])
def test_it_is_read_from_every_scene_that_invites(painter, name):
    assert read(picture(painter, sample(name))) == [ADDRESS]


def test_it_is_read_as_a_phone_at_the_reading_distance_sees_it(painter):
    image = picture(painter, sample("invite")).convert("L")
    # A phone's camera spreads about 60 degrees over 1,900 pixels of preview: at ten times the symbol's side the symbol
    # is 5.7 degrees wide, about 180 pixels.
    symbol = painter.code.modules * painter.pens.places.module
    scale = 180 / symbol
    small = image.resize((round(image.width * scale), round(image.height * scale)), Image.Resampling.BOX)
    assert read(small.filter(ImageFilter.GaussianBlur(0.9))) == [ADDRESS]


def test_glare_on_an_eighth_of_the_symbol_does_not_hide_it(painter):
    image = picture(painter, sample("invite"))
    tile = painter.pens.places.tile
    side = painter.code.modules * painter.pens.places.module
    radius = round(side * 0.12**0.5 / 2)
    glare = Image.new("RGB", (2 * radius, 2 * radius), "white")
    image.paste(glare, (tile.centerx - radius, tile.centery - radius))
    assert read(image) == [ADDRESS]


def test_modules_are_whole_pixels_with_a_quiet_zone_of_four(painter):
    image = picture(painter, sample("invite")).convert("L")
    tile, module = painter.pens.places.tile, painter.pens.places.module
    assert tile.width == module * (painter.code.modules + 8)
    inner = tile.inflate(-2 * 4 * module, -2 * 4 * module)
    columns = [image.getpixel((x, inner.top + module // 2)) for x in range(inner.left, inner.right)]
    assert set(columns) <= {0, 255}
    edges = [i for i in range(1, len(columns)) if columns[i] != columns[i - 1]]
    assert edges
    assert all(edge % module == 0 for edge in edges)
    quiet = image.crop((tile.left + module, tile.top + module, inner.left, inner.bottom))
    assert quiet.getextrema() == (255, 255)


def test_the_symbol_is_a_tenth_of_the_reading_distance_of_a_24_inch_panel():
    painter = painter_for((1920, 1080), 24.0)
    side = painter.code.modules * painter.pens.places.module / painter.pens.ruler.pixels_per_millimetre
    assert side >= 145
    assert side * READING_RATIO >= 1450


def test_32_bytes_are_the_most_that_keep_the_modules_large():
    assert QrCode("https://" + "a" * 24).modules == 29
    assert QrCode("https://" + "a" * 25).modules == 33

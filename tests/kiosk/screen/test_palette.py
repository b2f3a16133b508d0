import pytest

from kiosk.screen.palette import DAY, NIGHT, contrast


def test_contrast_is_what_wcag_defines():
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((119, 119, 119), (255, 255, 255)) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("palette", [DAY, NIGHT], ids=["day", "night"])
def test_every_text_colour_stands_out_on_every_ground_it_meets(palette):
    pairs = [
        (palette.ink, palette.paper),
        (palette.quiet, palette.paper),
        (palette.quiet, palette.floor),
        (palette.quiet, palette.glow),
        (palette.blue, palette.paper),
        (palette.on_blue, palette.blue),
        (palette.on_deep, palette.deep),
        (palette.on_thanks, palette.thanks),
        (palette.on_card, palette.card),
        (palette.on_pill, palette.pill),
    ]
    assert [pair for pair in pairs if contrast(*pair) < 7] == []

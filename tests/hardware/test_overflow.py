import pytest

from hardware.overflow import overflow_bit, overflow_mask

BASE = "-0000-1000-8000-00805f9b34fb"

ON_AIR = [
    ("00004e56-73f5-4bc4-a12f-17d1ad07a667", 0, 0x08),
    ("e20a39f4-73f5-4bc4-a12f-17d1ad07a667", 10, 0x80),
    ("b82ab3fc-1595-4f6a-80f0-fe094cc218f9", 0, 0x01),
    ("cc0ac8b7-03b5-4252-8d84-44d199e16065", 1, 0x20),
    ("0000fd64" + BASE, 10, 0x08),
    ("c1f5983c-fa94-4ac8-8e2e-bb86d6de9b21", 9, 0x40),
    ("2f234454-cf6d-4a0f-adf2-f4911ba9ffa6", 10, 0x08),
    ("00003333" + BASE, 7, 0x02),
    ("00001001" + BASE, 7, 0x02),
    ("0000c007" + BASE, 4, 0x10),
    ("0000c008" + BASE, 7, 0x08),
]


@pytest.mark.parametrize(("uuid", "byte", "mask"), ON_AIR)
def test_published_masks(uuid: str, byte: int, mask: int) -> None:
    assert overflow_mask(uuid) == (byte, mask)


def test_bits_that_the_apps_are_known_by() -> None:
    assert overflow_bit("00004E56-73F5-4BC4-A12F-17D1AD07A667") == 3
    assert overflow_bit("E20A39F4-73F5-4BC4-A12F-17D1AD07A667") == 87


def test_anything_else_than_a_uuid_is_refused() -> None:
    with pytest.raises(ValueError, match="badly formed"):
        overflow_bit("4e56")

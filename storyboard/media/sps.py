"""An H.264 sequence parameter set into what it says of the picture."""

from dataclasses import dataclass
from fractions import Fraction

_HIGH = (100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135)
_EXTENDED_ASPECT = 255
_MACROBLOCK = 16
_UNSPECIFIED = 2
_LIMITED, _FULL = 1, 2
_ASPECTS = (
    (1, 1),
    (1, 1),
    (12, 11),
    (10, 11),
    (16, 11),
    (40, 33),
    (24, 11),
    (20, 11),
    (32, 11),
    (80, 33),
    (18, 11),
    (15, 11),
    (64, 33),
    (160, 99),
    (4, 3),
    (3, 2),
    (2, 1),
)


@dataclass(frozen=True, slots=True)
class PictureSet:
    """Size, chroma and depth, pixel aspect, colours as H.273 numbers them (2: not said).

    `frame_num_bits` is how many bits the number of a frame takes in the header of a slice.
    """

    width: int
    height: int
    chroma: int
    depth: int
    frames_only: bool
    pixel: Fraction
    color: tuple[int, int, int, int]
    frame_num_bits: int


class Bits:
    """Reads a NAL unit bit by bit, without its emulation prevention."""

    def __init__(self, unit: bytes) -> None:
        clean = unit.replace(b"\x00\x00\x03", b"\x00\x00")
        self._number = int.from_bytes(clean, "big")
        self._size = self._left = len(clean) * 8

    @property
    def at(self) -> int:
        """How many bits have been taken."""
        return self._size - self._left

    def take(self, count: int) -> int:
        """Return the next bits as a number; raises `ValueError` past the end."""
        self._left -= count
        if self._left < 0:
            raise ValueError("the unit ends too soon")
        return self._number >> self._left & ((1 << count) - 1)

    def ue(self) -> int:
        """Return an unsigned Exp-Golomb number."""
        zeros = 0
        while not self.take(1):
            zeros += 1
        return (1 << zeros) - 1 + self.take(zeros)


def parse_sps(unit: bytes) -> PictureSet | None:
    """Read a set; None where it is broken, or uses what is rare: scaling lists, 4:4:4."""
    bits = Bits(unit)
    try:
        return _parse(bits)
    except ValueError:
        return None


def _parse(bits: Bits) -> PictureSet | None:
    bits.take(8)
    profile = bits.take(8)
    bits.take(16)
    bits.ue()
    chroma, depth = 1, 8
    if profile in _HIGH:
        chroma = bits.ue()
        depth = 8 + max(bits.ue(), bits.ue())
        bits.take(1)
        if chroma == 3 or bits.take(1):  # noqa: PLR2004 - 4:4:4 has one more field; so have lists
            return None
    frame_num_bits = bits.ue() + 4
    order = bits.ue()
    if order == 0:
        bits.ue()
    elif order == 1:
        return None
    bits.ue()
    bits.take(1)
    width, rows = bits.ue() + 1, bits.ue() + 1
    frames_only = bool(bits.take(1))
    if not frames_only:
        bits.take(1)
        rows *= 2
    bits.take(1)
    left, right, top, low = _crop(bits)
    pixel, color = _usability(bits)
    return PictureSet(
        width=width * _MACROBLOCK - 2 * (left + right),
        height=rows * _MACROBLOCK - (2 if frames_only else 4) * (top + low),
        chroma=chroma,
        depth=depth,
        frames_only=frames_only,
        pixel=pixel,
        color=color,
        frame_num_bits=frame_num_bits,
    )


def _crop(bits: Bits) -> tuple[int, int, int, int]:
    if not bits.take(1):
        return 0, 0, 0, 0
    return bits.ue(), bits.ue(), bits.ue(), bits.ue()


def _usability(bits: Bits) -> tuple[Fraction, tuple[int, int, int, int]]:
    """Read pixel aspect and colours, where they are said."""
    pixel = Fraction(1)
    primaries = transfer = matrix = _UNSPECIFIED
    spread = 0
    if not bits.take(1):
        return pixel, (primaries, transfer, matrix, spread)
    if bits.take(1):
        pixel = _aspect(bits, bits.take(8))
    if bits.take(1):
        bits.take(1)
    if bits.take(1):
        bits.take(3)
        spread = _FULL if bits.take(1) else _LIMITED
        if bits.take(1):
            primaries, transfer, matrix = bits.take(8), bits.take(8), bits.take(8)
    return pixel, (primaries, transfer, matrix, spread)


def _aspect(bits: Bits, kind: int) -> Fraction:
    if kind == _EXTENDED_ASPECT:
        width, height = bits.take(16), bits.take(16)
        return Fraction(width, height) if width and height else Fraction(1)
    return Fraction(*_ASPECTS[kind]) if kind < len(_ASPECTS) else Fraction(1)

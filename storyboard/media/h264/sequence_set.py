"""Read and write sequence parameter sets (clauses 7.3.2.1.1 and E.1.1)."""

from dataclasses import dataclass
from fractions import Fraction

from storyboard.media.h264.bits import BitReader, Bits, BitWriter, Refused, escape, unescape

_HIGH = (100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135)
_SPS = 7
_TYPE = 0x1F
_FULL_CHROMA = 3
_EXTENDED_ASPECT = 255
_MACROBLOCK = 16
_UNSPECIFIED = 2
_LIMITED, _FULL = 1, 2
_BY_CYCLE = 1
_MOST_BITS = 16
_MOST_BUFFERS = 32
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
class Usability:
    """Video usability information: its bits, and what is needed of them.

    `pixel` is the width of a pixel to its height; `color` primaries, transfer, matrix and range as
    H.273 numbers them (2: unspecified); `timed` whether a decoder's buffer is signalled.
    """

    bits: Bits
    pixel: Fraction
    color: tuple[int, int, int, int]
    timed: bool


@dataclass(frozen=True, slots=True)
class SequenceSet:
    """A sequence parameter set.

    `number` is its id; `columns` and `rows` count macroblocks as they are coded; `order_bits` is
    the width of `pic_order_cnt_lsb`, 0 for order type 2, which has none; `crop` is left, right,
    top and bottom in its own units.
    """

    head: int
    profile: int
    constraints: int
    level: int
    number: int
    chroma: int
    luma_depth: int
    chroma_depth: int
    bypass: bool
    frame_num_bits: int
    order_type: int
    order_bits: int
    references: int
    gaps: bool
    columns: int
    rows: int
    frames_only: bool
    adaptive_fields: bool
    direct_8x8: bool
    crop: tuple[int, int, int, int] | None
    usability: Usability | None

    @property
    def coded_width(self) -> int:
        """Width in pixels before cropping."""
        return self.columns * _MACROBLOCK

    @property
    def coded_height(self) -> int:
        """Height in pixels before cropping."""
        return self.rows * _MACROBLOCK * (1 if self.frames_only else 2)

    @property
    def width(self) -> int:
        """Width in pixels."""
        left, right, _, _ = self.crop or (0, 0, 0, 0)
        return self.coded_width - 2 * (left + right)

    @property
    def height(self) -> int:
        """Height in pixels."""
        _, _, top, bottom = self.crop or (0, 0, 0, 0)
        return self.coded_height - (2 if self.frames_only else 4) * (top + bottom)

    @property
    def depth(self) -> int:
        """Bits a sample, the larger of luma's and chroma's."""
        return max(self.luma_depth, self.chroma_depth)

    @property
    def pixel(self) -> Fraction:
        """The width of a pixel to its height."""
        return self.usability.pixel if self.usability else Fraction(1)

    @property
    def color(self) -> tuple[int, int, int, int]:
        """Primaries, transfer, matrix and range as H.273 numbers them (2: unspecified)."""
        unknown = (_UNSPECIFIED, _UNSPECIFIED, _UNSPECIFIED, 0)
        return self.usability.color if self.usability else unknown

    @property
    def frame_nums(self) -> int:
        """MaxFrameNum (7-10): `frame_num` counts modulo this."""
        return 1 << self.frame_num_bits


def read_sequence_set(unit: bytes) -> SequenceSet:
    """Read a set; raises `Refused` if it is damaged or has scaling lists, 4:4:4, order type 1."""
    bits = BitReader(unescape(unit))
    head, profile, constraints, level = bits.u(8), bits.u(8), bits.u(8), bits.u(8)
    if head & _TYPE != _SPS:
        raise Refused("it is not a sequence parameter set")
    number = bits.ue()
    chroma, luma, depth, bypass = 1, 8, 8, False
    if profile in _HIGH:
        chroma = bits.ue()
        if chroma == _FULL_CHROMA:
            raise Refused("its colours are as fine as its brightness (4:4:4)")
        luma, depth, bypass = 8 + bits.ue(), 8 + bits.ue(), bits.flag()
        if bits.flag():
            raise Refused("its sequence has scaling lists")
    frame_num_bits = 4 + bits.ue()
    order_type = bits.ue()
    if order_type == _BY_CYCLE:
        raise Refused("its pictures are ordered by a cycle (order type 1)")
    order_bits = 4 + bits.ue() if order_type == 0 else 0
    if max(frame_num_bits, order_bits) > _MOST_BITS:
        raise Refused("its counters are wider than 16 bits")
    references, gaps = bits.ue(), bits.flag()
    columns, rows, frames_only = bits.ue() + 1, bits.ue() + 1, bits.flag()
    adaptive = False if frames_only else bits.flag()
    direct = bits.flag()
    crop = (bits.ue(), bits.ue(), bits.ue(), bits.ue()) if bits.flag() else None
    usability = _read_usability(bits) if bits.flag() else None
    return SequenceSet(
        head=head,
        profile=profile,
        constraints=constraints,
        level=level,
        number=number,
        chroma=chroma,
        luma_depth=luma,
        chroma_depth=depth,
        bypass=bypass,
        frame_num_bits=frame_num_bits,
        order_type=order_type,
        order_bits=order_bits,
        references=references,
        gaps=gaps,
        columns=columns,
        rows=rows,
        frames_only=frames_only,
        adaptive_fields=adaptive,
        direct_8x8=direct,
        crop=crop,
        usability=usability,
    )


def write_sequence_set(one: SequenceSet) -> bytes:
    """Write a set as a NAL unit."""
    bits = BitWriter()
    for byte in (one.head, one.profile, one.constraints, one.level):
        bits.u(byte, 8)
    bits.ue(one.number)
    if one.profile in _HIGH:
        for number in (one.chroma, one.luma_depth - 8, one.chroma_depth - 8):
            bits.ue(number)
        bits.flag(one.bypass)
        bits.flag(value=False)
    bits.ue(one.frame_num_bits - 4)
    bits.ue(one.order_type)
    if one.order_type == 0:
        bits.ue(one.order_bits - 4)
    bits.ue(one.references)
    bits.flag(one.gaps)
    bits.ue(one.columns - 1)
    bits.ue(one.rows - 1)
    bits.flag(one.frames_only)
    if not one.frames_only:
        bits.flag(one.adaptive_fields)
    bits.flag(one.direct_8x8)
    bits.flag(one.crop is not None)
    for number in one.crop or ():
        bits.ue(number)
    bits.flag(one.usability is not None)
    if one.usability:
        bits.bits(one.usability.bits)
    return escape(bits.trailed())


def _read_usability(bits: BitReader) -> Usability:
    """Read `vui_parameters` (E.1.1) to their end, so that a damaged set is noticed."""
    start = bits.at
    pixel = _aspect(bits, bits.u(8)) if bits.flag() else Fraction(1)
    if bits.flag():
        bits.u(1)  # overscan_appropriate_flag
    color = _color(bits) if bits.flag() else (_UNSPECIFIED, _UNSPECIFIED, _UNSPECIFIED, 0)
    if bits.flag():
        bits.ue(), bits.ue()  # where chroma samples are
    if bits.flag():
        bits.u(65)  # num_units_in_tick, time_scale, fixed_frame_rate_flag
    timed = False
    for _ in range(2):
        if bits.flag():
            _read_buffers(bits)
            timed = True
    if timed:
        bits.u(1)  # low_delay_hrd_flag
    bits.u(1)  # pic_struct_present_flag
    if bits.flag():
        bits.u(1)  # motion_vectors_over_pic_boundaries_flag
        for _ in range(6):
            bits.ue()
    return Usability(bits.since(start), pixel, color, timed=timed)


def _aspect(bits: BitReader, kind: int) -> Fraction:
    if kind == _EXTENDED_ASPECT:
        width, height = bits.u(16), bits.u(16)
        return Fraction(width, height) if width and height else Fraction(1)
    return Fraction(*_ASPECTS[kind]) if kind < len(_ASPECTS) else Fraction(1)


def _color(bits: BitReader) -> tuple[int, int, int, int]:
    bits.u(3)  # video_format
    spread = _FULL if bits.flag() else _LIMITED
    if not bits.flag():
        return _UNSPECIFIED, _UNSPECIFIED, _UNSPECIFIED, spread
    return bits.u(8), bits.u(8), bits.u(8), spread


def _read_buffers(bits: BitReader) -> None:
    """Pass `hrd_parameters` (E.1.2)."""
    count = bits.ue() + 1
    if count > _MOST_BUFFERS:
        raise Refused("it names more than 32 buffers")
    bits.u(8)
    for _ in range(count):
        bits.ue(), bits.ue(), bits.u(1)
    bits.u(20)

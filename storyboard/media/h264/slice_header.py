"""Read and write slices: their headers as values, their data as they are (clauses 7.3.3, 7.3.4)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

from storyboard.media.h264.bits import BitReader, Bits, BitWriter, Refused, escape, unescape
from storyboard.media.h264.picture_set import PictureSet
from storyboard.media.h264.sequence_set import SequenceSet

SLICE, IDR_SLICE = 1, 5
_LAST_KIND = 9
_KINDS = 5
_MOST_REFERENCES = 32
_END = 3
_FORGET = 1
_MOST_COMMANDS = 66
_EXPLICIT = 1
_NO_DEBLOCKING = 1
_MOST_IDR_NUMBER = 65535


class SliceKind(IntEnum):
    """What a slice's blocks may be predicted from: one earlier list, two lists, or only itself."""

    P = 0
    B = 1
    I = 2  # noqa: E741 - the standard's name


Changes = tuple[tuple[int, int], ...] | None
"""`modification_of_pic_nums_idc` and `abs_diff_pic_num_minus1`, one pair a command; None: none."""


@dataclass(frozen=True, slots=True)
class SliceHeader:
    """A slice header (7.3.3).

    `importance` is `nal_ref_idc`; `number` the code of `slice_type`; `picture_set` the id of its
    picture parameter set; `order` is `pic_order_cnt_lsb`, None for order type 2; `idr` holds
    `idr_pic_id`, None outside IDR pictures; `counts` are the lengths of its lists if it says them.

    `forget` are the `difference_of_pic_nums_minus1` of its commands to drop references (MMCO 1);
    None stands for the sliding window. `clear` is `no_output_of_prior_pics_flag`. `weights` and
    `rest` are bits that stay as they are: the table of weights, and what follows the marking.
    """

    importance: int
    first_block: int
    number: int
    picture_set: int
    frame_num: int
    idr: int | None
    order: int | None
    spatial: bool | None
    counts: tuple[int, int] | None
    changes: tuple[Changes, Changes]
    weights: Bits
    forget: tuple[int, ...] | None
    clear: bool
    rest: Bits

    @property
    def kind(self) -> SliceKind:
        """What the slice's blocks may be predicted from."""
        return SliceKind(self.number % _KINDS)


@dataclass(frozen=True, slots=True)
class Slice:
    """A slice: its header, and its data from the first macroblock on (7.3.4).

    Coded with CABAC the data are whole bytes; else bits that begin at bit `phase` of a byte.
    Blocks of raw samples are aligned to bytes (7.3.5), so those data must stay there; None tells
    that there are no such blocks.
    """

    header: SliceHeader
    data: bytes | Bits
    phase: int | None = None


@dataclass(frozen=True, slots=True)
class StreamSets:
    """The sets that the slices of a stream refer to: one for the sequence, others by their ids."""

    sequence: SequenceSet
    pictures: Mapping[int, PictureSet]

    def of(self, number: int) -> PictureSet:
        """Return a picture parameter set; raises `Refused` if there is none of that id."""
        found = self.pictures.get(number)
        if found is None:
            raise Refused("a slice refers to parameters that are not there")
        return found


def is_slice(unit: bytes) -> bool:
    """Tell whether a NAL unit is a slice that is not partitioned."""
    return unit[0] & 0x1F in {SLICE, IDR_SLICE}


def read_slice(unit: bytes, sets: StreamSets) -> Slice:
    """Read a slice; raises `Refused` if it is damaged or not handled.

    What is returned is known to be written again to the byte.
    """
    plain = unescape(unit)
    bits = BitReader(plain)
    header = _read_header(bits, sets)
    data: bytes | Bits
    phase = None
    if sets.of(header.picture_set).cabac:
        missing = -bits.at & 7
        if bits.u(missing) != (1 << missing) - 1:
            raise Refused("the data of a slice do not begin on a byte")
        data = plain[bits.at >> 3 :]
    else:
        phase = bits.at & 7
        data = bits.rest()
    read = Slice(header, data, phase)
    if write_slice(read, sets) != unit:
        raise Refused("a slice is not written as the standard says")
    return read


def write_slice(one: Slice, sets: StreamSets) -> bytes:
    """Write a slice as a NAL unit; raises `Refused` if its data cannot stand behind its header."""
    bits = BitWriter()
    _write_header(bits, one.header, sets)
    if isinstance(one.data, bytes):
        return escape(bits.padded(1) + one.data)
    if one.phase is not None and bits.length & 7 != one.phase:
        raise Refused("a slice's data would be moved off their bytes")
    bits.bits(one.data)
    return escape(bits.trailed())


def fits(one: Slice, header: SliceHeader, sets: StreamSets) -> bool:
    """Tell whether the data of a slice may stand behind another header."""
    if one.phase is None:
        return True
    bits = BitWriter()
    _write_header(bits, header, sets)
    return bits.length & 7 == one.phase


def list_counts(header: SliceHeader, sets: StreamSets) -> tuple[int, int]:
    """Return how many entries a slice's lists 0 and 1 have (7.4.3)."""
    first, second = header.counts or sets.of(header.picture_set).counts
    match header.kind:
        case SliceKind.I:
            return 0, 0
        case SliceKind.P:
            return first, 0
        case SliceKind.B:
            return first, second


def _read_header(bits: BitReader, sets: StreamSets) -> SliceHeader:
    head = bits.u(8)
    is_idr, importance = head & 0x1F == IDR_SLICE, head >> 5 & 3
    if head >> 7 or head & 0x1F not in {SLICE, IDR_SLICE}:
        raise Refused("it is not a slice")
    if is_idr and not importance:
        raise Refused("an IDR picture is not a reference")
    first_block, number = bits.ue(), bits.ue()
    if number > _LAST_KIND or number % _KINDS not in set(SliceKind):
        raise Refused("a slice is of a kind for switching between streams")
    kind = SliceKind(number % _KINDS)
    picture_set = bits.ue()
    parameters = sets.of(picture_set)
    sequence = sets.sequence
    frame_num = bits.u(sequence.frame_num_bits)
    idr = bits.ue() if is_idr else None
    if is_idr and (frame_num or kind is not SliceKind.I or (idr or 0) > _MOST_IDR_NUMBER):
        raise Refused("an IDR picture has what it may not have")
    order = bits.u(sequence.order_bits) if sequence.order_type == 0 else None
    spatial = bits.flag() if kind is SliceKind.B else None
    counts = _read_counts(bits, kind) if kind is not SliceKind.I and bits.flag() else None
    first, second = counts or parameters.counts
    changes: list[Changes] = [None, None]
    for which in range((kind is not SliceKind.I) + (kind is SliceKind.B)):
        changes[which] = _read_changes(bits) if bits.flag() else None
    weights = Bits()
    if _is_weighted(kind, parameters):
        start = bits.at
        _pass_weights(bits, (first, second if kind is SliceKind.B else 0))
        weights = bits.since(start)
    forget, clear = None, False
    if is_idr:
        clear = bits.flag()
        if bits.flag():
            raise Refused("it has long-term references")
    elif importance and bits.flag():
        forget = _read_forget(bits)
    start = bits.at
    _pass_rest(bits, kind, parameters)
    return SliceHeader(
        importance=importance,
        first_block=first_block,
        number=number,
        picture_set=picture_set,
        frame_num=frame_num,
        idr=idr,
        order=order,
        spatial=spatial,
        counts=counts,
        changes=(changes[0], changes[1]),
        weights=weights,
        forget=forget,
        clear=clear,
        rest=bits.since(start),
    )


def _read_counts(bits: BitReader, kind: SliceKind) -> tuple[int, int]:
    counts = (bits.ue() + 1, bits.ue() + 1 if kind is SliceKind.B else 1)
    if max(counts) > _MOST_REFERENCES:
        raise Refused("the lists of a slice are longer than 32")
    return counts


def _read_changes(bits: BitReader) -> tuple[tuple[int, int], ...]:
    """Read `ref_pic_list_modification` (7.3.3.1) of one list."""
    commands: list[tuple[int, int]] = []
    while (what := bits.ue()) != _END:
        if what > 1:
            raise Refused("it has long-term references")
        commands.append((what, bits.ue()))
        if len(commands) > _MOST_COMMANDS:
            raise Refused("a slice has too many commands")
    return tuple(commands)


def _read_forget(bits: BitReader) -> tuple[int, ...]:
    """Read the commands of `dec_ref_pic_marking` (7.3.3.3)."""
    commands: list[int] = []
    while what := bits.ue():
        if what != _FORGET:
            raise Refused("it has long-term references, or drops all at once")
        commands.append(bits.ue())
        if len(commands) > _MOST_COMMANDS:
            raise Refused("a slice has too many commands")
    return tuple(commands)


def _is_weighted(kind: SliceKind, parameters: PictureSet) -> bool:
    if kind is SliceKind.B:
        return parameters.weighted_b == _EXPLICIT
    return kind is SliceKind.P and parameters.weighted_p


def _pass_weights(bits: BitReader, counts: tuple[int, int]) -> None:
    """Pass `pred_weight_table` (7.3.3.2) of a picture with colours."""
    bits.ue(), bits.ue()
    for _ in range(sum(counts)):
        if bits.flag():
            bits.se(), bits.se()
        if bits.flag():
            bits.se(), bits.se(), bits.se(), bits.se()


def _pass_rest(bits: BitReader, kind: SliceKind, parameters: PictureSet) -> None:
    """Pass `cabac_init_idc`, `slice_qp_delta` and the deblocking filter's fields."""
    if parameters.cabac and kind is not SliceKind.I:
        bits.ue()
    bits.se()
    if parameters.deblocking and bits.ue() != _NO_DEBLOCKING:
        bits.se(), bits.se()


def _write_header(bits: BitWriter, one: SliceHeader, sets: StreamSets) -> None:
    parameters, sequence = sets.of(one.picture_set), sets.sequence
    is_idr = one.idr is not None
    bits.u(one.importance << 5 | (IDR_SLICE if is_idr else SLICE), 8)
    bits.ue(one.first_block)
    bits.ue(one.number)
    bits.ue(one.picture_set)
    bits.u(one.frame_num, sequence.frame_num_bits)
    if one.idr is not None:
        bits.ue(one.idr)
    if sequence.order_type == 0:
        bits.u(one.order or 0, sequence.order_bits)
    if one.spatial is not None:
        bits.flag(one.spatial)
    if one.kind is not SliceKind.I:
        _write_lists(bits, one)
    if _is_weighted(one.kind, parameters):
        bits.bits(one.weights)
    if is_idr:
        bits.flag(one.clear)
        bits.flag(value=False)
    elif one.importance:
        bits.flag(one.forget is not None)
        for difference in one.forget or ():
            bits.ue(_FORGET)
            bits.ue(difference)
        if one.forget is not None:
            bits.ue(0)
    bits.bits(one.rest)


def _write_lists(bits: BitWriter, one: SliceHeader) -> None:
    """Write the lists' lengths and `ref_pic_list_modification` (7.3.3.1)."""
    lists = 2 if one.kind is SliceKind.B else 1
    bits.flag(one.counts is not None)
    for count in (one.counts or ())[:lists]:
        bits.ue(count - 1)
    for changes in one.changes[:lists]:
        bits.flag(changes is not None)
        for what, difference in changes or ():
            bits.ue(what)
            bits.ue(difference)
        if changes is not None:
            bits.ue(_END)

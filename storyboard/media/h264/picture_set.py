"""Read and write picture parameter sets (clause 7.3.2.2)."""

from dataclasses import dataclass

from storyboard.media.h264.bits import BitReader, Bits, BitWriter, Refused, escape, unescape

_PPS = 8
_TYPE = 0x1F
_MOST_REFERENCES = 32
_LISTS = 6


@dataclass(frozen=True, slots=True)
class PictureSet:
    """A picture parameter set.

    `number` is its id, `sequence` that of its sequence parameter set; `counts` are how many
    entries lists 0 and 1 have unless a slice says otherwise; `weighted_b` is `weighted_bipred_idc`;
    `rest` holds what follows the flags: transforms of 8x8 and scaling lists.
    """

    head: int
    number: int
    sequence: int
    cabac: bool
    bottom_order: bool
    counts: tuple[int, int]
    weighted_p: bool
    weighted_b: int
    qp: int
    switching_qp: int
    chroma_qp: int
    deblocking: bool
    constrained_intra: bool
    redundant: bool
    rest: Bits


def read_picture_set(unit: bytes) -> PictureSet:
    """Read a set; raises `Refused` if it is damaged or has slice groups.

    Every field is read, for decoders differ in what they make of a set that ends too soon.
    """
    bits = BitReader(unescape(unit))
    head = bits.u(8)
    if head & _TYPE != _PPS:
        raise Refused("it is not a picture parameter set")
    number, sequence = bits.ue(), bits.ue()
    cabac, bottom_order = bits.flag(), bits.flag()
    if bits.ue():
        raise Refused("its slices are in groups")
    counts = (bits.ue() + 1, bits.ue() + 1)
    if max(counts) > _MOST_REFERENCES:
        raise Refused("its lists are longer than 32")
    read = _read_flags(bits, (head, number, sequence), (cabac, bottom_order), counts)
    _check_rest(read.rest)
    return read


def _read_flags(
    bits: BitReader,
    names: tuple[int, int, int],
    flags: tuple[bool, bool],
    counts: tuple[int, int],
) -> PictureSet:
    head, number, sequence = names
    cabac, bottom_order = flags
    return PictureSet(
        head=head,
        number=number,
        sequence=sequence,
        cabac=cabac,
        bottom_order=bottom_order,
        counts=counts,
        weighted_p=bits.flag(),
        weighted_b=bits.u(2),
        qp=bits.se(),
        switching_qp=bits.se(),
        chroma_qp=bits.se(),
        deblocking=bits.flag(),
        constrained_intra=bits.flag(),
        redundant=bits.flag(),
        rest=bits.rest(),
    )


def _check_rest(rest: Bits) -> None:
    """Read transforms, scaling lists and the second chroma offset to their very end."""
    if not rest.length:
        return
    whole = BitWriter()
    whole.bits(rest)
    bits = BitReader(whole.padded(0))
    eights = bits.flag()
    if bits.flag():
        for n in range(_LISTS + 2 * eights):
            if bits.flag():
                _pass_list(bits, 16 if n < _LISTS else 64)
    bits.se()
    if bits.at != rest.length:
        raise Refused("its picture parameter set does not end where it should")


def _pass_list(bits: BitReader, size: int) -> None:
    """Pass `scaling_list` (7.3.2.1.1.1)."""
    last = following = 8
    for _ in range(size):
        if following:
            following = (last + bits.se() + 256) % 256
        last = following or last


def write_picture_set(one: PictureSet) -> bytes:
    """Write a set as a NAL unit."""
    bits = BitWriter()
    bits.u(one.head, 8)
    bits.ue(one.number)
    bits.ue(one.sequence)
    bits.flag(one.cabac)
    bits.flag(one.bottom_order)
    bits.ue(0)
    bits.ue(one.counts[0] - 1)
    bits.ue(one.counts[1] - 1)
    bits.flag(one.weighted_p)
    bits.u(one.weighted_b, 2)
    for number in (one.qp, one.switching_qp, one.chroma_qp):
        bits.se(number)
    for flag in (one.deblocking, one.constrained_intra, one.redundant):
        bits.flag(flag)
    bits.bits(one.rest)
    return escape(bits.trailed())

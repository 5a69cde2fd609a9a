"""Numbers, escapes and trailing bits are read as they are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storyboard.media.h264.bits import BitReader, Bits, BitWriter, Refused, escape, unescape


@given(st.lists(st.integers(-40_000, 40_000)))
def test_numbers_are_read_as_they_are_written(values: list[int]) -> None:
    bits = BitWriter()
    for one in values:
        bits.se(one)
        bits.ue(abs(one))
        bits.u(abs(one) & 7, 3)
    reader = BitReader(bits.trailed())
    read = [(reader.se(), reader.ue(), reader.u(3)) for _ in values]
    assert read == [(one, abs(one), abs(one) & 7) for one in values]
    assert reader.rest() == Bits()


@pytest.mark.parametrize(("text", "number"), [("1", 0), ("010", 1), ("00100", 3), ("0001000", 7)])
def test_a_code_is_that_of_the_standard(text: str, number: int) -> None:
    bits = BitWriter()
    bits.ue(number)
    assert (bits.length, f"{bits.padded(0)[0]:08b}"[: len(text)]) == (len(text), text)


@given(st.binary(max_size=40), st.lists(st.sampled_from([b"\x00", b"\x03", b"\x01"])))
def test_no_start_code_is_left_in_what_is_escaped(noise: bytes, zeros: list[bytes]) -> None:
    plain = b"\x65" + b"".join(zeros) + noise
    unit = escape(plain)
    assert not any(bytes((0, 0, one)) in unit for one in (0, 1, 2))
    assert not unit.endswith(b"\x00")
    assert unescape(unit)[: len(plain)] == plain
    # A zero at the end gets a 3 behind it, which no byte follows.
    assert unescape(unit)[len(plain) :] in {b"", b"\x03"}


@given(st.integers(0, 200), st.integers(0, 7), st.integers(0, 40))
def test_bits_are_kept_wherever_they_begin(value: int, start: int, zeros: int) -> None:
    bits = BitWriter()
    bits.u(0, start)
    bits.u(value, 8)
    data = bits.trailed() + bytes(zeros)
    reader = BitReader(data, start)
    assert reader.rest() == Bits(value, 8)
    reader = BitReader(data, 0)
    reader.u(start)
    reader.u(8)
    assert reader.since(start) == Bits(value, 8)


def test_what_ends_too_soon_is_refused() -> None:
    with pytest.raises(Refused, match="too soon"):
        BitReader(b"\x00").ue()
    with pytest.raises(Refused, match="32 bits"):
        BitReader(bytes(8)).ue()
    with pytest.raises(Refused, match="stop bit"):
        BitReader(bytes(2)).rest()
    with pytest.raises(Refused, match="does not fit"):
        BitWriter().u(4, 2)

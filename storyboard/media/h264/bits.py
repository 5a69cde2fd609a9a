"""Read and write the bits of a NAL unit (clauses 7.2, 7.3.1, 7.4.1 and 9.1)."""

import re
from dataclasses import dataclass

_LONGEST_CODE = 32
_ESCAPED = re.compile(b"\x00\x00(?=[\x00-\x03])")


class Refused(ValueError):  # noqa: N818 - most of it is legal H.264, only not handled
    """A stream is damaged, or uses what this package does not handle; the message is the reason."""


@dataclass(frozen=True, slots=True)
class Bits:
    """Bits that are kept as they are: the `length` lowest ones of `value`."""

    value: int = 0
    length: int = 0


class BitReader:
    """Reads bytes without emulation prevention, bit by bit; raises `Refused` past their end."""

    def __init__(self, data: bytes, at: int = 0) -> None:
        self._data = data
        self._end = len(data) * 8
        self.at = at

    def u(self, count: int) -> int:
        """Return the next bits as a number."""
        end = self.at + count
        if end > self._end:
            raise Refused("it ends too soon")
        whole = int.from_bytes(self._data[self.at >> 3 : (end + 7) >> 3], "big")
        self.at = end
        return whole >> (-end & 7) & ((1 << count) - 1)

    def flag(self) -> bool:
        """Return the next bit."""
        return bool(self.u(1))

    def ue(self) -> int:
        """Return an unsigned Exp-Golomb number (clause 9.1)."""
        zeros = 0
        while not self.u(1):
            zeros += 1
            if zeros > _LONGEST_CODE:
                raise Refused("one of its numbers is longer than 32 bits")
        return (1 << zeros) - 1 + self.u(zeros)

    def se(self) -> int:
        """Return a signed Exp-Golomb number (clause 9.1.1)."""
        code = self.ue()
        return (code + 1) // 2 if code & 1 else -(code // 2)

    def since(self, start: int) -> Bits:
        """Return the bits from `start` up to here."""
        length = self.at - start
        whole = int.from_bytes(self._data[start >> 3 : (self.at + 7) >> 3], "big")
        return Bits(whole >> (-self.at & 7) & ((1 << length) - 1), length)

    def rest(self) -> Bits:
        """Return the bits before `rbsp_trailing_bits` (clause 7.3.2.11)."""
        start = self.at
        whole = int.from_bytes(self._data[start >> 3 :], "big") & ((1 << self._end - start) - 1)
        if not whole:
            raise Refused("it has no stop bit")
        zeros = (whole & -whole).bit_length() - 1
        self.at = self._end
        return Bits(whole >> zeros + 1, self._end - start - zeros - 1)


class BitWriter:
    """Writes numbers bit by bit."""

    def __init__(self) -> None:
        self._value = 0
        self.length = 0

    def u(self, value: int, count: int) -> None:
        """Write a number in `count` bits. Raises `Refused` if it does not fit."""
        if not 0 <= value < 1 << count:
            raise Refused(f"{value} does not fit in {count} bits")
        self._value = self._value << count | value
        self.length += count

    def flag(self, value: bool) -> None:  # noqa: FBT001 - it is what is written
        """Write one bit."""
        self.u(int(value), 1)

    def ue(self, value: int) -> None:
        """Write an unsigned Exp-Golomb number (clause 9.1)."""
        self.u(value + 1, 2 * (value + 1).bit_length() - 1)

    def se(self, value: int) -> None:
        """Write a signed Exp-Golomb number (clause 9.1.1)."""
        self.ue(2 * value - 1 if value > 0 else -2 * value)

    def bits(self, bits: Bits) -> None:
        """Write bits as they were read."""
        self.u(bits.value, bits.length)

    def trailed(self) -> bytes:
        """Return everything written, with `rbsp_trailing_bits` (clause 7.3.2.11) behind it."""
        self.u(1, 1)
        return self.padded(0)

    def padded(self, bit: int) -> bytes:
        """Return everything written, the last byte filled with one kind of bit."""
        missing = -self.length & 7
        self.u(((1 << missing) - 1) * bit, missing)
        return self._value.to_bytes(self.length // 8, "big")


def unescape(unit: bytes) -> bytes:
    """Remove the emulation prevention bytes of a NAL unit (clause 7.4.1)."""
    return unit.replace(b"\x00\x00\x03", b"\x00\x00")


def escape(plain: bytes) -> bytes:
    """Insert the emulation prevention bytes of a NAL unit (clause 7.4.1.1)."""
    unit = _ESCAPED.sub(b"\x00\x00\x03", plain)
    return unit + b"\x03" if unit.endswith(b"\x00") else unit

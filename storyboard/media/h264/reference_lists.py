"""Build the reference lists of a slice, and the commands that give a wanted list (clause 8.2.4)."""

from collections.abc import Sequence
from dataclasses import dataclass

from storyboard.media.h264.bits import Refused
from storyboard.media.h264.slice_header import Changes, SliceHeader, SliceKind


@dataclass(frozen=True, slots=True)
class Held:
    """A picture that later ones may refer to: `name` tells it from others, `order` is its POC."""

    name: int
    frame_num: int
    order: int


References = tuple[int | None, ...]
"""The names of the pictures in a list; None is an entry without a picture."""


@dataclass(frozen=True, slots=True)
class Numbering:
    """Numbers the references as the current picture sees them (8.2.4.1).

    `current` is CurrPicNum, `size` MaxPicNum: both are those of `frame_num`, as there are no
    fields.
    """

    current: int
    size: int

    def of(self, held: Held) -> int:
        """Return PicNum: `frame_num`, made smaller than the current one (8-27, 8-28)."""
        return held.frame_num - (self.size if held.frame_num > self.current else 0)


def reference_lists(
    header: SliceHeader,
    order: int,
    held: Sequence[Held],
    counts: tuple[int, int],
    size: int,
) -> tuple[References, References]:
    """Build both lists of a slice, as long as `counts` say (8.2.4).

    `order` is the current picture's POC, `size` MaxFrameNum. Raises `Refused` if a command names a
    picture that is not there.
    """
    numbering = Numbering(header.frame_num, size)
    match header.kind:
        case SliceKind.I:
            return (), ()
        case SliceKind.P:
            first = sorted(held, key=lambda one: -numbering.of(one))
            return _changed(first, header.changes[0], held, numbering, counts[0]), ()
        case SliceKind.B:
            first, second = _initial_of_b(order, held)
            return (
                _changed(first, header.changes[0], held, numbering, counts[0]),
                _changed(second, header.changes[1], held, numbering, counts[1]),
            )


def _initial_of_b(order: int, held: Sequence[Held]) -> tuple[list[Held], list[Held]]:
    """Order the references around a B slice (8.2.4.2.3)."""
    before = sorted((one for one in held if one.order < order), key=lambda one: -one.order)
    after = sorted((one for one in held if one.order > order), key=lambda one: one.order)
    first, second = before + after, after + before
    if len(second) > 1 and first == second:
        second = [second[1], second[0], *second[2:]]
    return first, second


def _changed(
    initial: Sequence[Held],
    changes: Changes,
    held: Sequence[Held],
    numbering: Numbering,
    count: int,
) -> References:
    """Apply the commands of a slice to its initial list (8.2.4.3.1)."""
    entries: list[Held | None] = [*initial[:count], *([None] * (count - len(initial)))]
    by_number = {numbering.of(one): one for one in held}
    predicted = numbering.current
    for at, (what, difference) in enumerate(changes or ()):
        step = difference + 1
        if step > numbering.size or at >= count:
            raise Refused("a slice has commands that it may not have")
        predicted = (predicted + (step if what else -step)) % numbering.size
        number = predicted - (numbering.size if predicted > numbering.current else 0)
        if number not in by_number:
            raise Refused("a slice refers to a picture that is not there")
        named = by_number[number]
        later = [one for one in entries[at:] if one != named]
        entries = [*entries[:at], named, *later][:count]
        entries += [None] * (count - len(entries))
    return tuple(one.name if one else None for one in entries)


def changes_for(wanted: Sequence[int], held: Sequence[Held], numbering: Numbering) -> Changes:
    """Return the commands that make a list what is wanted, whatever it is initially.

    A picture named twice in a row is a whole turn back: differences of 0 cannot be written.
    Raises `Refused` if a wanted picture is not held.
    """
    numbers = {one.name: numbering.of(one) for one in held}
    predicted = numbering.current
    commands: list[tuple[int, int]] = []
    for name in wanted:
        if name not in numbers:
            raise Refused("a picture refers to one that is not there")
        back = (predicted - numbers[name]) % numbering.size or numbering.size
        ahead = numbering.size - back
        commands.append((1, ahead - 1) if 0 < ahead < back else (0, back - 1))
        predicted = numbers[name]
    return tuple(commands)

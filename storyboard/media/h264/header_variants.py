"""Write a slice's header in every way that gives the same lists.

Slices without CABAC may hold raw samples, which are aligned to bytes: their headers may only become
longer or shorter by whole bytes. The same lists can be said in several ways of different lengths.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice, product

from storyboard.media.h264.bits import Refused
from storyboard.media.h264.reference_lists import (
    Held,
    Numbering,
    References,
    changes_for,
    reference_lists,
)
from storyboard.media.h264.slice_header import Changes, SliceHeader, SliceKind

_KINDS = 5
_TURNED = 4
"""Of so many commands of a list, both directions are tried."""


def variants(
    header: SliceHeader,
    order: int,
    wanted: tuple[References, References],
    held: Sequence[Held],
    size: int,
) -> Iterator[SliceHeader]:
    """Yield headers that give the wanted lists, the one most like `header` first.

    `order` is the picture's order count, `size` MaxFrameNum. Raises `Refused` if no commands give
    them.
    """
    if _lists(header, order, wanted, held, size) == wanted:
        yield header
    lists = [_commands(header, order, wanted, held, size, which) for which in range(2)]
    kinds = dict.fromkeys((header.number, header.number % _KINDS))
    counts = dict.fromkeys((header.counts, _counts(header, wanted)))
    for number, count, first, second in product(kinds, counts, *lists):
        yield replace(header, number=number, counts=count, changes=(first, second))


def _lists(
    header: SliceHeader,
    order: int,
    wanted: tuple[References, References],
    held: Sequence[Held],
    size: int,
) -> tuple[References, References] | None:
    """Return the lists that a header gives, None if it names pictures that are not held."""
    try:
        return reference_lists(header, order, held, (len(wanted[0]), len(wanted[1])), size)
    except Refused:
        return None


def _counts(header: SliceHeader, wanted: tuple[References, References]) -> tuple[int, int] | None:
    """Return the lengths of the lists to be said, whether or not they need to be."""
    if header.kind is SliceKind.I:
        return None
    return len(wanted[0]), len(wanted[1]) or 1


def _commands(  # noqa: PLR0913, PLR0917 - what a list is made of
    header: SliceHeader,
    order: int,
    wanted: tuple[References, References],
    held: Sequence[Held],
    size: int,
    which: int,
) -> list[Changes]:
    """Return commands that give one list: its own, none, a part of all, all, each way around."""
    names = [one for one in wanted[which] if one is not None]
    whole = changes_for(names, held, Numbering(header.frame_num, size)) or ()
    parts = [whole[:n] for n in range(1, len(whole))]
    tried: list[Changes] = [header.changes[which], None, whole, *parts]
    tried += islice(_turned(whole, size), 1 << _TURNED)
    found: list[Changes] = []
    for one in dict.fromkeys(tried):
        tried_so = replace(header, changes=(one, None) if which == 0 else (None, one))
        made = _lists(tried_so, order, wanted, held, size)
        if made is not None and made[which] == wanted[which]:
            found.append(one)
    return found


def _turned(commands: tuple[tuple[int, int], ...], size: int) -> Iterator[Changes]:
    """Say some commands the other way around: so many back is so many fewer than all ahead."""
    ways = [
        ((what, by), (1 - what, size - by - 2)) if by + 1 < size else ((what, by),)
        for what, by in commands[:_TURNED]
    ]
    for chosen in product(*ways):
        yield (*chosen, *commands[_TURNED:])

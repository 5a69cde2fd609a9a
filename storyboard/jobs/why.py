"""A division of a scene into jobs, to the reason in words why each job begins where it does."""

from collections.abc import Iterator, Sequence

from storyboard.jobs.losses import NO_LOSSES, Losses
from storyboard.jobs.offers import Offers
from storyboard.jobs.refusal import Refusal
from storyboard.jobs.request import Request
from storyboard.model import Pack, Usd, dollars, total


def reasons(offers: Offers, parts: Sequence[tuple[int, int]], paid: Sequence[Usd]) -> Iterator[str]:
    """Yield a reason for each job, given as its positions; `paid` is what a first take costs yet.

    Between two jobs are picked shots, or nothing.
    """
    behind = 0
    for index, (start, end) in enumerate(parts):
        if start == 0:
            yield "the scene begins"
        elif start > behind:
            yield f"shot `{offers.task.shots[start - 1].name}` before it is picked"
        else:
            before, _ = parts[index - 1]
            yield _boundary(offers, before, start, end, total(paid[index - 1 : index + 1]))
        behind = end


def _boundary(offers: Offers, before: int, start: int, end: int, apart: Usd) -> str:
    """Tell why `before` to `start` and `start` to `end` are two jobs; `apart` is their price."""
    for position, what in offers.task.breaks:
        if position == start:
            return f"{what} stands between"
    first = offers.get(before, start + 1)
    if isinstance(first, Refusal):
        return first.brief
    both = offers.get(before, end)
    if isinstance(both, Refusal):
        return both.brief
    if offers.task.pack is Pack.SCENE and apart and offers.lossy:
        whole, halves = offers.losses(before, end, both), _lost_apart(offers, before, start, end)
        if whole > halves:
            return f"keeps the look; together: {whole.beyond(halves)}"
    shared = max(offers.shares.get(part, 1) for part in ((before, start), (start, end)))
    if shared > offers.shares.get((before, end), 1):
        return f"cut here, one side is rendered once for {shared} versions of the scene"
    return _choice(offers.task.pack, both, apart)


def _lost_apart(offers: Offers, before: int, start: int, end: int) -> Losses:
    """Add up what the shots lose in two jobs."""
    asked = [(part, offers.get(*part)) for part in ((before, start), (start, end))]
    each = (offers.losses(*part, one) for part, one in asked if isinstance(one, Request))
    return Losses(*map(sum, zip(NO_LOSSES, *each, strict=True)))


def _choice(pack: Pack, both: Request, apart: Usd) -> str:
    if pack is Pack.SHOT:
        return "one shot a job (pack: shot)"
    if apart < both.cost:
        # Not their difference as well: rounded, the three would not add up.
        return f"cheaper apart: {dollars(apart)}, together {dollars(both.cost)}"
    # One job would cost no more and be one fewer: only what is rendered can forbid that.
    return "keeps what is rendered already"

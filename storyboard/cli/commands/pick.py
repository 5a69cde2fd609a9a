"""`storyboard pick`: which take of a shot the film shows, written into the lock."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import click

from storyboard.cli import show
from storyboard.cli.deciding import Deciding, deciding, names_of, tell
from storyboard.cli.exits import Exit, Leave, Stop
from storyboard.cli.terminal import choose, say
from storyboard.lock import is_named, without
from storyboard.model import dollars, exact
from storyboard.session import (
    Consequences,
    Decider,
    Desk,
    Edit,
    OfferedShot,
    consequences,
    for_each,
    for_one,
    for_others,
    in_turn,
    may_have_any,
    open_desk,
    shared_again,
    shots_named,
    take_named,
)

NONE = "none"
_KEEP, _RENDER = "keep", "render"


@dataclass(frozen=True, slots=True)
class Wish:
    """What the command line asks for: shots with their takes, or shots to be kept, or all."""

    words: Deciding
    pairs: tuple[tuple[str, str], ...]
    kept: tuple[str, ...]
    is_all: bool
    later: str

    @property
    def shots(self) -> tuple[str, ...]:
        """The shots that are named."""
        return (*(shot for shot, _ in self.pairs), *self.kept)


@click.command("pick")
@deciding
@click.argument("named", nargs=-1, metavar="SHOT TAKE...")
@click.option("--keep", is_flag=True, help="Keep the picks of SHOT... for what these ask for now.")
@click.option(
    "--all", "is_all", is_flag=True, help="Pick what is shown wherever nothing is picked."
)
@click.option(
    "--keep-later",
    "later",
    flag_value=_KEEP,
    help="Pick the present clips of later shots that would begin with another frame.",
)
@click.option(
    "--render-later", "later", flag_value=_RENDER, help="Leave such shots to be rendered again."
)
@click.option("--ask-later", "later", flag_value="", default="", hidden=True)
def command(
    words: Deciding,
    named: tuple[str, ...],
    keep: bool,  # noqa: FBT001 -- click hands over a flag
    is_all: bool,  # noqa: FBT001 -- as above
    later: str,
) -> int:
    """Pick which take of a SHOT the film shows; `none` picks nothing.

    TAKE is the number that `storyboard takes FILE` shows, or the first digits of the clip's
    SHA-256. What films of a campaign share is picked for all of them. Needs no network.
    """
    ask = words.ask
    wish = _wish(words, named, later, keep=keep, is_all=is_all)
    desk = open_desk(ask, words.choice, names_of(wish.shots))
    who = words.who
    edit, decided = _edit(wish, desk, who)
    found = _consequences(desk, edit, decided)
    kept = bool(found) and _kept(found, wish)
    if kept:
        place = for_each if words.film is None else for_one
        edit = in_turn((edit, place(who.pick_shown(found.later))))
    again = () if kept else found.jobs
    jobs = [{"id": one.job.id, "cost": {"usd": exact(one.job.cost)}} for one in again]
    tell(desk.write(edit), desk, words, () if kept else _to_render(found), {"to_render": jobs})
    return Exit.OK


def _wish(words: Deciding, named: Sequence[str], later: str, *, keep: bool, is_all: bool) -> Wish:
    blank = Wish(words, (), (), is_all, later)
    if is_all:
        if named or keep:
            raise Stop(Exit.USAGE, "--all picks for every shot; leave out SHOT and --keep")
        return blank
    if not named:
        raise Stop(Exit.USAGE, "name a shot and a take", "storyboard takes FILE shows them")
    if keep:
        return replace(blank, kept=tuple(named))
    if len(named) % 2:
        raise Stop(
            Exit.USAGE,
            f"shot `{named[-1]}` has no take beside it",
            "storyboard pick FILE SHOT TAKE; --keep keeps a stale pick",
        )
    return replace(blank, pairs=tuple(zip(named[::2], named[1::2], strict=True)))


def _edit(wish: Wish, desk: Desk, who: Decider) -> tuple[Edit, tuple[OfferedShot, ...]]:
    """Return what is to be changed, and the shots that are decided for."""
    film = wish.words.film
    every, others = (for_each, for_others) if film is None else (for_one, for_one)
    if wish.is_all:
        shown = tuple(one for one in desk.shots if film in {None, one.asked.film})
        return every(who.pick_shown(shown)), shown
    edits: list[Edit] = []
    decided: list[OfferedShot] = []
    for name, take in wish.pairs:
        if take == NONE and _is_gone(name, desk):
            edits.append(_removing(name))
            continue
        shots = _models(shots_named(desk.shots, name, film))
        decided += shots
        if take != NONE:
            edits.append(others(who.pick(shots, take_named(take, shots))))
        elif film is None:
            edits.append(others(who.withdraw(shots)))
        else:
            edits.append(shared_again(shots))
    for name in wish.kept:
        shots = _models(shots_named(desk.shots, name, film))
        decided += shots
        edits.append(every(who.keep(shots)))
    return in_turn(edits), tuple(decided)


def _is_gone(name: str, desk: Desk) -> bool:
    """Tell whether an entry is in the lock alone: its shot is gone, or the ratio that it is of."""
    if any(name in {one.name, one.asked.name} for one in desk.shots):
        return False
    return any(is_named(one, name) for one in desk.compiled.lock.shots)


def _removing(name: str) -> Edit:
    """Remove what was decided for a shot that is gone and not coming back."""
    return lambda lock: without(lock, name)


def _models(shots: Sequence[OfferedShot]) -> Sequence[OfferedShot]:
    """Make sure that a model renders a shot: pictures and clips of one's own have one take."""
    if all(one.asked.asks is None for one in shots):
        raise Stop(
            Exit.USAGE,
            f"shot `{shots[0].name}` shows a file of yours, of which there are no takes",
            "change the file in the storyboard",
        )
    return [one for one in shots if one.asked.asks is not None]


def _consequences(desk: Desk, edit: Edit, decided: Sequence[OfferedShot]) -> Consequences:
    if not may_have_any(desk.compiled.every, decided):
        return Consequences()
    names = {one.name for one in decided}
    return consequences(desk.shots, desk.tried(edit), names)


def _kept(found: Consequences, wish: Wish) -> bool:
    """Tell whether later shots keep their clips, as the options say, or whoever is there."""
    if wish.later:
        return wish.later == _KEEP
    for line in _lines(found):
        say(line, err=True)
    if not show.interactive():
        raise Stop(
            Exit.DECLINED,
            "this pick changes what later shots begin with; nothing was changed",
            "--keep-later keeps their present clips and accepts the seam; --render-later has them "
            f"rendered again for {dollars(found.cost)}",
        )
    answer = choose("Keep these clips and accept the seam, or render again?", (_KEEP, _RENDER))
    if answer is None:
        raise Leave(Exit.DECLINED, "nothing was changed")
    return answer == _KEEP


def _lines(found: Consequences) -> Iterator[str]:
    names = ", ".join(dict.fromkeys(one.name for one in found.later))
    yield f"begins with another frame, or goes on from what does: {names}"
    for one in found.jobs:
        yield f"  {one.job.id} would be rendered again for {dollars(one.job.cost)}"


def _to_render(found: Consequences) -> Iterator[str]:
    if found:
        names = ", ".join(dict.fromkeys(one.name for one in found.later))
        yield f"to render again: {names}, {dollars(found.cost)}; storyboard render FILE"

"""Show which locks name clips that are to be forgotten, and refuse to forget them."""

from collections.abc import Iterator, Sequence

from storyboard.cli import show
from storyboard.cli.exits import Exit, Stop
from storyboard.cli.terminal import say
from storyboard.git import short_name
from storyboard.jobs import take_name
from storyboard.model import ClipDigest
from storyboard.session import NamingLock, NamingLocks
from storyboard.store import Forgettable
from storyboard.store.life import order_of

_MOST_PLACES = 3
_MOST_UNSEEN = 8
_EVEN = "--even-if-locked forgets it all the same"
_NO_BRANCHES = "not in a git repository: only locks on this disk were looked at"


def may_be_forgotten(
    found: NamingLocks, chosen: Sequence[Forgettable], *, err: bool, even_if_locked: bool
) -> None:
    """Show the locks that name clips of chosen results, and what could not be looked at.

    Refused is also what nobody could look for: a clip that is forgotten is paid for again.

    Raises:
        Stop: a lock names one, or may do so, and they are not to be forgotten all the same.
    """
    for line in _lines(found, chosen):
        say(line, err=err)
    if even_if_locked:
        return
    if named := sum(bool(one.clips & found.clips) for one in chosen):
        raise Stop(
            Exit.DECLINED,
            f"{_count(named, len(chosen))} named by a lock; nothing was removed",
            f"leave it out, or pick another take there; {_EVEN}",
            beside=to_json(found, chosen),
        )
    if found.unseen:
        raise Stop(
            Exit.DECLINED,
            "not every lock that may name these clips could be looked at; nothing was removed",
            f"see to it that it can; {_EVEN}, and a film that needs it pays for it again",
            beside=to_json(found, chosen),
        )


def to_json(found: NamingLocks, chosen: Sequence[Forgettable]) -> dict[str, object]:
    """Write the locks for programs: each with the clips that it names, by result."""
    return {
        "locked": [
            {
                "job": order_of(one.life).id,
                "digest": order_of(one.life).job,
                "take": order_of(one.life).take,
                "clip": clip,
                "lock": lock.path,
                "refs": list(lock.refs),
                "folder": str(lock.folder) if lock.folder is not None else None,
            }
            for one, clip, lock in _naming(found, chosen)
        ],
        "not_looked_at": list(found.unseen),
        "branches": found.in_repository,
    }


def _count(some: int, every: int) -> str:
    if some == every:
        return f"{show.plural(every, 'result')} {'is' if every == 1 else 'are'}"
    return f"{some} of {show.plural(every, 'result')} {'is' if some == 1 else 'are'}"


def _naming(
    found: NamingLocks, chosen: Sequence[Forgettable]
) -> Iterator[tuple[Forgettable, ClipDigest, NamingLock]]:
    for one in chosen:
        for clip in sorted(one.clips):
            for lock in found.locks:
                if clip in lock.clips:
                    yield one, clip, lock


def _lines(found: NamingLocks, chosen: Sequence[Forgettable]) -> Iterator[str]:
    places: dict[tuple[str, str, str], list[str]] = {}
    for one, clip, lock in _naming(found, chosen):
        name = take_name(order_of(one.life).id, order_of(one.life).take)
        row = places.setdefault((name, clip[:12], lock.path), [])
        row += [one for one in _places(found, lock) if one not in row]
    if places:
        rows = [("job", "clip", "lock", "on")]
        rows += [(*key, _some(on)) for key, on in places.items()]
        yield from show.table(rows)
    yield from (f"not looked at: {one}" for one in found.unseen[:_MOST_UNSEEN])
    if (more := len(found.unseen) - _MOST_UNSEEN) > 0:
        yield f"not looked at: {more} more; --json has all"
    if chosen and not found.in_repository:
        yield f"note: {_NO_BRANCHES}"


def _places(found: NamingLocks, lock: NamingLock) -> Iterator[str]:
    yield from (short_name(one) for one in lock.refs)
    if lock.folder is not None:
        yield "this folder" if lock.folder == found.project else str(lock.folder)


def _some(places: Sequence[str]) -> str:
    more = len(places) - _MOST_PLACES
    listed = ", ".join(places[:_MOST_PLACES] if more > 1 else places)
    return f"{listed} and {more} more" if more > 1 else listed

"""`storyboard store`: the kept clips, to a list, a check, or room on the disk."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from storyboard.cli import show
from storyboard.cli.backend_option import backend_option, flag, unpaid
from storyboard.cli.exits import Exit, Leave, Stop
from storyboard.cli.form_option import form_option
from storyboard.cli.locked_clips import may_be_forgotten, to_json
from storyboard.cli.project import project_argument, project_at
from storyboard.cli.terminal import agree, say, write_json
from storyboard.jobs import take_name
from storyboard.model import dollars, exact, total
from storyboard.session import BackendChoice, NamingLocks, naming_locks
from storyboard.source import IS_POINTER, PULL
from storyboard.store import (
    Cleaned,
    Damaged,
    Finding,
    Forgettable,
    Held,
    Layout,
    Missing,
    Store,
    Stray,
    clean,
    forget,
    forgettable,
    holding,
    key_of,
    reading,
    verify,
)
from storyboard.store.life import order_of


@click.group("store")
def command() -> None:
    """List, check or clean the clips that were paid for."""


@command.command("ls")
@project_argument
@backend_option()
@form_option()
def ls(where: Path, choice: BackendChoice, form: str) -> int:
    """List every kept clip: its job, what it cost, and where it is."""
    held, _ = _held(where, choice)
    if form == "json":
        clips = [_json(one) for one in held]
        write_json({"version": 1, "backend": choice.backend.value, "clips": clips})
        return Exit.OK
    table = [("job", "day", "USD", "MB", "request", "clip")]
    table += [
        (
            take_name(one.name, one.take),
            one.at.date().isoformat(),
            exact(one.cost),
            f"{one.size / 1e6:.1f}" if one.path else "",
            one.request or "",
            one.digest[:12] if one.path else f"voice {one.digest}",
        )
        for one in held
    ]
    for line in show.table(table, right=("USD", "MB")):
        say(line)
    cost = dollars(total(one.cost for one in held))
    say(f"{show.plural(len(held), 'result')}, {cost}{unpaid(choice)}")
    return Exit.OK


@command.command("verify")
@project_argument
@backend_option()
@form_option()
def check(where: Path, choice: BackendChoice, form: str) -> int:
    """Hash every kept clip again, and tell what is missing, damaged or unknown."""
    held, layout = _held(where, choice)
    found = tuple(verify(layout, held))
    if form == "json":
        findings = [_finding_json(one) for one in found]
        write_json({"version": 1, "checked": len(held), "findings": findings})
    else:
        for one in found:
            say(_words(one))
        say(f"{show.plural(len(held), 'result')} checked, {len(found)} not as they should be")
    bad = any(isinstance(one, Missing | Damaged) for one in found)
    return Exit.ENVIRONMENT if bad else Exit.OK


@dataclass(frozen=True, slots=True)
class Wish:
    """What the command line asks to be removed."""

    where: Path
    names: tuple[str, ...]
    even_if_locked: bool
    yes: bool
    choice: BackendChoice
    form: str


@command.command("gc")
@project_argument
@click.option("--forget", "names", multiple=True, metavar="JOB", help="Forget a paid result.")
@click.option("--even-if-locked", is_flag=True, help="Forget it although a lock names its clip.")
@click.option("--yes", is_flag=True, help="Do not ask before a paid result is forgotten.")
@backend_option()
@form_option()
def gc(**options: Any) -> int:  # noqa: ANN401 -- click hands over what is declared above
    """Remove what can be made again for nothing.

    A clip that was paid for goes only with --forget and its job's name or digest, and not if a
    lock names it: here, in another work tree, or on any branch, tag or stash that this clone has.
    """
    wish = Wish(**options)
    project = project_at(wish.where)
    # Opening a store would make one where there is none, and every project below would use it.
    there = (project / wish.choice.folder).exists()
    if wish.names and not there:
        raise _not_kept(wish.names[0], wish.choice)
    removed, locks = _removed(project, wish) if there else ((), {})
    files, size = sum(one.files for one in removed), sum(one.size for one in removed)
    left = [path for one in removed for path in one.left]
    if wish.form == "json":
        left_names = [str(path) for path in left]
        removed_json = {"files": files, "bytes": size}
        write_json({"version": 1, "removed": removed_json, "left": left_names, **locks})
    else:
        for path in left:
            say(f"left alone: {path}, which storyboard did not make", err=True)
        say(f"{show.plural(files, 'file')} removed, {size / 1e6:.1f} MB")
    return Exit.OK


def _removed(project: Path, wish: Wish) -> tuple[Sequence[Cleaned], Mapping[str, object]]:
    """Forget and clean; return what was removed, and for programs which locks name it."""
    with Store.open(project, folder=wish.choice.folder) as store:
        _alone(store)
        found = (one for name in wish.names for one in _chosen(store, name, wish.choice))
        # A take may be named twice, and by its job's digest as well.
        chosen = tuple({key_of(order_of(one.life)): one for one in found}.values())
        locks = _forgotten(store, chosen, wish) if chosen else None
        removed = (*(forget(store, one) for one in chosen), clean(store))
        return removed, to_json(locks, chosen) if locks else {}


def _forgotten(store: Store, chosen: Sequence[Forgettable], wish: Wish) -> NamingLocks:
    """Get a yes to forget results, after every lock was looked at; return those that name them."""
    found = _locks(store, chosen, wish.choice)
    err = wish.form == "json"
    may_be_forgotten(found, chosen, err=err, even_if_locked=wish.even_if_locked)
    _agreed(chosen, wish)
    _alone(store)  # somebody may have thought about it for an hour
    if not wish.yes and _locks(store, chosen, wish.choice) != found:
        raise Stop(
            Exit.DECLINED,
            "a lock has changed since it was looked at; nothing was removed",
            "run it again",
        )
    return found


def _locks(store: Store, chosen: Sequence[Forgettable], choice: BackendChoice) -> NamingLocks:
    clips = frozenset(clip for one in chosen for clip in one.clips)
    if not clips or choice.locked is None:
        return NamingLocks(store.project, (), (), in_repository=True)
    return naming_locks(store.project, clips, choice.locked)


def _alone(store: Store) -> None:
    if store.others():
        raise Stop(Exit.ENVIRONMENT, "another run is using this store", "wait until it has ended")


def _chosen(store: Store, name: str, choice: BackendChoice) -> Sequence[Forgettable]:
    found = forgettable(store, name)
    if not found:
        raise _not_kept(name, choice)
    return found


def _not_kept(name: str, choice: BackendChoice) -> Stop:
    advice = f"storyboard store ls{flag(choice)} names them"
    return Stop(Exit.USAGE, f"no result is kept for '{name}'", advice)


def _agreed(chosen: Sequence[Forgettable], wish: Wish) -> None:
    cost = dollars(total(one.cost for one in chosen))
    what = show.plural(len(chosen), "result")
    said = f"{what} that cost {cost} will be gone{unpaid(wish.choice)}"
    if wish.yes:
        say(said, err=True)
    elif not show.interactive() or not agree(f"{said}. Go on?"):
        raise Leave(Exit.DECLINED, f"nothing was removed: {said} only with a yes, or --yes")


def _held(where: Path, choice: BackendChoice) -> tuple[tuple[Held, ...], Layout]:
    layout = Layout(project_at(where) / choice.folder)
    with reading(layout) as journal:
        return (holding(layout, journal.attempts()) if journal else ()), layout


def _json(one: Held) -> dict[str, object]:
    return {
        "job": one.name,
        "digest": one.job,
        "take": one.take,
        "at": one.at.isoformat(),
        "cost": {"usd": exact(one.cost)},
        "request_id": one.request,
        "path": str(one.path) if one.path else None,
        "clip": one.digest,
        "bytes": one.size,
        "as_asked": one.wanted,
    }


def _finding_json(one: Finding) -> dict[str, object]:
    match one:
        case Missing(held) | Damaged(held, _):
            return {"finding": type(one).__name__.lower(), "job": held.name, "path": str(held.path)}
        case Stray(path):
            return {"finding": "stray", "job": None, "path": str(path)}


def _words(one: Finding) -> str:
    match one:
        case Missing(held):
            return (
                f"missing: {held.path}, the clip of {take_name(held.name, held.take)}\n"
                "  help: render again: it is fetched again, not paid again"
            )
        case Damaged(held, is_pointer=True):
            name = take_name(held.name, held.take)
            return f"damaged: {held.path}, the clip of {name}, {IS_POINTER}\n  help: {PULL}"
        case Damaged(held):
            return (
                f"damaged: {held.path}, the clip of {take_name(held.name, held.take)}\n"
                "  help: move the file away and render again: it is fetched again, not paid again"
            )
        case Stray(path):
            return (
                f"unknown: {path}\n"
                "  help: the journal does not know this file; look at it before you remove it"
            )

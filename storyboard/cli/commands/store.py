"""`storyboard store`: the kept clips, to a list, a check, or room on the disk."""

from collections.abc import Sequence
from pathlib import Path

import click

from storyboard.cli import show
from storyboard.cli.exits import Exit, Leave, Stop
from storyboard.cli.form_option import form_option
from storyboard.cli.project import project_argument, project_at
from storyboard.cli.terminal import agree, say, write_json
from storyboard.jobs import take_name
from storyboard.model import dollars, exact, total
from storyboard.source import IS_POINTER, PULL
from storyboard.store import (
    STORE,
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
@form_option()
def ls(where: Path, form: str) -> int:
    """List every kept clip: its job, what it cost, and where it is."""
    held, _ = _held(where)
    if form == "json":
        write_json({"version": 1, "clips": [_json(one) for one in held]})
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
    say(f"{show.plural(len(held), 'result')}, {cost}")
    return Exit.OK


@command.command("verify")
@project_argument
@form_option()
def check(where: Path, form: str) -> int:
    """Hash every kept clip again, and tell what is missing, damaged or unknown."""
    held, layout = _held(where)
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


@command.command("gc")
@project_argument
@click.option("--forget", "names", multiple=True, metavar="JOB", help="Let go of a paid result.")
@click.option("--yes", is_flag=True, help="Do not ask before a paid result is let go.")
@form_option()
def gc(where: Path, names: tuple[str, ...], yes: bool, form: str) -> int:  # noqa: FBT001 -- a flag
    """Remove what can be made again for nothing.

    A clip that was paid for goes only with --forget and its job's name or digest.
    """
    project = project_at(where)
    # Opening a store would make one where there is none, and every project below would use it.
    there = (project / STORE).exists()
    if names and not there:
        raise _not_kept(names[0])
    removed = _removed(project, names, yes) if there else ()
    files, size = sum(one.files for one in removed), sum(one.size for one in removed)
    left = [path for one in removed for path in one.left]
    if form == "json":
        left_names = [str(path) for path in left]
        removed_json = {"files": files, "bytes": size}
        write_json({"version": 1, "removed": removed_json, "left": left_names})
    else:
        for path in left:
            say(f"left alone: {path}, which storyboard did not make", err=True)
        say(f"{show.plural(files, 'file')} removed, {size / 1e6:.1f} MB")
    return Exit.OK


def _removed(project: Path, names: Sequence[str], yes: bool) -> Sequence[Cleaned]:  # noqa: FBT001 -- a flag
    with Store.open(project) as store:
        _alone(store)
        found = (one for name in names for one in _chosen(store, name))
        # A take may be named twice, and by its job's digest as well.
        chosen = tuple({key_of(order_of(one.life)): one for one in found}.values())
        _agreed(chosen, yes)
        _alone(store)  # somebody may have thought about it for an hour
        return (*(forget(store, one) for one in chosen), clean(store))


def _alone(store: Store) -> None:
    if store.others():
        raise Stop(Exit.ENVIRONMENT, "another run is using this store", "wait until it has ended")


def _chosen(store: Store, name: str) -> Sequence[Forgettable]:
    found = forgettable(store, name)
    if not found:
        raise _not_kept(name)
    return found


def _not_kept(name: str) -> Stop:
    return Stop(Exit.USAGE, f"no result is kept for '{name}'", "storyboard store ls names them")


def _agreed(chosen: Sequence[Forgettable], yes: bool) -> None:  # noqa: FBT001 -- a flag
    if not chosen:
        return
    cost = dollars(total(one.cost for one in chosen))
    said = f"{show.plural(len(chosen), 'result')} that cost {cost} will be gone"
    if yes:
        say(said, err=True)
    elif not show.interactive() or not agree(f"{said}. Go on?"):
        raise Leave(Exit.DECLINED, f"nothing was removed: {said} only with a yes, or --yes")


def _held(where: Path) -> tuple[tuple[Held, ...], Layout]:
    layout = Layout(project_at(where) / STORE)
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

"""`storyboard catalogue`: lists the editions, and moves a project to another one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click

from storyboard.catalogue import EditionId, Editions, packaged
from storyboard.cli import show
from storyboard.cli.compiling import Asked, ask_of, asking, good
from storyboard.cli.exits import Exit, Leave, Stop
from storyboard.cli.form_option import form_option
from storyboard.cli.terminal import agree, say, write_json
from storyboard.diagnostics import suggest
from storyboard.model import Usd, dollars, exact, figures, total
from storyboard.plan import Plan, PlannedJob
from storyboard.project import PROJECT, pinned
from storyboard.session import compiled
from storyboard.writing import atomic_write, refusal


@click.group("catalogue")
def command() -> None:
    """List the editions of the catalogue, or move a project to another edition."""


@command.command("list")
@form_option()
def listing(form: str) -> None:
    """List the editions, with what is new and what is gone in each."""
    shelf = packaged()
    changes = {edition: _of_edition(shelf, edition) for edition in shelf.ids}
    if form == "json":
        every = [{"edition": edition, **change} for edition, change in changes.items()]
        write_json({"version": 1, "editions": every})
        return
    rows = [
        (edition, *(str(len(change[key])) for key in _COLUMNS))
        for edition, change in changes.items()
    ]
    for line in show.table([("edition", *_COLUMNS), *rows]):
        say(line)


_COLUMNS = ("endpoints", "new", "changed", "gone")


def _of_edition(shelf: Editions, edition: EditionId) -> dict[str, list[str]]:
    """Name the endpoints of an edition, and what is otherwise in it than in the one before."""
    new = {one.endpoint.id for one in shelf.entries if one.since == edition}
    gone = {one.endpoint.id for one in shelf.entries if one.until == edition}
    return {
        "endpoints": [one.id for one in shelf.at(edition).endpoints],
        "new": sorted(new - gone),
        "changed": sorted(new & gone),
        "gone": sorted(gone - new),
    }


@command.command("update")
@asking
@click.option("--to", "edition", help="The edition to move to; the newest by default.")
@click.option("--yes", is_flag=True, help="Pin the edition without asking.")
@form_option("Print JSON, for programs; pins nothing.")
def update(asked: Asked, edition: str | None, form: str, *, yes: bool) -> None:
    """Show what another edition changes for a storyboard, then pin it in the project.

    What is rendered stays as it is and is not paid again, whichever edition is pinned.
    """
    target = _edition(edition)
    ask = ask_of(asked)
    now = compiled(ask)
    before, after = good(now, form), good(compiled(replace(ask, edition=target)), form)
    change = _compared(before, after)
    if form == "json":
        write_json(_json(now.edition, target, change))
        return
    _print(now.edition, target, change)
    if now.settings.catalogue == target:
        say(f"{PROJECT} pins {target} already")
        return
    _agreed(target, yes=yes)
    _pin(now.project / PROJECT, target)
    say(f"{PROJECT} pins {target}")


@dataclass(frozen=True, slots=True)
class Change:
    """Jobs that are asked for otherwise: before and after; and what is to pay before and after."""

    before: tuple[PlannedJob, ...]
    after: tuple[PlannedJob, ...]
    to_pay: Usd
    to_pay_then: Usd


def _compared(now: Plan, then: Plan) -> Change:
    before, after = now.jobs, then.jobs
    digests = {one.job.digest: one.cost for one in before}
    others = {one.job.digest: one.cost for one in after}
    return Change(
        tuple(one for one in before if others.get(one.job.digest) != one.cost),
        tuple(one for one in after if digests.get(one.job.digest) != one.cost),
        total(one.to_pay for one in before),
        total(one.to_pay for one in after),
    )


def _print(now: EditionId, then: EditionId, change: Change) -> None:
    if not change.before and not change.after:
        say(f"{now} to {then}: no job changes")
    else:
        head = ("edition", "job", "endpoint", "state", "USD")
        rows = [(now, one) for one in change.before] + [(then, one) for one in change.after]
        prices = figures(one.cost for _, one in rows)
        lines = [
            (edition, one.job.id, one.job.endpoint, one.state.value.replace("-", " "), price)
            for (edition, one), price in zip(rows, prices, strict=True)
        ]
        for line in show.table([head, *lines], right=("USD",)):
            say(line)
    say(f"to pay: {dollars(change.to_pay)} with {now}, {dollars(change.to_pay_then)} with {then}")


def _json(now: EditionId, then: EditionId, change: Change) -> dict[str, object]:
    def jobs(some: Sequence[PlannedJob]) -> list[dict[str, object]]:
        return [
            {
                "id": one.job.id,
                "digest": one.job.digest,
                "endpoint": one.job.endpoint,
                "state": one.state.value,
                "cost": {"usd": exact(one.cost)},
            }
            for one in some
        ]

    return {
        "version": 1,
        "from": {
            "edition": now,
            "jobs": jobs(change.before),
            "to_pay": {"usd": exact(change.to_pay)},
        },
        "to": {
            "edition": then,
            "jobs": jobs(change.after),
            "to_pay": {"usd": exact(change.to_pay_then)},
        },
    }


def _edition(text: str | None) -> EditionId:
    ids = packaged().ids
    if text is None:
        return ids[-1]
    if text not in ids:
        hint = suggest(text, ids, "editions") or ""
        raise Stop(Exit.USAGE, f"there is no catalogue edition {text}", hint)
    return EditionId(text)


def _agreed(edition: EditionId, *, yes: bool) -> None:
    if yes:
        return
    if not show.interactive():
        raise Stop(Exit.DECLINED, "there is no terminal to ask on", "pass --yes to pin the edition")
    if not agree(f"Pin {edition} in {PROJECT}?"):
        raise Leave(Exit.DECLINED, "nothing was changed")


def _pin(path: Path, edition: EditionId) -> None:
    try:
        text = path.read_text("utf-8") if path.exists() else ""
        with atomic_write(path) as temporary:
            temporary.write_text(pinned(text, edition), "utf-8")
    except OSError as error:
        why, advice = refusal(error, path)
        raise Stop(Exit.ENVIRONMENT, why, advice) from error

"""`storyboard cancel`: requests in flight to cancelled ones, as far as fal lets go of them."""

import asyncio
import os
from collections.abc import Sequence
from pathlib import Path

import click

from storyboard.catalogue import load
from storyboard.cli import show
from storyboard.cli.backend_option import backend_option, flag
from storyboard.cli.exits import Exit, Leave, Stop
from storyboard.cli.form_option import form_option
from storyboard.cli.progress import Shown
from storyboard.cli.project import project_argument, project_at
from storyboard.cli.terminal import agree, say, write_json
from storyboard.jobs import take_name
from storyboard.model import dollars, exact, figures, total
from storyboard.provider import Charge
from storyboard.render import Cancelling, Clock, Over, StillInFlight, cancel
from storyboard.session import (
    REHEARSAL,
    BackendChoice,
    account_of,
    provider,
    reachable,
)
from storyboard.store import Layout, Store, lives_of_takes, reading
from storyboard.store.life import Accepted, Order, charge_of, order_of, start_of


@click.command("cancel")
@project_argument
@click.option("--request", "requests", multiple=True, metavar="ID", help="Only this request.")
@click.option("--yes", is_flag=True, help="Agree to cancel what is shown.")
@backend_option("Where they are in flight: emulator for those of a rehearsal.")
@form_option()
def command(
    where: Path,
    requests: tuple[str, ...],
    yes: bool,  # noqa: FBT001 -- click hands over a flag
    choice: BackendChoice,
    form: str,
) -> int:
    """Cancel the requests of this project that are in flight at fal.

    One that still waits is cancelled and costs nothing. One that has begun may finish all the same
    and be charged: then it stays in flight, and the next render fetches it. Exit code 5 says that
    some still are.
    """
    project = project_at(where)
    lives = _chosen(_in_flight(project, choice), requests)
    if lives:
        reachable(choice, os.environ)
        _agreed(lives, form, yes=yes)
    found = asyncio.run(_cancelled(project, choice, lives)) if lives else ()
    if form == "json":
        write_json({"version": 1, "requests": [_json(one) for one in found]})
    else:
        for one in found:
            say(_words(one, choice))
        if not found:
            say(f"nothing is in flight{_elsewhere(project, choice)}")
    return Exit.FAILED if any(isinstance(one, StillInFlight) for one in found) else Exit.OK


def _in_flight(project: Path, choice: BackendChoice) -> list[Accepted]:
    """List what was accepted and is not over, as far as the journal knows, oldest first."""
    with reading(Layout(project / choice.folder)) as journal:
        latest = lives_of_takes(journal.attempts()) if journal else {}
    accepted = (life for life in latest.values() if isinstance(life, Accepted))
    return sorted(accepted, key=lambda one: start_of(one).at)


def _elsewhere(project: Path, choice: BackendChoice) -> str:
    """Point at a rehearsal's requests, where somebody looks for them among the real ones."""
    rehearsed = _in_flight(project, REHEARSAL) if choice is not REHEARSAL else []
    if not rehearsed:
        return ""
    return f"; {show.plural(len(rehearsed), 'request')} of a rehearsal:{flag(REHEARSAL)}"


def _chosen(lives: list[Accepted], requests: Sequence[str]) -> list[Accepted]:
    """Take those that were named; all where none was."""
    known = {life.ticket.request for life in lives}
    if strange := [name for name in requests if name not in known]:
        listed = ", ".join(known) or "nothing"
        raise Stop(
            Exit.USAGE,
            f"no request {strange[0]} is in flight",
            f"in flight: {listed}",
        )
    return [life for life in lives if not requests or life.ticket.request in requests]


def _agreed(lives: Sequence[Accepted], form: str, *, yes: bool) -> None:
    """Show what would be cancelled, and get a yes to it."""
    rows = [("job", "USD", "sent", "request")]
    prices = figures(order_of(life).cost for life in lives)
    rows += [
        (
            _name(order_of(life)),
            price,
            f"{start_of(life).at:%Y-%m-%d %H:%M}",
            life.ticket.request,
        )
        for life, price in zip(lives, prices, strict=True)
    ]
    for line in show.table(rows, right=("USD",)):
        say(line, err=form == "json")
    if yes:
        return
    what = show.plural(len(lives), "request")
    cost = dollars(total(order_of(life).cost for life in lives))
    if not show.interactive():
        raise Stop(
            Exit.DECLINED,
            f"{what} would be cancelled ({cost}), and nobody is here to agree",
            "run it again with --yes, or --request ID for one of them",
        )
    if not agree(f"Cancel {what} ({cost})?"):
        raise Leave(Exit.DECLINED, "nothing was cancelled")


async def _cancelled(
    project: Path, choice: BackendChoice, lives: Sequence[Accepted]
) -> Sequence[Cancelling]:
    with Store.open(project, folder=choice.folder) as store:
        async with provider(choice, project, load(), os.environ, Shown()) as paid:
            return await cancel(paid, store, Clock(), lives, account_of(project, os.environ))


def _name(order: Order) -> str:
    return take_name(order.id, order.take)


def _words(one: Cancelling, choice: BackendChoice) -> str:
    match one:
        case StillInFlight(order, _, reason):
            return (
                f"{_name(order)}: still in flight: {reason}\n"
                f"  help: `storyboard render{flag(choice)}` takes it up and fetches it; "
                "it is not paid again"
            )
        case Over(order, _, failed) if charge_of(failed) is Charge.NONE:
            return f"{_name(order)}: {failed.fault.message}; {failed.fault.help}"
        case Over(order, _, failed):
            return (
                f"{_name(order)}: {failed.fault.message}\n"
                "  help: it may have begun, and been charged: "
                f"`storyboard render{flag(choice)}` sends it again only with --retry-failed"
            )


def _json(one: Cancelling) -> dict[str, object]:
    row: dict[str, object] = {
        "id": one.order.id,
        "digest": one.order.job,
        "take": one.order.take,
        "request_id": one.request,
        "cost": {"usd": exact(one.order.cost)},
    }
    match one:
        case StillInFlight(reason=reason):
            return {**row, "state": "in-flight", "charge": Charge.PAID.value, "reason": reason}
        case Over(failed=failed, cancelled=cancelled):
            return {
                **row,
                "state": "cancelled" if cancelled else "failed",
                "charge": charge_of(failed).value,
                "reason": failed.fault.message,
            }

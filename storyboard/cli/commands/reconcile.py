"""`storyboard reconcile`: unknown outcomes to known ones, from the account's list of requests."""

import asyncio
import os
from collections.abc import Sequence
from pathlib import Path

import click

from storyboard.catalogue import load
from storyboard.cli import show
from storyboard.cli.backend_option import backend_option, flag, unpaid
from storyboard.cli.exits import Exit, Leave, Stop
from storyboard.cli.form_option import form_option
from storyboard.cli.project import project_argument, project_at
from storyboard.cli.terminal import agree, say, write_json
from storyboard.jobs import take_name
from storyboard.model import dollars, exact, total
from storyboard.plan import JobState
from storyboard.provider import Charge
from storyboard.render import Clock, Found, NotFound, NotLooked, Reconciled, reconcile
from storyboard.session import (
    BackendChoice,
    account_of,
    provider,
    reachable,
)
from storyboard.store import Store, abandon, abandonable, key_of, view
from storyboard.store.life import Abandoned, Intended, Order, Unknown, amount_of, order_of


@click.command("reconcile")
@project_argument
@backend_option("Whose list of requests: emulator for that of a rehearsal.")
@click.option("--abandon", "names", multiple=True, metavar="JOB", help="Close one for good.")
@click.option("--yes", is_flag=True, help="Do not ask before one is closed.")
@form_option()
def command(
    where: Path,
    choice: BackendChoice,
    names: tuple[str, ...],
    yes: bool,  # noqa: FBT001 -- a flag
    form: str,
) -> int:
    """Look up requests whose answer was lost, in the account's own list of requests.

    Nothing is sent to be rendered and nothing is paid. What is found is taken up by the next
    render. Exit code 6 says that some outcome is still unknown.

    --abandon closes what cannot be found: it goes on counting as paid, or as perhaps paid, and
    the next render sends the job again, after showing the price.
    """
    project = project_at(where)
    if names:
        return _abandoned(project, choice, names, form, yes=yes)
    found = _reconciled(project, choice)
    if form == "json":
        write_json({"version": 1, "jobs": [_json(one) for one in found]})
    else:
        for one in found:
            say(_words(one, choice))
        if not found:
            say("no outcome is unknown")
    return Exit.OK if all(isinstance(one, Found) for one in found) else Exit.UNKNOWN


def _abandoned(
    project: Path, choice: BackendChoice, names: Sequence[str], form: str, *, yes: bool
) -> int:
    if not _any_unknown(project, choice):
        raise _not_unknown(names[0], choice)
    with Store.open(project, folder=choice.folder) as store:
        _alone(store)
        found = (one for name in names for one in _chosen(store, name, choice))
        chosen = {key_of(order_of(one)): one for one in found}
        _agreed(list(chosen.values()), choice, yes=yes)
        _alone(store)  # somebody may have thought about it for an hour
        steps = [abandon(store, life) for life in chosen.values()]
    if form == "json":
        write_json({"version": 1, "jobs": [_abandoned_json(one) for one in steps]})
    else:
        for one in steps:
            say(f"{_name(order_of(one))}: abandoned; the next render sends it again")
    return Exit.OK


def _any_unknown(project: Path, choice: BackendChoice) -> bool:
    known = view(project, folder=choice.folder).takes.values()
    return any(take.state is JobState.UNKNOWN for takes in known for take in takes.values())


def _alone(store: Store) -> None:
    if store.others():
        raise Stop(Exit.ENVIRONMENT, "another run is using this store", "wait until it has ended")


def _chosen(store: Store, name: str, choice: BackendChoice) -> Sequence[Intended | Unknown]:
    if not (found := abandonable(store, name)):
        raise _not_unknown(name, choice)
    return found


def _not_unknown(name: str, choice: BackendChoice) -> Stop:
    return Stop(
        Exit.USAGE,
        f"the outcome of '{name}' is not unknown",
        f"storyboard reconcile{flag(choice)} names those that are",
    )


def _agreed(lives: Sequence[Intended | Unknown], choice: BackendChoice, *, yes: bool) -> None:
    cost = dollars(total(amount_of(life) for life in lives))
    what = show.plural(len(lives), "request")
    said = f"{what} may have been charged ({cost}), and will be paid again{unpaid(choice)}"
    if yes:
        say(said, err=True)
    elif not show.interactive() or not agree(f"{said}. Go on?"):
        raise Leave(Exit.DECLINED, f"nothing was abandoned: {said} only with a yes, or --yes")


def _abandoned_json(one: Abandoned) -> dict[str, object]:
    order = order_of(one)
    return {
        "id": order.id,
        "digest": order.job,
        "take": order.take,
        "cost": {"usd": exact(order.cost)},
        "request_id": None,
        "state": "abandoned",
        "charge": one.charge.value,
    }


def _reconciled(project: Path, choice: BackendChoice) -> Sequence[Reconciled]:
    if not _any_unknown(project, choice):
        return ()
    reachable(choice, os.environ)
    return asyncio.run(_looked(project, choice))


async def _looked(project: Path, choice: BackendChoice) -> Sequence[Reconciled]:
    async with provider(choice, project, load(), os.environ) as paid:
        with Store.open(project, folder=choice.folder) as store:
            return await reconcile(paid, store, Clock(), account_of(project, os.environ))


def _name(order: Order) -> str:
    return take_name(order.id, order.take)


def _words(one: Reconciled, choice: BackendChoice) -> str:
    match one:
        case Found(order, request):
            return f"{_name(order)}: found as request {request}; the next render takes it up"
        case NotFound(order, late=True, charge=charge):
            paid = ". It was accepted, and is paid" if charge is Charge.PAID else ""
            return (
                f"{_name(order)}: not in the account's list, and it would be by now{paid}\n"
                f"  help: render with --resubmit-unknown sends it again, for up to "
                f"{dollars(order.cost)} more{unpaid(choice)}; "
                f"`storyboard reconcile{flag(choice)} --abandon {order.id}` closes it"
            )
        case NotFound(order):
            return f"{_name(order)}: not in the account's list yet; look again later"
        case NotLooked(order, reason):
            return f"{_name(order)}: could not be looked for: {reason}"


def _json(one: Reconciled) -> dict[str, object]:
    row: dict[str, object] = {
        "id": one.order.id,
        "digest": one.order.job,
        "take": one.order.take,
        "cost": {"usd": exact(one.order.cost)},
        "request_id": None,
    }
    match one:
        case Found(request=request):
            return {**row, "state": "in-flight", "request_id": request}
        case NotFound(late=late):
            return {**row, "state": "unknown", "late": late}
        case NotLooked(reason=reason):
            return {**row, "state": "unknown", "reason": reason}

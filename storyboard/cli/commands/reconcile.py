"""`storyboard reconcile`: unknown outcomes to known ones, from the account's list of requests."""

import asyncio
import os
from collections.abc import Sequence
from pathlib import Path

import click

from storyboard.catalogue import load
from storyboard.cli import show
from storyboard.cli.exits import Exit
from storyboard.cli.form_option import form_option
from storyboard.cli.project import project_argument, project_at
from storyboard.model import dollars, exact
from storyboard.render import Clock, Found, NotFound, NotLooked, Reconciled, reconcile
from storyboard.session import (
    CHOICES,
    PROVIDERS,
    Backend,
    BackendChoice,
    account_of,
    provider,
    ready,
)
from storyboard.store import Store, view


@click.command("reconcile")
@project_argument
@click.option(
    "--backend",
    type=click.Choice([one.value for one in PROVIDERS]),
    default=Backend.FAL.value,
    show_default=True,
    help="Whose list of requests.",
)
@form_option()
def command(where: Path, backend: str, form: str) -> int:
    """Look up requests whose answer was lost, in the account's own list of requests.

    Nothing is sent to be rendered and nothing is paid. What is found is taken up by the next
    render. Exit code 6 says that some outcome is still unknown.
    """
    found = _reconciled(project_at(where), CHOICES[Backend(backend)])
    if form == "json":
        show.as_json({"version": 1, "jobs": [_json(one) for one in found]})
    else:
        for one in found:
            click.echo(_words(one))
        if not found:
            click.echo("no outcome is unknown")
    return Exit.OK if all(isinstance(one, Found) for one in found) else Exit.UNKNOWN


def _reconciled(project: Path, choice: BackendChoice) -> Sequence[Reconciled]:
    if not view(project).unknown:
        return ()
    ready(choice, os.environ)
    return asyncio.run(_looked(project, choice))


async def _looked(project: Path, choice: BackendChoice) -> Sequence[Reconciled]:
    async with provider(choice, project, load(), os.environ) as paid:
        with Store.open(project) as store:
            return await reconcile(paid, store, Clock(), account_of(project, os.environ))


def _words(one: Reconciled) -> str:
    match one:
        case Found(order, request):
            return f"{order.id}: found as request {request}; the next render takes it up"
        case NotFound(order, late=True):
            return (
                f"{order.id}: not in the account's list, and it would be by now\n"
                f"  help: render with --resubmit-unknown sends it again, for up to "
                f"{dollars(order.cost)} more"
            )
        case NotFound(order):
            return f"{order.id}: not in the account's list yet; look again later"
        case NotLooked(order, reason):
            return f"{order.id}: could not be looked for: {reason}"


def _json(one: Reconciled) -> dict[str, object]:
    row: dict[str, object] = {
        "id": one.order.id,
        "digest": one.order.job,
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

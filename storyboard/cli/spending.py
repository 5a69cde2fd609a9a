"""What commands that spend share: their options, and the way from a plan to a yes."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import partial, wraps
from pathlib import Path
from typing import Any, TypeVar, cast

import click

from storyboard.cli import consent, show
from storyboard.cli.exits import Exit, Stop
from storyboard.model import Usd, parse_usd
from storyboard.plan import Plan
from storyboard.render import Limits
from storyboard.session import (
    Backend,
    BackendChoice,
    RunOptions,
    amount_due,
    installed,
    readable,
    within_bounds,
)
from storyboard.store import FailedJobs

F = TypeVar("F", bound=Callable[..., Any])


class Amount(click.ParamType[Usd]):
    """An amount of US dollars: `10`, `10 USD`, `$10`."""

    name = "amount"

    def convert(
        self,
        value: Any,  # noqa: ANN401 -- click's signature
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> Usd:
        """Read it as a budget in a storyboard is read."""
        amount = parse_usd(str(value))
        if amount is None:
            self.fail(f"'{value}' is no amount of US dollars, such as 10 or '10 USD'", param, ctx)
        return amount


@dataclass(frozen=True, slots=True)
class Spending:
    """What the command line says of money and of how requests are sent."""

    yes: bool
    max_cost: Usd | None
    concurrency: int | None
    resubmit_unknown: bool
    retry_failed: bool
    scenario: Path | None
    fail_fast: bool

    def rehearsable(self, choice: BackendChoice) -> None:
        """Make sure that a rehearsal can be held, and that faults are asked for in nothing else.

        Raises:
            SessionError: where it cannot, before there is a price.
        """
        if choice.backend is Backend.EMULATOR:
            installed()
            if self.scenario is not None:
                readable(self.scenario)
        elif self.scenario is not None:
            raise Stop(
                Exit.USAGE,
                "--scenario is for a rehearsal, and this is none; nothing was sent",
                "add --backend emulator, or leave --scenario out",
            )

    def agreed(self, plan: Plan, store: Path, choice: BackendChoice) -> None:
        """Get a yes to what is sent, after every bound on it has been considered."""
        asked = FailedJobs.ASK if show.interactive() else FailedJobs.LEAVE
        failed = FailedJobs.RETRY if self.retry_failed else asked
        found = amount_due(plan, store, self.max_cost, failed)
        within_bounds(found, plan, self.max_cost, "--max-cost")
        # Asked for nothing as well: that it is free is the project's own word for it.
        if found.jobs and not self.yes:
            ask = consent.rehearse if choice.backend is Backend.EMULATOR else consent.spend
            ask(found.cost)

    def run_options(self, choice: BackendChoice) -> RunOptions:
        """Return how the run goes about its jobs."""
        limits = Limits(
            concurrency=self.concurrency, max_cost=self.max_cost, lost_after=choice.lost_after
        )
        asked = partial(consent.Answers, self.resubmit_unknown, self.retry_failed)
        return RunOptions(limits, asked, self.fail_fast)


_OPTIONS = (
    click.option("--yes", is_flag=True, help="Agree to the price that is shown."),
    click.option("--max-cost", type=Amount(), help="Spend at most so much in this run."),
    click.option("--concurrency", type=click.IntRange(1), help="How many requests at a time."),
    click.option("--resubmit-unknown", is_flag=True, help="Send again what may have been paid."),
    click.option("--retry-failed", is_flag=True, help="Send again what failed and may be charged."),
    click.option(
        "--scenario",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        help="Faults for the emulator.",
    ),
    click.option("--fail-fast", is_flag=True, help="Send nothing more once a job has failed."),
)


def spending_options(function: F) -> F:
    """Give a command the options about money; it gets them as `spending`."""

    @wraps(function)
    def command(**options: Any) -> Any:  # noqa: ANN401 -- click hands over what is declared below
        words = {one.name: options.pop(one.name) for one in fields(Spending)}
        return function(spending=Spending(**words), **options)

    declared: Any = command
    for option in reversed(_OPTIONS):
        declared = option(declared)
    return cast("F", declared)

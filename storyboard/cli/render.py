"""`storyboard render`: a storyboard to films; the main command."""

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from storyboard.cli import consent, emulator, show
from storyboard.cli.backend import Backend, Choice, chosen, opened, ready, settled
from storyboard.cli.campaign import table_of
from storyboard.cli.compiling import Asked, ask_of, asking, compiled, good, stop_of
from storyboard.cli.due import due
from storyboard.cli.exits import Exit, Stop
from storyboard.cli.kept_plan import ask_again, kept_plan, still_holds
from storyboard.cli.pages import clips_of, drawn_for, paged
from storyboard.cli.plan import NEW_ACCOUNT, lines
from storyboard.cli.running import Way, cut_films, exit_code, pursue
from storyboard.delivery import Delivery, orders
from storyboard.model.money import Usd, dollars, in_full, parse_usd
from storyboard.pipeline import Ask, Compiled
from storyboard.plan import Plan
from storyboard.report import manifest
from storyboard.report.rendering import Rendering, tally, to_json, words
from storyboard.store import StoreProblem
from storyboard.template.campaign.campaign import table_json
from storyboard.writing import refusal

_LOST = 30.0
"""Seconds after which a rehearsal takes a request for lost: its time runs faster than fal's."""


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
class Wish:
    """What the command line asks for."""

    asked: Asked
    backend: str | None
    out: Path | None
    yes: bool
    max_cost: Usd | None
    concurrency: int | None
    resubmit_unknown: bool
    retry_failed: bool
    scenario: Path | None
    draft: bool
    fail_fast: bool
    max_parallel: int
    form: str


@click.command("render")
@asking
@click.option(
    "--backend",
    type=click.Choice([Backend.ANIMATIC.value, Backend.FAL.value, Backend.EMULATOR.value]),
    help="Who renders. Without it: fal where FAL_KEY is set, else the free animatic.",
)
@click.option("--out", type=click.Path(path_type=Path), help="Where films go: build/ beside FILE.")
@click.option("--yes", is_flag=True, help="Agree to the price that is shown.")
@click.option("--max-cost", type=Amount(), help="Spend at most so much in this run.")
@click.option("--concurrency", type=click.IntRange(1), help="How many requests at a time.")
@click.option("--resubmit-unknown", is_flag=True, help="Send again what may have been paid.")
@click.option("--retry-failed", is_flag=True, help="Send again what failed and may be charged.")
@click.option(
    "--scenario",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Faults for the emulator.",
)
@click.option("--fail-fast", is_flag=True, help="Send nothing more once a job has failed.")
@click.option("--max-parallel", type=click.IntRange(1), default=1, help="Films cut at a time.")
@click.option("--draft", is_flag=True, help="Cut faster, at lower quality.")
@click.option("--json", "form", flag_value="json", help="End with JSON, for programs.")
@click.option("--text", "form", flag_value="text", default="text", hidden=True)
def command(**options: Any) -> int:  # noqa: ANN401 -- click hands over what is declared above
    """Render what is not rendered yet, and cut the films of FILE.

    FILE is a storyboard, or a plan kept by `storyboard plan --save`. Nothing is paid for without
    a price shown and a yes; what was paid for once is never paid again.
    """
    wish = Wish(**options)
    choice = chosen(wish.backend, os.environ)
    _rehearsed(choice, wish)
    approved = kept_plan(wish.asked)
    ask = ask_of(wish.asked) if approved is None else ask_again(wish.asked.file, approved)
    result = good(compiled(ask, choice.folder), wish.form)
    plan = result.plan
    if plan is None:
        return Exit.MISTAKES
    if approved is not None:
        still_holds(approved, plan)
    choice = settled(choice, wish.backend, plan)
    _show(result, plan, choice, wish)
    if choice.charges:
        ready(choice, os.environ)
        _agreed(plan, result.project / choice.folder, choice, wish)
    return _run(result, plan, choice, wish, ask)


def _rehearsed(choice: Choice, wish: Wish) -> None:
    """Make sure that a rehearsal can be held, and that faults are asked for in nothing else.

    Raises:
        Stop: where it cannot, before there is a price.
    """
    if choice.backend is Backend.EMULATOR:
        emulator.installed()
        if wish.scenario is not None:
            emulator.readable(wish.scenario, wish.form)
    elif wish.scenario is not None:
        raise Stop(
            Exit.USAGE,
            "--scenario is for a rehearsal, and this is none; nothing was sent",
            "add --backend emulator, or leave --scenario out",
        )


def _show(result: Compiled, plan: Plan, choice: Choice, wish: Wish) -> None:
    """Print the plan where money is at stake; say plainly what kind of film it will be."""
    if choice.charges:
        for line in lines(result, plan, wish.concurrency or NEW_ACCOUNT):
            click.echo(line, err=wish.form == "json")
    if choice.backend is Backend.ANIMATIC:
        click.echo(
            f"animatic: {show.plural(len(plan.jobs), 'job')} drawn on this machine, free; "
            f"through Kling {dollars(plan.total)}",
            err=True,
        )


def _agreed(plan: Plan, store: Path, choice: Choice, wish: Wish) -> None:
    """Get a yes to what is sent, after every bound on it has been minded."""
    try:
        found = due(plan, store, wish.max_cost, retry_failed=wish.retry_failed)
    except StoreProblem as problem:
        raise stop_of(problem) from problem
    budgets = [film.storyboard.budget for film in plan.films]
    least = min((one for one in budgets if one is not None), default=None)
    against = found.against
    for name, most in (("--max-cost", wish.max_cost), ("the budget", least)):
        if most is not None and found.cost > most:
            against = f"this costs {in_full(found.cost)}, more than {name} of {in_full(most)}"
            break
    if against is not None:
        raise Stop(Exit.DECLINED, against, "raise it, or render less; nothing was sent")
    # Asked for nothing as well: that it is free is the project's own word for it.
    if found.jobs and not wish.yes:
        ask = consent.rehearse if choice.backend is Backend.EMULATOR else consent.spend
        ask(found.cost)


def _run(result: Compiled, plan: Plan, choice: Choice, wish: Wish, ask: Ask) -> int:
    way = Way(
        folder=choice.folder,
        concurrency=wish.concurrency,
        max_cost=wish.max_cost,
        resubmit_unknown=wish.resubmit_unknown,
        retry_failed=wish.retry_failed,
        draft=wish.draft,
        fail_fast=wish.fail_fast,
        max_parallel=wish.max_parallel,
        lost_after=_LOST if choice.backend is Backend.EMULATOR else None,
        paged=paged(choice, result.project),
    )
    backend = opened(choice, plan, result, wish.scenario)
    folder = wish.out or ask.storyboard.parent / "build"
    wanted = orders(plan.films, folder, choice.suffix)
    ending = pursue(plan, backend, result.project, way, wanted)
    drawn = {} if ending.interrupted else drawn_for(result, plan, choice, way)
    ending.interrupted |= any(one.interrupted for one in drawn.values())
    films: tuple[Delivery, ...] = ()
    if not ending.interrupted:
        work = [(one, clips_of(one, drawn, ending).outcomes) for one in wanted]
        films = cut_films(work, result.project, way)
    rendering = Rendering(plan, choice.backend.value, ending.outcomes, films)
    for line in words(rendering):
        click.echo(line, err=wish.form == "json")
    # What became of the films is told before anything else that may fail.
    if films and any(film.variation is not None for film in plan.films):
        listed = _list(rendering, result, folder)
        click.echo(f"{tally(films)}; {listed} lists them", err=wish.form == "json")
    if wish.form == "json":
        show.as_json(to_json(rendering))
    return exit_code(rendering, ending)


def _list(rendering: Rendering, result: Compiled, folder: Path) -> Path:
    """Write the manifest of a campaign beside its films; return the one for people."""
    variations = {one.name: one for one, _ in result.findings}
    entries = manifest.manifest(rendering, variations)
    listed = manifest.to_json(entries) | {"checks": table_json(table_of(result))}
    text = json.dumps(listed, ensure_ascii=False, indent=2) + "\n"
    try:
        manifest.write(folder, "manifest.json", text)
        return manifest.write(folder, "manifest.csv", manifest.to_csv(entries))
    except OSError as error:
        why, advice = refusal(error, folder)
        raise Stop(Exit.ENVIRONMENT, why, advice, beside=to_json(rendering)) from error

"""`storyboard render`: a storyboard to films; the main command."""

import json
import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click

from storyboard.cli import show
from storyboard.cli.campaign import table_of
from storyboard.cli.compiling import Asked, ask_of, asking, good
from storyboard.cli.exits import Exit, Leave, Stop
from storyboard.cli.form_option import form_option
from storyboard.cli.interrupt import CUTTING, DRAWN, ctrl_c, sent
from storyboard.cli.kept_plan import kept_plan
from storyboard.cli.plan_lines import lines
from storyboard.cli.progress import Shown
from storyboard.cli.run_exit import exit_code
from storyboard.cli.spending import Spending, spending_options
from storyboard.cli.terminal import say, write_json
from storyboard.cut import CutOptions, Quality
from storyboard.delivery import Delivery
from storyboard.model import dollars
from storyboard.pipeline import Ask, Compiled
from storyboard.plan import NEW_ACCOUNT, Plan
from storyboard.report import Rendering, manifest, tally, to_json, words
from storyboard.session import (
    Backend,
    BackendChoice,
    Production,
    ask_again,
    chosen,
    compiled,
    cut_films,
    films_folder,
    get_clips,
    produce,
    ready,
    responsible,
    settled,
    still_holds,
    timelines,
)
from storyboard.template import table_json
from storyboard.writing import refusal


@dataclass(frozen=True, slots=True)
class Wish:
    """What the command line asks for."""

    asked: Asked
    backend: str | None
    out: Path | None
    spending: Spending
    draft: bool
    max_parallel: int
    form: str


@click.command("render")
@asking
@click.option(
    "--backend",
    type=click.Choice([one.value for one in Backend if one is not Backend.NONE]),
    help="Who renders. Without it: fal if FAL_KEY is set, else the free animatic.",
)
@click.option("--out", type=click.Path(path_type=Path), help="Where films go: build/ beside FILE.")
@spending_options
@click.option("--max-parallel", type=click.IntRange(1), default=1, help="Films cut at a time.")
@click.option("--draft", is_flag=True, help="Cut faster, at lower quality.")
@form_option("End with JSON, for programs.")
def command(**options: Any) -> int:  # noqa: ANN401 -- click hands over what is declared above
    """Render what is not rendered yet, and cut the films of FILE.

    FILE is a storyboard, or a plan kept by `storyboard plan --save`. Nothing is paid for without
    a price shown and a yes; what was paid for once is never paid again.
    """
    wish = Wish(**options)
    choice = chosen(wish.backend, os.environ)
    wish.spending.rehearsable(choice)
    approved = kept_plan(wish.asked)
    ask = ask_of(wish.asked) if approved is None else ask_again(wish.asked.file, approved)
    result = compiled(ask, choice)
    plan = good(result, wish.form)
    if approved is not None:
        still_holds(approved, plan)
    choice = settled(choice, wish.backend, plan)
    _show(result, plan, choice, wish)
    if choice.charges:
        responsible(choice, plan, result.catalogue)
        ready(choice, os.environ)
        wish.spending.agreed(plan, result.project / choice.folder, choice)
    return _run(_produced(result, plan, choice, ask, wish), wish)


def _show(result: Compiled, plan: Plan, choice: BackendChoice, wish: Wish) -> None:
    """Print the plan where money is at stake; say plainly what kind of film it will be."""
    if choice.charges:
        money = wish.spending
        places = money.concurrency or NEW_ACCOUNT
        for line in lines(result, plan, places, retry_failed=money.retry_failed):
            say(line, err=wish.form == "json")
    if choice.backend is Backend.ANIMATIC:
        say(
            f"animatic: {show.plural(len(plan.jobs), 'job')} drawn on this machine, free; "
            f"through Kling {dollars(plan.total)}",
            err=True,
        )


def _produced(
    result: Compiled, plan: Plan, choice: BackendChoice, ask: Ask, wish: Wish
) -> Production:
    quality = Quality.DRAFT if wish.draft else Quality.FINAL
    folder = wish.out or films_folder(ask)
    made = produce(result, plan, choice, folder, CutOptions(quality=quality))
    return replace(made, scenario=wish.spending.scenario)


def _run(made: Production, wish: Wish) -> int:
    choice = made.choice
    shown = Shown(DRAWN if choice.backend is Backend.ANIMATIC else sent(choice))
    with ctrl_c() as stop:
        clips = get_clips(made, wish.spending.run_options(choice), os.environ, shown, stop)
    films: tuple[Delivery, ...] = ()
    cut_short = False
    if not clips.interrupted:
        laid_out = timelines(made, clips)
        try:
            films = cut_films(laid_out, len(made.orders), made.room, shown, wish.max_parallel)
        except KeyboardInterrupt:
            cut_short = True
    rendering = Rendering(
        made.plan, choice.backend.value, clips.plain.outcomes, films, clips.plain.further
    )
    for line in words(rendering):
        say(line, err=wish.form == "json")
    if cut_short:
        raise Leave(Exit.INTERRUPTED, CUTTING, beside=to_json(rendering))
    # What became of the films is told before anything else that may fail.
    if films and any(film.variation is not None for film in made.plan.films):
        listed = _list(rendering, made.compiled, made.folder)
        say(f"{tally(films)}; {listed} lists them", err=wish.form == "json")
    if wish.form == "json":
        write_json(to_json(rendering))
    return exit_code(rendering, clips)


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

"""`storyboard render`: a storyboard to films; the main command."""

import json
import os
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
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
from storyboard.report import LockNews, Rendering, manifest, tally, to_json, words
from storyboard.session import (
    ANIMATIC,
    NONE,
    REHEARSAL,
    Backend,
    BackendChoice,
    Clips,
    Production,
    Record,
    all_approved,
    ask_again,
    chosen,
    commands_typed,
    compiled,
    cut_films,
    films_folder,
    frozen_clips,
    frozen_warning,
    get_clips,
    produce,
    ready,
    record_run,
    responsible,
    settled,
    still_holds,
    timelines,
)
from storyboard.template import table_json
from storyboard.writing import refusal

_NOT_DRAWN = "leave out --backend animatic"


@dataclass(frozen=True, slots=True)
class Wish:
    """What the command line asks for."""

    asked: Asked
    backend: str | None
    out: Path | None
    spending: Spending
    draft: bool
    max_parallel: int
    is_final: bool
    frozen: bool
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
@click.option("--final", "is_final", is_flag=True, help="Only if every shot is approved.")
@click.option("--frozen", is_flag=True, help="Make the lock's film: nothing is sent or rendered.")
@form_option("End with JSON, for programs.")
def command(**options: Any) -> int:  # noqa: ANN401 -- click hands over what is declared above
    """Render what is not rendered yet, and cut the films of FILE.

    FILE is a storyboard, or a plan kept by `storyboard plan --save`. Nothing is paid for without
    a price shown and a yes; what was paid for once is never paid again.
    """
    wish = Wish(**options)
    choice = _chosen(wish)
    if wish.frozen:
        return _frozen(choice, wish)
    wish.spending.rehearsable(choice)
    approved = kept_plan(wish.asked)
    ask = ask_of(wish.asked) if approved is None else ask_again(wish.asked.file, approved)
    result, choice = _compiled(ask, choice, wish)
    plan = good(result, wish.form)
    if approved is not None:
        still_holds(approved, plan)
    if wish.is_final:
        all_approved(ask, choice, result, plan)
    asked, choice = choice, settled(choice, wish.backend, plan)
    locking = choice if wish.backend is None else asked
    record = partial(record_run, ask, locking, result, plan, pin=wish.is_final)
    _show(result, plan, choice, wish)
    if choice.charges:
        responsible(choice, plan, result.catalogue)
        ready(choice, os.environ)
        wish.spending.agreed(plan, result.project / choice.folder, choice)
    return _run(_produced(result, plan, choice, ask, wish), record, wish)


def _chosen(wish: Wish) -> BackendChoice:
    """Choose who renders; for a final or a frozen film that may be nobody.

    What is approved is rendered, and what is not picked is not in the lock: a key is not needed.
    """
    choice = chosen(wish.backend, os.environ)
    if not (wish.is_final or wish.frozen):
        return choice
    option = "--final" if wish.is_final else "--frozen"
    if wish.backend == Backend.ANIMATIC:
        raise Stop(Exit.USAGE, f"{option} is for clips, and an animatic has drawings", _NOT_DRAWN)
    if wish.is_final and wish.draft:
        raise Stop(Exit.USAGE, "a draft is not a final film", "leave out --draft or --final")
    return NONE if choice is ANIMATIC else choice


def _compiled(ask: Ask, choice: BackendChoice, wish: Wish) -> tuple[Compiled, BackendChoice]:
    """Compile for a backend; where none was asked for and no key is there, see what is there first.

    If nothing is left to render, no animatic is drawn, and the film shows what was picked. An
    animatic has a drawing of each shot, whatever was picked.
    """
    if wish.backend is not None or choice is not ANIMATIC:
        return compiled(ask, choice), choice
    found = compiled(ask, NONE)
    if found.plan is not None and settled(choice, None, found.plan).backend is Backend.NONE:
        return found, NONE
    picked = found.plan is not None and found.lock.named_clips
    return compiled(ask, choice) if picked else found, choice


def _frozen(choice: BackendChoice, wish: Wish) -> int:
    """Make the film of the lock: nothing is sent, rendered or written into the lock."""
    ask = ask_of(wish.asked)
    choice = choice if choice is REHEARSAL else NONE
    result = compiled(ask, choice)
    plan = good(result, wish.form)
    if wish.is_final:
        all_approved(ask, choice, result, plan)
    made = _produced(result, plan, choice, ask, wish)
    with commands_typed(ask.storyboard, choice):
        clips = frozen_clips(made)
    if warning := frozen_warning(result.lock):
        say(f"warning: {warning}", err=True)
    with TemporaryDirectory(prefix="storyboard-") as folder:
        return _cut(made.from_scratch(Path(folder)), clips, None, wish)


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


def _shown(choice: BackendChoice) -> Shown:
    return Shown(DRAWN if choice.backend is Backend.ANIMATIC else sent(choice))


def _run(made: Production, record: Record, wish: Wish) -> int:
    """Get the clips, write into the lock what came of it, and cut the films."""
    with ctrl_c() as stop:
        clips = get_clips(
            made, wish.spending.run_options(made.choice), os.environ, _shown(made.choice), stop
        )
    return _cut(made, clips, record(clips.plain.outcomes), wish)


def _cut(made: Production, clips: Clips, news: LockNews | None, wish: Wish) -> int:
    shown = _shown(made.choice)
    films: tuple[Delivery, ...] = ()
    cut_short = False
    if not clips.interrupted:
        laid_out = timelines(made, clips)
        try:
            films = cut_films(laid_out, len(made.orders), made.room, shown, wish.max_parallel)
        except KeyboardInterrupt:
            cut_short = True
    rendering = Rendering(
        made.plan,
        made.choice.backend.value,
        clips.plain.outcomes,
        films,
        clips.plain.further,
        news,
    )
    for line in words(rendering):
        say(line, err=wish.form == "json")
    if news is not None and news.mistakes:
        show.diagnostics(news.mistakes, news.texts, "text")
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

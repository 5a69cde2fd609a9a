"""`storyboard take`: further takes of shots, of their packs or of each shot alone."""

import os
import shlex
from dataclasses import dataclass, replace
from typing import Any

import click

from storyboard.cli.backend_option import backend_option, flag
from storyboard.cli.compiling import Asked, ask_of, asking, good
from storyboard.cli.exits import Exit, Stop
from storyboard.cli.form_option import form_option
from storyboard.cli.interrupt import ctrl_c, taken
from storyboard.cli.progress import Shown
from storyboard.cli.run_exit import exit_code
from storyboard.cli.spending import Spending, spending_options
from storyboard.cli.take_lines import new_takes, new_takes_json, next_lines, way_lines, ways_json
from storyboard.cli.terminal import say, write_json
from storyboard.cut import CutOptions
from storyboard.pipeline import Ask
from storyboard.plan import Plan
from storyboard.report import Rendering, to_json, words
from storyboard.session import (
    BackendChoice,
    Production,
    TakesAsked,
    TakeWay,
    compiled,
    films_folder,
    further_takes,
    get_clips,
    plan_of_way,
    produce,
    ready,
    responsible,
    takes_of,
)


@dataclass(frozen=True, slots=True)
class Wish:
    """What the command line asks for."""

    asked: Asked
    shots: tuple[str, ...]
    count: int
    way: TakeWay
    film: str | None
    choice: BackendChoice
    spending: Spending
    form: str


@click.command("take")
@asking
@click.argument("shots", nargs=-1, metavar="SHOT...")
@click.option("--count", type=click.IntRange(1, 99), default=1, show_default=True, help="How many.")
@click.option("--alone", is_flag=True, help="Render the shot by itself, not with its pack.")
@click.option("--film", help="Only what this film of a campaign has.")
@backend_option("Who renders: emulator for a rehearsal.")
@spending_options
@form_option("End with JSON, for programs.")
def command(alone: bool, **options: Any) -> int:  # noqa: ANN401, FBT001 -- click hands over what is declared above
    """Render further takes of each SHOT of FILE, with the pack that it is in, or --alone.

    Both ways are shown with their prices. What is rendered stays, films show what they did, and
    none is cut. Nothing is paid for without a yes.
    """
    wish = Wish(way=TakeWay.ALONE if alone else TakeWay.PACK, **options)
    choice = wish.choice
    wish.spending.rehearsable(choice)
    ask = ask_of(wish.asked)
    if not wish.shots:
        raise Stop(Exit.USAGE, "no shot is named", "storyboard takes FILE names them")
    asked = further_takes(ask, choice, wish.shots, wish.count, wish.film)
    good(asked.compiled, wish.form)
    for line in way_lines(asked, wish.way, wish.count):
        say(line, err=wish.form == "json")
    plan = plan_of_way(asked, wish.way)
    responsible(choice, plan, asked.compiled.catalogue)
    ready(choice, os.environ)
    wish.spending.agreed(plan, asked.compiled.project / choice.folder, choice)
    return _run(_production(ask, asked, plan, wish), ask, asked, wish)


def _production(ask: Ask, asked: TakesAsked, plan: Plan, wish: Wish) -> Production:
    """Put together what is rendered; no film is cut from it."""
    made = produce(asked.compiled, plan, wish.choice, films_folder(ask), CutOptions())
    return replace(made, orders=(), scenario=wish.spending.scenario)


def _run(made: Production, ask: Ask, asked: TakesAsked, wish: Wish) -> int:
    with ctrl_c() as stop:
        options, shown = wish.spending.run_options(wish.choice), Shown(taken(wish.choice))
        clips = get_clips(made, options, os.environ, shown, stop)
    rendering = Rendering(
        made.plan, wish.choice.backend.value, clips.plain.outcomes, (), clips.plain.further
    )
    for line in words(rendering):
        say(line, err=wish.form == "json")
    # The numbers of takes are known from all that is there now.
    now = takes_of(compiled(ask, wish.choice), wish.choice)
    new = new_takes(asked.shots, now)
    file = shlex.quote(str(wish.asked.file))
    for line in next_lines(new, file, flag(wish.choice)):
        say(line, err=wish.form == "json")
    if wish.form == "json":
        write_json(to_json(rendering) | new_takes_json(new) | ways_json(asked))
    return exit_code(rendering, clips)

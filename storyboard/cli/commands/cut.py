"""`storyboard cut`: the clips that are there to films; nothing is rendered or paid."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from storyboard.cli.backend_option import backend_option
from storyboard.cli.compiling import Asked, ask_of, asking, good
from storyboard.cli.exits import Exit, Leave, Stop
from storyboard.cli.form_option import form_option
from storyboard.cli.interrupt import CUTTING, DRAWN, ctrl_c
from storyboard.cli.progress import Shown
from storyboard.cli.run_exit import exit_code
from storyboard.cli.terminal import say, write_json
from storyboard.cut import (
    Check,
    CutError,
    CutOptions,
    Quality,
    explain,
    plan_to_json,
    prepare,
)
from storyboard.media import SOFTWARE, encoders, works
from storyboard.report import Rendering, to_json, words
from storyboard.session import (
    ANIMATIC,
    NONE,
    Backend,
    BackendChoice,
    Clips,
    Production,
    all_approved,
    compiled,
    cut_films,
    films_folder,
    get_clips,
    produce,
    record_run,
    timelines,
)


@dataclass(frozen=True, slots=True)
class Wish:
    """What the command line asks for."""

    asked: Asked
    choice: BackendChoice | None
    out: Path | None
    encoder: str
    draft: bool
    check: str
    doing: str
    is_final: bool
    form: str


@click.command("cut")
@asking
@backend_option(
    "Draw the clips as an animatic, or take those that a rehearsal (emulator) has kept. "
    "Without it: the clips that are kept.",
    (Backend.ANIMATIC, Backend.EMULATOR),
    default=None,
)
@click.option("--out", type=click.Path(path_type=Path), help="Where films go: build/ beside FILE.")
@click.option("--encoder", default=SOFTWARE, show_default=True, help="An H.264 encoder of ffmpeg.")
@click.option("--draft", is_flag=True, help="Cut faster, at lower quality.")
@click.option(
    "--check",
    type=click.Choice([one.value for one in Check]),
    default=Check.PROOF.value,
    show_default=True,
    help="How the film is checked: by proof, which decodes what is new and compares the rest, or "
    "in full, which decodes all of it again.",
)
@click.option(
    "--explain", "doing", flag_value="explain", help="Only say what is copied or encoded, and why."
)
@click.option("--final", "is_final", is_flag=True, help="Only if every shot is approved.")
@click.option("--film", "doing", flag_value="film", default="film", hidden=True)
@form_option()
def command(**options: Any) -> int:  # noqa: ANN401 -- click hands over what is declared above
    """Cut the films of FILE from the clips that are there, and pay for nothing.

    A shot that is not rendered becomes a slate that says so.
    """
    wish = Wish(**options)
    _has_encoder(wish.encoder)
    asked = wish.choice or NONE
    choice = asked if asked is ANIMATIC else asked.kept
    ask = ask_of(wish.asked)
    result = compiled(ask, choice)
    plan = good(result, wish.form)
    if wish.is_final:
        _is_clips(wish)
        all_approved(ask, choice, result, plan)
    folder = wish.out or films_folder(ask)
    made = produce(result, plan, choice, folder, _options(wish)).cut_anew()
    shown = Shown(DRAWN)
    with ctrl_c() as stop:
        clips = get_clips(made, listen=shown, stop=stop)
    if clips.interrupted:
        raise Leave(Exit.INTERRUPTED, "interrupted: no film was cut")
    if wish.doing == "explain":
        return _explain(made, clips, wish)
    try:
        films = cut_films(timelines(made, clips), len(made.orders), made.room, shown)
    except KeyboardInterrupt:
        raise Leave(Exit.INTERRUPTED, CUTTING) from None
    news = record_run(ask, asked, result, plan, {}, pin=True) if wish.is_final else None
    rendering = Rendering(plan, asked.backend.value, clips.plain.outcomes, films, lock=news)
    if wish.form == "json":
        write_json(to_json(rendering))
    else:
        for line in words(rendering):
            say(line)
    return exit_code(rendering, clips)


def _is_clips(wish: Wish) -> None:
    if wish.choice is ANIMATIC:
        raise Stop(
            Exit.USAGE,
            "--final is for clips, and an animatic has drawings",
            "leave out --backend animatic",
        )
    if wish.draft:
        raise Stop(Exit.USAGE, "a draft is not a final film", "leave out --draft or --final")


def _has_encoder(name: str) -> None:
    known = encoders()
    if name not in known:
        raise Stop(
            Exit.USAGE,
            f"'{name}' is no H.264 encoder of this machine's ffmpeg",
            f"it has {', '.join(known)}",
        )
    if not works(name):
        raise Stop(
            Exit.ENVIRONMENT,
            f"the encoder {name} does not work on this machine",
            f"it needs its hardware and driver; {SOFTWARE} works everywhere",
        )


def _options(wish: Wish) -> CutOptions:
    quality = Quality.DRAFT if wish.draft else Quality.FINAL
    check = Check(wish.check)
    return CutOptions(encoder=wish.encoder, quality=quality, check=check)


def _explain(made: Production, clips: Clips, wish: Wish) -> int:
    """Say how each film would be put together, and write nothing."""
    listed: list[dict[str, object]] = []
    for film in timelines(made, clips):
        path = film.order.path
        try:
            plan = prepare(film.timeline, made.room.project, made.room.options).plan
        except CutError as error:
            raise Stop(Exit.ENVIRONMENT, f"{path}: {error}") from error
        listed.append({"path": str(path), **plan_to_json(plan)})
        if wish.form == "text":
            say(f"{path}\n{explain(plan)}")
    if wish.form == "json":
        write_json({"version": 1, "films": listed})
    return Exit.OK

"""`storyboard cut`: the clips that are there to films; nothing is rendered or paid."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from storyboard.cli import show
from storyboard.cli.backend import ANIMATIC, NONE, Backend, opened
from storyboard.cli.compiling import Asked, ask_of, asking, compiled, good
from storyboard.cli.exits import Exit, Leave, Stop
from storyboard.cli.pages import Drawing, clips_of, drawn_for, paged
from storyboard.cli.progress import screen
from storyboard.cli.running import Ending, Way, exit_code, pursue
from storyboard.cut.cut import prepare
from storyboard.cut.cut_report import CutError
from storyboard.cut.explain import explain, plan_to_json
from storyboard.cut.options import Check, CutOptions, Joins, Quality
from storyboard.delivery import Delivery, Order, Room, deliver, orders, timeline_of
from storyboard.jobs import JobDigest
from storyboard.media.encode import SOFTWARE, encoders, works
from storyboard.render.event import Outcome
from storyboard.report.rendering import Rendering, to_json, words
from storyboard.store.layout import Layout


@dataclass(frozen=True, slots=True)
class Wish:
    """What the command line asks for."""

    asked: Asked
    backend: str | None
    out: Path | None
    encoder: str
    draft: bool
    check: str
    joins: str
    doing: str
    form: str


@dataclass(frozen=True, slots=True)
class Bench:
    """What every film of a run is cut from and with; `drawn` are clips drawn for some outputs."""

    orders: tuple[Order, ...]
    ending: Ending
    drawn: Mapping[Drawing, Ending]
    room: Room

    def clips(self, order: Order) -> Mapping[JobDigest, Outcome]:
        """Return what an output is cut from."""
        return clips_of(order, self.drawn, self.ending).outcomes


@click.command("cut")
@asking
@click.option(
    "--backend",
    type=click.Choice([Backend.ANIMATIC.value]),
    help="Draw the clips as an animatic. Without it: the clips that are kept.",
)
@click.option("--out", type=click.Path(path_type=Path), help="Where films go: build/ beside FILE.")
@click.option("--encoder", default=SOFTWARE, show_default=True, help="An H.264 encoder of ffmpeg.")
@click.option("--draft", is_flag=True, help="Cut faster, at lower quality.")
@click.option(
    "--check",
    type=click.Choice([one.value for one in Check]),
    default=Check.WHOLE.value,
    show_default=True,
    help="Whether the film is decoded again to see that it is right.",
)
@click.option(
    "--joins",
    type=click.Choice([one.value for one in Joins]),
    default=Joins.SIMPLE.value,
    show_default=True,
    help="lean encodes less, for players and browsers; simple is for every program.",
)
@click.option(
    "--explain", "doing", flag_value="explain", help="Only say what is copied or encoded, and why."
)
@click.option("--film", "doing", flag_value="film", default="film", hidden=True)
@click.option("--json", "form", flag_value="json", help="Print JSON, for programs.")
@click.option("--text", "form", flag_value="text", default="text", hidden=True)
def command(**options: Any) -> int:  # noqa: ANN401 -- click hands over what is declared above
    """Cut the films of FILE from the clips that are there, and pay for nothing.

    A shot that is not rendered becomes a slate that says so.
    """
    wish = Wish(**options)
    _has_encoder(wish.encoder)
    choice = ANIMATIC if wish.backend else NONE
    ask = ask_of(wish.asked)
    result = good(compiled(ask, choice.folder), wish.form)
    if result.plan is None:
        return Exit.MISTAKES
    way = Way(folder=choice.folder, draft=wish.draft)
    ending = pursue(result.plan, opened(choice, result.plan, result), result.project, way)
    drawn = {} if ending.interrupted else drawn_for(result, result.plan, choice, way)
    if ending.interrupted or any(one.interrupted for one in drawn.values()):
        raise Leave(Exit.INTERRUPTED, "interrupted: no film was cut")
    folder = wish.out or ask.storyboard.parent / "build"
    made = orders(result.plan.films, folder, choice.suffix)
    room = Room(
        result.project,
        Layout(result.project / way.folder).derived,
        _options(wish),
        paged=paged(choice, result.project),
    )
    bench = Bench(made, ending, drawn, room)
    if wish.doing == "explain":
        return _explain(bench, wish)
    films = tuple(_films(bench))
    rendering = Rendering(result.plan, choice.backend.value, ending.outcomes, films)
    if wish.form == "json":
        show.as_json(to_json(rendering))
    else:
        for line in words(rendering):
            click.echo(line)
    return exit_code(rendering, ending)


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
    return CutOptions(encoder=wish.encoder, quality=quality, check=check, joins=Joins(wish.joins))


def _films(bench: Bench) -> Iterator[Delivery]:
    with screen(0, len(bench.orders)) as shown:
        for order in bench.orders:
            name = order.path.name
            clips = bench.clips(order)
            yield deliver(order, clips, bench.room, lambda event: shown.film(name, event))  # noqa: B023 -- called before the next turn
            shown.film(name, None)


def _explain(bench: Bench, wish: Wish) -> int:
    """Say how each film would be put together, and write nothing."""
    listed: list[dict[str, object]] = []
    for order in bench.orders:
        timeline = timeline_of(order, bench.clips(order), bench.room)
        try:
            plan = prepare(timeline, bench.room.project, bench.room.options).plan
        except CutError as error:
            raise Stop(Exit.ENVIRONMENT, f"{order.path}: {error}") from error
        listed.append({"path": str(order.path), **plan_to_json(plan)})
        if wish.form == "text":
            click.echo(f"{order.path}\n{explain(plan)}")
    if wish.form == "json":
        show.as_json({"version": 1, "films": listed})
    return Exit.OK

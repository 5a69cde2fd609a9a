"""Lay out the films of a storyboard from the clips that are there, as everything shows them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from storyboard.cut import CutOptions, Timeline
from storyboard.delivery import Order, timeline_of
from storyboard.pipeline import Ask
from storyboard.session.backend_choice import NONE
from storyboard.session.clips import Clips, get_clips
from storyboard.session.compile_ask import compiled, plan_of
from storyboard.session.production import Production, produce


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A film, and what is seen and heard in it when. A shot without a clip has a slate."""

    order: Order
    timeline: Timeline


def timelines(production: Production, clips: Clips) -> Iterator[LaidOut]:
    """Lay out every film of a production from its clips, each when it is asked for."""
    for order in production.orders:
        yield LaidOut(order, timeline_of(order, clips.of(order), production.room))


def kept_timelines(ask: Ask) -> tuple[LaidOut, ...]:
    """Compile a storyboard, take the clips that are kept, and lay out its films.

    Nothing is rendered, drawn or paid for, and no film is written.

    Raises:
        SessionError: if the storyboard has errors, or its files or store cannot be read.
    """
    result = compiled(ask, NONE)
    made = produce(result, plan_of(result), NONE, films_folder(ask), CutOptions())
    return tuple(timelines(made, get_clips(made)))


def films_folder(ask: Ask) -> Path:
    """Return where films go unless something else is asked for: `build/` beside the storyboard."""
    return ask.storyboard.parent / "build"

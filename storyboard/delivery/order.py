"""The films of a plan to orders: what is to be made, and what its file is called."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from storyboard.model import Output
from storyboard.plan import Film, film_name


@dataclass(frozen=True, slots=True)
class Order:
    """One film to be made: which, for which output, and where it goes."""

    film: Film
    output: Output
    path: Path


def orders(films: tuple[Film, ...], folder: Path, suffix: str) -> tuple[Order, ...]:
    """Name every film: `first-cup.mp4`, its further outputs `first-cup.vertical.mp4`.

    `suffix` sets films apart that are not the paid ones: `animatic` makes it
    `first-cup.animatic.mp4`. A variation's films bear its name in place of the storyboard's.
    """
    return tuple(
        Order(film, output, folder / f"{name}.mp4")
        for film in films
        for output, name in _names(film, suffix)
    )


def _names(film: Film, suffix: str) -> Iterator[tuple[Output, str]]:
    for output in film.storyboard.outputs:
        if output.name in film.outputs:
            name = film_name(film.variation, film.storyboard, output)
            yield output, f"{name}.{suffix}" if suffix else name

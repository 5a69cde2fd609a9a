"""Name the files of films, and find those that would share a file, or fit on no disk."""

from collections.abc import Iterable, Iterator

from storyboard.diagnostics import Code, Diagnostic, Related, Severity
from storyboard.model import LONGEST, Output, Storyboard, as_on_disk
from storyboard.plan.planned import Wanted

SAME_FILE = Code("SB626")
LONG_NAME = Code("SB627")

_MOST = LONGEST - len(".rehearsal.mp4") - len("..9999999-9999999.part")
"""Bytes of a film's name: it may be a rehearsal's, and is written as a temporary file first."""


def film_name(variation: str | None, storyboard: Storyboard, output: Output) -> str:
    """Name a film after its variation, or its storyboard; further outputs add their own name."""
    first = storyboard.outputs[0].name
    parts = [variation or storyboard.name]
    return ".".join([*parts, output.name] if output.name != first else parts)


def film_label(variation: str | None, storyboard: Storyboard) -> str:
    """Name a film as the journal does: `first-cup`, or `first-cup/VARIATION`."""
    return f"{storyboard.name}/{variation}" if variation else storyboard.name


def wrong_film_names(wanted: Iterable[Wanted]) -> Iterator[Diagnostic]:
    """Find films that would be written over each other, and names that are too long.

    Two variations, or two outputs, of one name are told where they are named.
    """
    seen: dict[str, tuple[tuple[str, str], Output]] = {}
    for film in wanted:
        for output in film.storyboard.outputs:
            if output.name not in film.outputs:
                continue
            name = film_name(film.variation, film.storyboard, output)
            own = as_on_disk(film.variation or ""), as_on_disk(output.name)
            other, first = seen.setdefault(as_on_disk(name), (own, output))
            if other != own:
                yield _error(
                    SAME_FILE,
                    output,
                    f"two films would be one file, `{name}.mp4`",
                    "give an output or a variation another name",
                    *([Related("the first one", first.span)] if first.span != output.span else []),
                )
            if len(name.encode("utf-8", "surrogatepass")) > _MOST:
                yield _error(
                    LONG_NAME,
                    output,
                    f"the name of a film's file is too long: `{name[:40]}…`",
                    "shorten the name of the output, of the variation, or of the storyboard's file",
                )


def _error(code: Code, output: Output, message: str, help_: str, *near: Related) -> Diagnostic:
    return Diagnostic(code, Severity.ERROR, message, output.span, help_, near)

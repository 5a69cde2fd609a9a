"""Two things of one list with the same name."""

from collections.abc import Iterable, Iterator

from storyboard.check.finding import error, place
from storyboard.check.reading import child, items, text
from storyboard.check.rule import FILM, rule
from storyboard.check.subject import Subject
from storyboard.diagnostics import Code, Column, Diagnostic, Related
from storyboard.model import as_on_disk
from storyboard.source import Node

CODE = Code("SB208")


@rule(FILM, Column.OTHER, CODE)
def ids_unique(subject: Subject) -> Iterator[Diagnostic]:
    """Find scenes, shots of a scene and outputs whose names are equal.

    Case does not count, nor how an accent is written: names become names of files, and some disks
    do not tell them apart.
    """
    scenes = subject.outline.scenes
    yield from _twice("scene", ((one.id, one.node) for one in scenes), "id")
    for scene in scenes:
        yield from _twice("shot", ((one.id, one.node) for one in scene.shots), "id")
    outputs = items(subject.outline.root.get("outputs"))
    named = ((text(child(one, "name")), one) for one in outputs)
    yield from _twice("output", ((name, one) for name, one in named if name), "name")


def _twice(what: str, named: Iterable[tuple[str, Node]], key: str) -> Iterator[Diagnostic]:
    seen: dict[str, tuple[str, Node]] = {}
    for name, node in named:
        own = child(node, key)
        where = own or node
        if as_on_disk(name) not in seen:
            seen[as_on_disk(name)] = (name, where)
            continue
        other, first = seen[as_on_disk(name)]
        also = [Related(f"the first {what} of that name", place(first))]
        help_ = "give one of them another name"
        if place(first) == place(where):
            also = []
            help_ = (
                f'with `each`, put what differs into its name: `{key}: "{name}-{{{{ item }}}}"`; '
                "write out what an alias repeats"
            )
        elif own is None:
            help_ = f"this one is `{name}` by its place in the list: give it an `{key}`"
        yield error(CODE, where, _message(what, name, other), help_, *also)


def _message(what: str, name: str, first: str) -> str:
    if name == first:
        return f"there are two {what}s `{name}`"
    if name.casefold() == first.casefold():
        both = f"the {what}s `{first}` and `{name}` differ only in capitals"
        return f"{both}; some disks do not tell them apart"
    return f"the {what}s `{first}` and `{name}` differ only in how an accent is written"

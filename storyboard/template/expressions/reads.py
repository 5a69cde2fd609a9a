"""Tell what a text has to render: whether there is an expression in it, and which names it reads.

It loads nothing that parses: most storyboards have no expression, and wait for no parser.
"""

from dataclasses import dataclass

ROW = "row"
_MARKS = ("{{", "{%", "{#")


def is_template(text: str) -> bool:
    """Tell whether a text has anything to render."""
    return any(mark in text for mark in _MARKS)


@dataclass(frozen=True, slots=True)
class Read:
    """One reading of a name, or with `column` of a constant column of `row`.

    `guarded`: the text has an answer where there is no such name (`default`, `is defined`).
    `tested`: it only decides (`if`, before an `or`), or such a test stands over it, so that empty
    is no surprise.
    """

    name: str
    column: str | None = None
    guarded: bool = False
    tested: bool = False


@dataclass(frozen=True, slots=True)
class Reads:
    """Everything a text reads, in its order."""

    all: tuple[Read, ...]

    @property
    def names(self) -> frozenset[str]:
        """Every name that is read, `row` among them."""
        return frozenset(read.name for read in self.all)

"""A stretch of text in a file, as people count it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Where something stands.

    Lines and columns start at 1; columns count Unicode code points; the end is exclusive.
    `file` is the path as the user gave it, or relative to the folder the program runs in.
    """

    file: str
    line: int
    column: int
    end_line: int
    end_column: int

"""Recognise what git leaves in a file instead of its content: LFS pointers, conflict markers."""

import re

from storyboard.diagnostics import Diagnostic, Related, Severity, Span
from storyboard.source.codes import LFS_POINTER, UNFINISHED_MERGE
from storyboard.source.text import Lines

IS_POINTER = "is a Git LFS pointer"
PULL = "run `git lfs pull`"
"""What brings the content that a pointer stands for."""

_POINTERS = tuple(
    f"version https://{host}.github.com/spec/".encode() for host in ("git-lfs", "hawser")
)
"""How pointers of today and of the first releases begin."""

_MARKER = re.compile(
    r"(?:(?<=[\r\n])|\A)(?:(?:<{7}|\|{7}|>{7})(?![^ \r\n])|={7}(?![^\r\n]))[^\r\n]*"
)
_SIDES = ("<<<<<<<", ">>>>>>>")
_OTHERS_SHOWN = 2


def is_lfs_pointer(head: bytes) -> bool:
    """Tell whether a file that begins with these bytes is a pointer; 64 are enough."""
    return head.startswith(_POINTERS)


def pointer_found(file: str) -> Diagnostic:
    """Say that a file of text is a pointer."""
    message = f"`{file}` {IS_POINTER}"
    return Diagnostic(LFS_POINTER, Severity.ERROR, message, Span(file, 1, 1, 1, 1), PULL)


def unfinished_merge(lines: Lines) -> Diagnostic | None:
    """Find the conflict markers of a merge: one finding for all of them.

    A line of seven `=` alone is not one: it may be an underline in a cell.
    """
    if not any(side in lines.text for side in _SIDES):
        return None  # most files: they are not searched line by line
    found = [*_MARKER.finditer(lines.text)]
    if not any(one[0].startswith(_SIDES) for one in found):
        return None
    spans = [lines.span(one.start(), one.start() + len(one[0].rstrip())) for one in found]
    first, *others = spans[: 1 + _OTHERS_SHOWN]
    return Diagnostic(
        UNFINISHED_MERGE,
        Severity.ERROR,
        "an unfinished git merge: this line is a conflict marker",
        first,
        "keep one side or join both, and delete the lines that begin with `<<<<<<<`, `=======` "
        "and `>>>>>>>`",
        tuple(Related("also a conflict marker", one) for one in others),
    )

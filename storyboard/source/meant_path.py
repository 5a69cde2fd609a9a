"""Write the path of a file as the text that named another one should have it."""

from posixpath import dirname, isabs, relpath
from unicodedata import normalize

from storyboard.source.node import Scalar


def did_you_mean(at: Scalar, found: str) -> str:
    """Suggest a file to whoever named a missing one; it is written from the same folder.

    `found` is relative to the folder that the program runs in, or absolute.
    """
    written = str(at.value)
    path = found if isabs(written) else relpath(found, dirname(at.span.file) or ".")
    why = ""
    if "\\" in written:
        why = " Write `/` between folders"
    elif _same_letters(path, written):
        why = " Capitals count in paths"
    return f"did you mean `{path}`?{why}"


def _same_letters(one: str, other: str) -> bool:
    return normalize("NFC", one).casefold() == normalize("NFC", other).casefold()

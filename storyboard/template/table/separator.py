"""Guess the sign between a table's cells from its rows."""

import re
from collections import Counter
from collections.abc import Sequence

CANDIDATES = "\t;|,"
"""The signs that may stand between cells: of two that fit, the one that texts hold more rarely."""
_SEP = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_QUOTED = re.compile(r'(?<![^,;\t|\r\n ])"[^"]*(?:""[^"]*)*"')
_LINE_END = re.compile(r"\r\n?|\n")
_LOOKED_AT = 100_000
"""Characters at the head of a table that tell its separator."""
_SEVERAL = 2


def delimiter_of(text: str, file: str, header: int = 1) -> tuple[str, int]:
    """Find the sign between cells, and where the table begins (after Excel's `sep=;`).

    It is the one that parts most rows into equally many cells. A sign that the row with the headers
    lacks is taken only if that row has no sign that parts another row alike.
    """
    if told := _SEP.match(text):
        return told[1], told.end()
    if file.lower().endswith((".tsv", ".tab")):
        return "\t", 0
    head = text[:_LOOKED_AT]
    lines = _LINE_END.split(_QUOTED.sub(lambda one: one[0][:2], head))
    if len(text) > _LOOKED_AT and len(lines) > _SEVERAL:
        lines.pop()  # it may be cut in two
    rows = [one for one in lines[header - 1 :] if one.strip(f" {CANDIDATES}")]
    rows = [one for one in rows if not one.startswith(("#", '"#'))] or rows
    if not rows or not any(sign in rows[0] for sign in CANDIDATES):
        return ",", 0
    return max(CANDIDATES, key=lambda sign: _fit(sign, rows)), 0


def _fit(sign: str, rows: Sequence[str]) -> tuple[bool, int]:
    """Rate a sign: whether it also parts the headers, and how many rows it parts alike."""
    counts = Counter(count for one in rows if (count := one.count(sign)))
    equal = max(counts.values(), default=0)
    return sign in rows[0] and (equal > 1 or len(rows) == 1), equal

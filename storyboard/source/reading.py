"""A file's bytes to a document: decoded, parsed, lowered, and all that is wrong with it found."""

from dataclasses import dataclass

from storyboard.diagnostics import Diagnostic, Result, Severity, Span, in_order
from storyboard.source.breaks import Finding
from storyboard.source.broken import explain
from storyboard.source.codes import EMPTY, NOT_A_MAPPING, TOO_LARGE
from storyboard.source.events import FASTEST, NotYamlError, Parser, parse
from storyboard.source.git_marks import is_lfs_pointer, pointer_found, unfinished_merge
from storyboard.source.limits import LIMITS, Limits
from storyboard.source.lower import Lowering
from storyboard.source.mask import Mask
from storyboard.source.node import Document, Mapping, Node, Scalar, Sequence
from storyboard.source.spaces import strange_spaces, told, with_spaces
from storyboard.source.text import Lines, decode, unreadable, without_unreadable

BEGIN = "begin it with `storyboard: 1`; `storyboard init` writes a whole one"
"""How a storyboard begins."""

_MOST_REPAIRS = 20
_REPAIRED_CHARACTERS = 4_000_000
"""The text is parsed again after each repair, so that a large one is repaired less often."""


def read(
    data: bytes,
    file: str,
    *,
    limits: Limits = LIMITS,
    parser: Parser = FASTEST,
    begin: str = BEGIN,
) -> Result[Document]:
    """Read a YAML file; `file` is its name as the user gave it.

    `begin` says how such a file begins, to whoever gave one without keys.

    All that is wrong is found at once, as far as that makes sense. Where it is clear what was
    meant (a text that begins with `@` without quotes, a key twice), there is a document beside the
    errors, read as it was meant. Both parsers give the same result.
    """
    if len(data) > limits.bytes:
        return Result(None, (_too_large(file, limits),))
    if is_lfs_pointer(data):
        return Result(None, (pointer_found(file),))
    text = decode(data, file)
    if isinstance(text, Diagnostic):
        return Result(None, (text,))
    lines = Lines(file, text)
    if (merge := unfinished_merge(lines)) is not None:
        return Result(None, (merge,))
    hidden = list(unreadable(lines))
    reading = _read_as_meant(lines, limits, parser)
    found = [*hidden, *reading.found]
    root = reading.root
    if reading.whole and not isinstance(root, Mapping):
        found.append(_wrong_root(root, lines, begin))
    if reading.whole and not hidden and isinstance(root, Mapping):
        return Result(Document(file, root, ((file, text),)), in_order(found))
    return Result(None, in_order(found))


@dataclass(frozen=True, slots=True)
class _Reading:
    """What reading made. `whole`: the root is all that was meant."""

    root: Node | None
    found: tuple[Diagnostic, ...]
    whole: bool


def _read_as_meant(lines: Lines, limits: Limits, parser: Parser) -> _Reading:
    """Read the text; where other spaces than YAML's break it, say so and read it with YAML's."""
    reading = _read_on(lines, limits, parser)
    places = strange_spaces(lines.text) if reading.found else []
    if not places:
        return reading
    meant = _read_on(Lines(lines.file, with_spaces(lines.text, places)), limits, parser)
    if len(meant.found) >= len(reading.found):
        return reading  # they stand in texts, and something else is wrong
    return _Reading(meant.root, (*told(lines, places), *meant.found), meant.whole)


def _read_on(lines: Lines, limits: Limits, parser: Parser) -> _Reading:
    """Lower the text; where it is not YAML, hide what breaks it, and try again."""
    mask = Mask(without_unreadable(lines.text))
    most = min(_MOST_REPAIRS, 2 + _REPAIRED_CHARACTERS // (len(lines.text) + 1))
    broken: list[Diagnostic] = []
    exact = True
    for _ in range(most):
        lowering, error = _lowered(lines, mask, limits, parser)
        if error is None:
            return _Reading(lowering.root, (*broken, *lowering.found), exact and lowering.complete)
        finding = explain(error, lines, mask.text)
        broken.append(finding.diagnostic)
        exact = exact and finding.exact
        if not _repaired(mask, finding):
            break
    return _Reading(None, (*broken, *lowering.found), whole=False)


def _lowered(
    lines: Lines, mask: Mask, limits: Limits, parser: Parser
) -> tuple[Lowering, NotYamlError | None]:
    """Lower the text with the parser asked for; where it breaks, the pure one has the last word.

    The parsers do not break at the same places or with the same words, and here and there one
    takes what the other refuses; asking one of them always makes the results equal.
    """
    lowering = Lowering(lines, mask, limits)
    try:
        text = mask.text if parser is Parser.C else mask.text_for_pure()
        lowering.take_all(parse(text, parser))
    except NotYamlError as error:
        if parser is Parser.PURE:
            return lowering, error
        return _lowered(lines, mask, limits, Parser.PURE)
    return lowering, None


def _repaired(mask: Mask, finding: Finding) -> bool:
    before = mask.text
    mask.hide(finding.hide)
    if finding.comment_out is not None:
        mask.comment_out(finding.comment_out)
    if finding.comma is not None:
        mask.put_comma(finding.comma)
    if finding.blank is not None:
        mask.blank(*finding.blank)
    return mask.text != before


def _wrong_root(root: Node | None, lines: Lines, begin: str) -> Diagnostic:
    match root:
        case None | Scalar(value=None):
            return Diagnostic(
                EMPTY,
                Severity.ERROR,
                "the file is empty",
                Span(lines.file, 1, 1, 1, 1),
                begin,
            )
        case Scalar():
            kind = "one text"
        case Sequence():
            kind = "a list"
        case Mapping():
            kind = "a mapping"
    return Diagnostic(
        NOT_A_MAPPING,
        Severity.ERROR,
        f"the file holds {kind}, not keys with values",
        root.span,
        begin,
    )


def _too_large(file: str, limits: Limits) -> Diagnostic:
    return Diagnostic(
        TOO_LARGE,
        Severity.ERROR,
        f"the file has more than {limits.bytes:,} bytes",
        Span(file, 1, 1, 1, 1),
        "split it with `use:` and `extends:`, or put rows in a table",
    )

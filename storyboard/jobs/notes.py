"""A scene's requests to what a user should know of them though nothing is wrong."""

from collections.abc import Iterator

from storyboard.diagnostics import Code, Diagnostic, Severity
from storyboard.jobs.choose import Entry
from storyboard.jobs.request import Request
from storyboard.jobs.words import Cast, described
from storyboard.model import AspectRatio, Continuity, Line, LocalFile, PictureFacts, PromptShot

_NEAR = 50
"""One part in so many is the difference between two ratios that nobody sees."""


def notes(
    request: Request, cast: Cast, continuity: Continuity, ratio: AspectRatio | None
) -> Iterator[Diagnostic]:
    """Yield notes and warnings on one request."""
    first, model = request.shots[0], request.endpoint.model
    for name in described(request.shots, cast, request.numbers):
        yield _note(
            "SB443",
            f"`{model}` takes no elements: `@{name}` is put into words, its likeness is not held",
            "use a model with elements where the same face or object must come back",
            first,
        )
    if request.entry is Entry.CHAINED and continuity is Continuity.AUTO:
        yield _note(
            "SB444",
            f"shot `{first.name}` goes on from the last frame of the job before it, "
            f"because `{model}` needs a start frame",
            "give the shot a `start` of its own for a new composition, "
            "or say `continuity: chain` if this is what you want",
            first,
        )
    for line in (line for shot in request.shots for line in shot.say):
        yield from _line_notes(line, request)
    if ratio is not None:
        yield from _shape_notes(request, ratio)


def _line_notes(line: Line, request: Request) -> Iterator[Diagnostic]:
    if line.voice is not None and request.endpoint.voices is None:
        yield Diagnostic(
            Code("SB445"),
            Severity.NOTE,
            f"`{request.endpoint.model}` takes no voices: it chooses how `{line.speaker}` sounds",
            line.span,
            "use a model with voices where the same voice must come back",
        )
    letters = [one for one in line.text if one.isalpha()]
    if " " in line.text.strip() and letters and all(one.isupper() for one in letters):
        yield Diagnostic(
            Code("SB447"),
            Severity.NOTE,
            "a line in upper case is read as letters or names",
            line.span,
            "write English speech in lower case; keep upper case for acronyms and names",
        )


def _shape_notes(request: Request, ratio: AspectRatio) -> Iterator[Diagnostic]:
    start = request.shots[0].start
    if request.entry is not Entry.OWN or not isinstance(start, LocalFile):
        return
    facts = start.facts
    if isinstance(facts, PictureFacts):
        shown, wanted = facts.width * ratio.height, facts.height * ratio.width
        if abs(shown - wanted) * _NEAR > wanted:
            yield Diagnostic(
                Code("SB446"),
                Severity.WARNING,
                f"a clip takes its ratio from its start frame: `{start.path}` is "
                f"{facts.width} x {facts.height}, the output wants {ratio}",
                request.shots[0].span,
                "render this output with `fit: crop`, `pad` or `blur`, or give a start frame "
                "of its ratio",
            )


def _note(code: str, message: str, help_: str, shot: PromptShot) -> Diagnostic:
    return Diagnostic(Code(code), Severity.NOTE, message, shot.span, help_)

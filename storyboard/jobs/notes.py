"""Tell what a user should know of a scene's requests, and what their shots lose."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from storyboard.catalogue import Catalogue, VideoEndpoint
from storyboard.diagnostics import Code, Diagnostic, Severity
from storyboard.jobs.cause import Sent, cause
from storyboard.jobs.choose import Entry, endpoints
from storyboard.jobs.request import Request
from storyboard.jobs.words import Cast, described, holds, named
from storyboard.model import (
    AspectRatio,
    Continuity,
    Line,
    LocalFile,
    PictureFacts,
    PromptShot,
    SinglePicture,
)

LIKENESS_LOST = Code("SB443")
START_LOST = Code("SB455")
SOUND_LOST = Code("SB456")

_NEAR = 50
"""One part in so many is the difference between two ratios that nobody sees."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request of a scene. `framed` tells whether a shot before it has a start frame."""

    request: Request
    continuity: Continuity
    catalogue: Catalogue
    cast: Cast
    ratio: AspectRatio | None
    later: bool
    framed: bool

    @property
    def sent(self) -> Sent:
        """Where it is sent."""
        one = self.request
        return Sent(one.shots[0], one.endpoint, one.entry, self.catalogue, self.later)


def notes(asked: Asked) -> Iterator[Diagnostic]:
    """Yield notes on one request, and warnings of what its shots lose."""
    request = asked.request
    first, model = request.shots[0], request.endpoint.model
    yield from _start_lost(asked)
    yield from _likenesses_lost(asked)
    yield from _sound_lost(asked)
    if request.entry is Entry.CHAINED and asked.continuity is Continuity.AUTO:
        yield _note(
            "SB444",
            f"shot `{first.name}` goes on from the last frame of the job before it, "
            f"because `{model}` needs a start frame",
            "give the shot a `start` of its own for a new composition, "
            "or say `continuity: chain` if this is what you want",
            first,
        )
    for line in (line for shot in request.shots for line in shot.say):
        yield from _line_notes(line, asked)
    if asked.ratio is not None:
        yield from _shape_notes(request, asked.ratio)


def _start_lost(asked: Asked) -> Iterator[Diagnostic]:
    """Warn of a job that begins from words alone though a shot before it has a start frame."""
    request, first = asked.request, asked.request.shots[0]
    written = asked.continuity is Continuity.NONE
    if request.entry is not Entry.NONE or not asked.framed or written:
        return
    if any(one.start for one in endpoints(first.settings, asked.catalogue)):
        yield _warning(
            START_LOST,
            f"{_shots(request.shots)} without the start frame of the scene: a request begins "
            f"here, and goes on from the one before it only if `{request.endpoint.model}` needs "
            "a start frame (`continuity: auto`)",
            f"say `continuity: chain`, or give shot `{first.name}` a `start`",
            first,
        )


def _likenesses_lost(asked: Asked) -> Iterator[Diagnostic]:
    request = asked.request
    for name in described(request.shots, asked.cast, request.numbers):
        element = asked.cast.elements[name]
        single = isinstance(element.likeness, SinglePicture)
        what = "pictures of elements" if single else "elements"
        why = cause(asked.sent, what, partial(holds, element=element))
        if why.whole:
            message = f"{why.words}: `@{name}` is put into words, its likeness is not held"
        else:
            inside = [one for one in request.shots if name in named(one)]
            message = (
                f"{_shots(inside)} without the likeness of `@{name}`, which is put into words: "
                f"{why.words}"
            )
        help_ = f"to keep the same face or object, {why.help}"
        yield _warning(LIKENESS_LOST, message, help_, request.shots[0])


def _sound_lost(asked: Asked) -> Iterator[Diagnostic]:
    """Warn of a job without sound, if its shots would have it from another endpoint."""
    request, first = asked.request, asked.request.shots[0]
    if request.endpoint.audio is not None or first.settings.audio is not None:
        return
    if not any(map(_sounds, asked.catalogue.of_model(request.endpoint.model))):
        return
    why = cause(asked.sent, "sound", _sounds)
    yield _warning(
        SOUND_LOST, f"{_shots(request.shots)} without sound: {why.words}", why.help, first
    )


def _sounds(endpoint: VideoEndpoint) -> bool:
    return endpoint.audio is not None and endpoint.audio.default


def _line_notes(line: Line, asked: Asked) -> Iterator[Diagnostic]:
    if line.voice is not None and asked.request.endpoint.voices is None:
        why = cause(asked.sent, "voices", lambda one: one.voices)
        yield Diagnostic(
            Code("SB445"),
            Severity.WARNING,
            f"`{line.speaker}` speaks with whatever voice the model chooses: {why.words}",
            line.span,
            f"to keep the voice, {why.help}; or lay the line over the film as `voiceover`",
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


def _shots(shots: Sequence[PromptShot]) -> str:
    """Begin a sentence on shots: `shot `s/a` is rendered`."""
    names = [f"`{one.name}`" for one in shots]
    if len(names) == 1:
        return f"shot {names[0]} is rendered"
    return f"shots {', '.join(names[:-1])} and {names[-1]} are rendered"


def _warning(code: Code, message: str, help_: str, shot: PromptShot) -> Diagnostic:
    return Diagnostic(code, Severity.WARNING, message, shot.span, help_)


def _note(code: str, message: str, help_: str, shot: PromptShot) -> Diagnostic:
    return Diagnostic(Code(code), Severity.NOTE, message, shot.span, help_)

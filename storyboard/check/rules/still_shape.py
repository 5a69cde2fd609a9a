"""Pictures of which an output shows less than half."""

from collections.abc import Iterator
from fractions import Fraction

from storyboard.check.finding import warning
from storyboard.check.outline import Kind
from storyboard.check.resolve.shape import format_of, outputs_of
from storyboard.check.rule import FILM, rule
from storyboard.check.subject import Subject
from storyboard.diagnostics import Code, Diagnostic
from storyboard.diagnostics.column import Column
from storyboard.model.asset import LocalFile, PictureFacts
from storyboard.model.storyboard import AspectRatio, Fit

CODE = Code("SB313")
_ENOUGH = Fraction(1, 2)
_CROPS = frozenset({Fit.CROP, Fit.RENDER})


@rule(FILM, Column.FILES, CODE)
def still_shape(subject: Subject) -> Iterator[Diagnostic]:
    """Find stills that an output crops to less than half, with nobody saying what must stay."""
    stills = [shot for _, shot in subject.outline.of_kind(Kind.STILL) if shot.get("focus") is None]
    if not stills:
        return
    crops = [one for one in outputs_of(subject, format_of(subject)) if one.fit in _CROPS]
    for shot in stills:
        node = shot.get("still")
        match subject.file(node):
            case LocalFile(facts=PictureFacts() as facts) if node is not None:
                pass
            case _:
                continue
        shown = [(_shown(facts, one.format.aspect_ratio), one) for one in crops]
        least, output = min(shown, key=lambda one: one[0], default=(Fraction(1), None))
        if output is not None and least < _ENOUGH:
            ratio = output.format.aspect_ratio
            message = (
                f"this picture is {facts.width}x{facts.height}: a film of {ratio} shows "
                f"{round(least * 100)} % of it, around its middle"
            )
            help_ = (
                "say what must be seen: `focus: [x, y]`; or take a picture nearer to "
                f"{ratio}, or an output with `fit: pad` or `fit: blur`"
            )
            yield warning(CODE, node, message, help_)


def _shown(picture: PictureFacts, film: AspectRatio) -> Fraction:
    """Return the part of a picture that is left when it fills a film."""
    exact = Fraction(picture.width, max(picture.height, 1))
    wanted = Fraction(film.width, film.height)
    return min(exact / wanted, wanted / exact)

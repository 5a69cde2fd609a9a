"""Find pictures of which an output shows less than half."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from storyboard.check.finding import warning
from storyboard.check.outline import Kind
from storyboard.check.resolve.shape import format_of, outputs_of, snapped
from storyboard.check.rule import FILM, rule
from storyboard.check.rules.start_shape import started
from storyboard.check.subject import Subject
from storyboard.diagnostics import Code, Column, Diagnostic
from storyboard.model import AspectRatio, Fit, LocalFile, PictureFacts
from storyboard.source import Node

CODE = Code("SB313")
_ENOUGH = Fraction(1, 2)
_CROPS = frozenset({Fit.CROP, Fit.RENDER})


@dataclass(frozen=True, slots=True)
class _Cropped:
    """What may be cropped: the picture that says its shape, and what it is in messages."""

    node: Node
    facts: PictureFacts
    what: str
    whose: str


@rule(FILM, Column.FILES, CODE)
def cropped_pictures(subject: Subject) -> Iterator[Diagnostic]:
    """Find what an output crops to less than half, with nobody saying what must stay."""
    film = format_of(subject)
    found = list(_may_be_cropped(subject, film.aspect_ratio))
    if not found:
        return
    crops = [one for one in outputs_of(subject, film) if one.fit in _CROPS]
    for one in found:
        facts = one.facts
        shown = [(_shown(facts, output.format.aspect_ratio), output) for output in crops]
        least, output = min(shown, key=lambda one: one[0], default=(Fraction(1), None))
        if output is not None and least < _ENOUGH:
            ratio = output.format.aspect_ratio
            message = (
                f"this {one.what} is {facts.width}x{facts.height}: a film of {ratio} shows "
                f"{round(least * 100)} % of {one.whose}, around its middle"
            )
            help_ = (
                f"say what must be seen: `focus: [x, y]`; or take a {one.what} nearer to "
                f"{ratio}, or an output with `fit: pad` or `fit: blur`"
            )
            yield warning(CODE, one.node, message, help_)


def _may_be_cropped(subject: Subject, film: AspectRatio) -> Iterator[_Cropped]:
    """Yield stills, and start frames of the film's shape, of shots without a `focus`.

    Start frames of another shape are cropped by every output, which `start_shape` reports.
    """
    for scene in subject.outline.scenes:
        stills = [shot for shot in scene.shots if shot.kind is Kind.STILL]
        shown = [(shot, shot.get("still"), "picture", "it") for shot in stills]
        shown += [(shot, node, "start frame", "its clip") for shot, node in started(scene)]
        for shot, node, what, whose in shown:
            match subject.file(node):
                case LocalFile(facts=PictureFacts() as facts) if shot.get("focus") is None:
                    is_film_s = snapped(facts.width, max(facts.height, 1)) == film
                    if node is not None and (shot.kind is Kind.STILL or is_film_s):
                        yield _Cropped(node, facts, what, whose)
                case _:
                    continue


def _shown(facts: PictureFacts, film: AspectRatio) -> Fraction:
    """Return the part of a picture that is left when it fills a film."""
    exact = Fraction(facts.width, max(facts.height, 1))
    wanted = Fraction(film.width, film.height)
    return min(exact / wanted, wanted / exact)

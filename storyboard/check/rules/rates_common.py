"""Frame rates that no clip has: a film at such a rate only repeats frames."""

from collections.abc import Iterator
from fractions import Fraction

from storyboard.check.finding import warning
from storyboard.check.form import frame_rate
from storyboard.check.outline import Kind
from storyboard.check.reading import child, items
from storyboard.check.rule import FILM, rule
from storyboard.check.subject import Subject
from storyboard.diagnostics import Code, Column, Diagnostic
from storyboard.model import ClipFacts, FrameRate, LocalFile
from storyboard.source import Node

CODE = Code("SB530")

_RENDERED = Fraction(24)
"""What models render."""
_FASTEST = Fraction(60)
"""What cameras and platforms have; of more, the film's own clips are asked."""


@rule(FILM, Column.OTHER, CODE)
def rates_common(subject: Subject) -> Iterator[Diagnostic]:
    """Find rates in the format and the outputs above 60 and above those of the film's clips."""
    root = subject.outline.root
    for node in (root.get("format"), *items(root.get("outputs"))):
        written = child(node, "fps")
        rate = frame_rate(written)
        if written is not None and rate is not None and rate > _FASTEST:
            yield from _too_fast(subject, written, rate)


def _too_fast(subject: Subject, written: Node, rate: FrameRate) -> Iterator[Diagnostic]:
    rates = sorted(set(_rates(subject)))
    if not rates or rate > rates[-1]:
        listed = " or ".join(_named(one) for one in rates or [_RENDERED])
        yield warning(
            CODE,
            written,
            f"no clip of this film has {_named(rate)} frames a second: they have {listed}",
            f"write `fps: {_named((rates or [_RENDERED])[-1])}`, or leave `fps` out; "
            "more only repeats frames",
        )


def _rates(subject: Subject) -> Iterator[FrameRate]:
    for _, shot in subject.outline.shots:
        if shot.kind is Kind.PROMPT:
            yield _RENDERED
        match subject.file(shot.get("footage")):
            case LocalFile(facts=ClipFacts(fps=fps)) if shot.kind is Kind.FOOTAGE:
                yield fps
            case _:
                continue


def _named(rate: FrameRate) -> str:
    """Write a rate as a storyboard does: `24`, `29.97`."""
    return f"{float(rate):.3f}".rstrip("0").rstrip(".")

"""A document, right or wrong, to the storyboard it means as far as one can tell."""

from functools import partial

from storyboard.check.parts import around_scenes, frame_of
from storyboard.check.reading import child, text
from storyboard.check.resolve.amount import dollars
from storyboard.check.resolve.cut import cut_of
from storyboard.check.resolve.people import elements, voices
from storyboard.check.resolve.shape import format_of, outputs_of, place_of_ratio
from storyboard.check.resolve.shots import scenes_of
from storyboard.check.subject import Subject
from storyboard.model import Storyboard

__all__ = ["resolve"]


def resolve(subject: Subject, name: str) -> Storyboard:
    """Resolve a document, leaving out what cannot be read; rules tell what that is."""
    root, recall = subject.outline.root, subject.memory.recall
    film = format_of(subject)
    frame, around = frame_of(subject), around_scenes(subject)
    return Storyboard(
        name=name,
        title=text(root.get("title")) or name,
        scenes=scenes_of(subject, film.aspect_ratio),
        elements=recall("elements", (around,), partial(elements, around)),
        voices=recall("voices", (around,), partial(voices, around)),
        format=film,
        cut=recall("cut", (frame,), partial(cut_of, frame)),
        outputs=outputs_of(subject, film),
        budget=dollars(child(root.get("budget"), "max")),
        file=subject.document.file,
        budget_each=dollars(child(root.get("budget"), "each")),
        ratio_span=place_of_ratio(subject),
    )

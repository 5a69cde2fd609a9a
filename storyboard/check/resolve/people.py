"""What is written of elements and voices to their values."""

from storyboard.check.assets import AssetKind
from storyboard.check.finding import place
from storyboard.check.reading import child, items, text
from storyboard.check.resolve.files import asset
from storyboard.check.subject import Subject
from storyboard.model import (
    Asset,
    Element,
    ImageReferences,
    KnownVoice,
    Likeness,
    SampledVoice,
    SinglePicture,
    VideoReference,
    Voice,
)
from storyboard.source import Node

_NO_VOICE = KnownVoice("")


def elements(subject: Subject) -> dict[str, Element]:
    """Resolve every element."""
    return {
        name: Element(
            name=name,
            about=text(child(entry.value, "about")) or name,
            likeness=_likeness(subject, entry.value),
            voice=text(child(entry.value, "voice")),
            span=place(entry),
        )
        for name, entry in subject.outline.elements.items()
    }


def voices(subject: Subject) -> dict[str, Voice]:
    """Resolve every voice; one that does not say what it is, which is an error, has a stand-in.

    So every voice that a line may name has a value, and its shot is packed like any other.
    """
    return {name: _voice(subject, entry.value) for name, entry in subject.outline.voices.items()}


def voice_of(subject: Subject, speaker: str) -> str | None:
    """Return the voice that an element or a voice of that name speaks with; None where none is."""
    element = subject.outline.elements.get(speaker)
    named = text(child(element.value, "voice")) if element else None
    for name in (named, speaker):
        if name in subject.outline.voices:
            return name
    return None


def _likeness(subject: Subject, node: Node) -> Likeness | None:
    picture = asset(subject, child(node, "picture"), AssetKind.PICTURE)
    if picture is not None:
        return SinglePicture(picture)
    video = asset(subject, child(node, "video"), AssetKind.CLIP)
    if video is not None:
        return VideoReference(video)
    frontal = asset(subject, child(node, "frontal"), AssetKind.PICTURE)
    if frontal is None:
        return None
    more: list[Asset] = []
    for reference in items(child(node, "references")):
        found = asset(subject, reference, AssetKind.PICTURE)
        more.extend([found] if found else [])
    return ImageReferences(frontal, tuple(more))


def _voice(subject: Subject, node: Node) -> Voice:
    known = text(child(node, "id"))
    if known is not None:
        return KnownVoice(known)
    sample = asset(subject, child(node, "sample"), AssetKind.SOUND)
    return SampledVoice(sample) if sample is not None else _NO_VOICE

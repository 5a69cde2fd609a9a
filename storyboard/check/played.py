"""Find what is played of a part of a storyboard: footage, music and recorded speech."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import assert_never

from storyboard.check.outline import Kind
from storyboard.check.reading import child, one_or_many
from storyboard.check.subject import BareSubject, FrameSubject, PartSubject, ShotSubject
from storyboard.model import ClipFacts, LocalFile, SoundFacts
from storyboard.source import Node, Scalar


@dataclass(frozen=True, slots=True)
class Played:
    """A file that is played, what is known of it, and the number of the sound that is chosen."""

    file: Scalar
    facts: ClipFacts | SoundFacts
    track: Node | None


def played(subject: PartSubject) -> Iterator[Played]:
    """Yield the clips and sounds of a part that are whole."""
    for file, track in _named(subject):
        match file, subject.file(file):
            case Scalar(), LocalFile(facts=ClipFacts() | SoundFacts() as facts):
                yield Played(file, facts, track)
            case _:
                continue


def _named(subject: PartSubject) -> Iterator[tuple[Node | None, Node | None]]:
    match subject:
        case ShotSubject(shot=shot):
            if shot.kind is Kind.FOOTAGE:
                yield shot.get("footage"), shot.get("sound_track")
        case FrameSubject():
            cut = subject.outline.root.get("cut")
            for key in ("music", "voiceover"):
                for sound in one_or_many(child(cut, key)):
                    yield child(sound, "file"), child(sound, "sound_track")
        case BareSubject():
            return
        case _:
            assert_never(subject)

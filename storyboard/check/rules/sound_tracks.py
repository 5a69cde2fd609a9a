"""Find files with several sounds of which none is chosen, and choices of a sound they lack."""

from collections.abc import Iterator

from storyboard.check.finding import error, note
from storyboard.check.played import Played, played
from storyboard.check.reading import count
from storyboard.check.rule import PART, rule
from storyboard.check.subject import PartSubject
from storyboard.diagnostics import Code, Column, Diagnostic
from storyboard.model import ClipFacts, SoundTracks

SEVERAL = Code("SB321")
MISSING = Code("SB322")
_UNNAMED = frozenset({"", "und"})


@rule(PART, Column.FILES, SEVERAL, MISSING)
def sound_tracks(subject: PartSubject) -> Iterator[Diagnostic]:
    """Find files of which one sound of several is heard, and choices that cannot be heard."""
    for one in played(subject):
        tracks = one.facts.tracks
        if one.track is not None:
            yield from _chosen(one, tracks)
        elif tracks is not None and (others := _others(tracks)):
            has = f"`{one.file.value}` has {_listed(tracks)}"
            message = f"{has}; its default, number {tracks.default}, is heard"
            help_ = f"to choose, write `sound_track: {tracks.default}`, or {' or '.join(others)}"
            yield note(SEVERAL, one.file, message, help_)


def _chosen(one: Played, tracks: SoundTracks | None) -> Iterator[Diagnostic]:
    """Find a number that the file has no sound of, or none that can be decoded."""
    number = count(one.track)
    if one.track is None or number is None:
        return  # the schema reports what is not a number
    if tracks is None:
        has = 0 if isinstance(one.facts, ClipFacts) and one.facts.audio_codec is None else 1
        if number > has:
            said = "one sound track" if has else "no sound"
            help_ = "remove `sound_track`"
            yield error(MISSING, one.track, f"`{one.file.value}` has {said}", help_)
    elif number > len(tracks.languages):
        message = f"`{one.file.value}` has {_listed(tracks)}, not {number}"
        yield error(MISSING, one.track, message, f"its default is `{tracks.default}`")
    elif number in tracks.unknown:
        message = f"sound track {number} of `{one.file.value}` is in an unknown coding"
        yield error(MISSING, one.track, message, f"its default is `{tracks.default}`")


def _others(tracks: SoundTracks) -> list[str]:
    """Write the numbers of the sounds that could be heard instead."""
    numbers = range(1, len(tracks.languages) + 1)
    return [f"`{n}`" for n in numbers if n != tracks.default and n not in tracks.unknown]


def _listed(tracks: SoundTracks) -> str:
    """Say how many sounds there are, and in which languages if the file names them."""
    languages = [
        f"{n}: {language}"
        for n, language in enumerate(tracks.languages, 1)
        if language not in _UNNAMED
    ]
    named = f" ({', '.join(languages)})" if languages else ""
    return f"{len(tracks.languages)} sound tracks{named}"

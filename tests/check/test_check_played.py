"""Clips and sounds whose header lies, or that have several sounds, are noted wherever they play."""

import re

import pytest
from checking import checked

from storyboard.diagnostics import Severity
from storyboard.model.storyboard import FootageShot

BOARD = """
#: film.mp4: clip 1920x1080 24fps 4s {clip}
#: song.m4a: sound 30s {song}
#: voice.m4a: sound 3s {voice}
storyboard: 1
scenes:
  - id: s
    shots:
      - {{id: a, footage: film.mp4{track}}}
cut:
  music: {{file: song.m4a{music}}}
  voiceover: [{{file: voice.m4a}}]
"""
FILES = [("clip", "film.mp4", "4s"), ("song", "song.m4a", "30s"), ("voice", "voice.m4a", "3s")]


def board(**parts: str) -> str:
    empty = dict.fromkeys(("clip", "song", "voice", "track", "music"), "")
    return re.sub(" +$", "", BOARD.format(**{**empty, **parts}), flags=re.MULTILINE)


def found(**parts: str) -> list[tuple[str, Severity, str]]:
    told = checked(board(**parts)).diagnostics
    return [(one.code, one.severity, one.message) for one in told]


@pytest.mark.parametrize(("file", "name", "length"), FILES)
def test_a_header_that_gives_another_length_is_noted(file: str, name: str, length: str) -> None:
    said = f"the header of `{name}` says that it is 0.5s long, but it is {length} long"
    assert found(**{file: "header=0.5"}) == [("SB320", Severity.NOTE, said)]
    said = f"the header of `{name}` gives no length, but it is {length} long"
    assert found(**{file: "header=0"}) == [("SB320", Severity.NOTE, said)]


@pytest.mark.parametrize(("file", "name", "_length"), FILES)
def test_several_sounds_are_noted_where_none_is_chosen(file: str, name: str, _length: str) -> None:
    said = f"`{name}` has 2 sound tracks (1: eng, 2: de); its default, number 2, is heard"
    assert found(**{file: "tracks=eng,de*"}) == [("SB321", Severity.NOTE, said)]


def test_what_is_chosen_is_not_noted_and_reaches_the_cut() -> None:
    tracks = {"clip": "tracks=eng,de*", "song": "tracks=*,"}
    text = board(**tracks, track=", sound_track: 1", music=", sound_track: 2")
    result = checked(text)
    assert not result.diagnostics
    assert result.value is not None
    (shot,) = result.value.shots
    assert isinstance(shot, FootageShot)
    assert (shot.track, result.value.cut.music[0].track) == (1, 2)
    assert result.value.cut.voiceover[0].track is None


def test_a_sound_that_cannot_be_decoded_is_no_choice() -> None:
    assert found(clip="tracks=*,?") == []


@pytest.mark.parametrize(
    ("clip", "number", "message"),
    [
        ("tracks=eng,de*", 3, "`film.mp4` has 2 sound tracks (1: eng, 2: de), not 3"),
        ("tracks=*,?", 2, "sound track 2 of `film.mp4` is in an unknown coding"),
        ("", 2, "`film.mp4` has one sound track"),
        ("silent", 1, "`film.mp4` has no sound"),
    ],
)
def test_a_sound_that_is_not_there_is_an_error(clip: str, number: int, message: str) -> None:
    told = found(clip=clip, track=f", sound_track: {number}")
    assert told == [("SB322", Severity.ERROR, message)]


def test_only_footage_has_sounds_to_choose_from() -> None:
    text = board().replace("footage: film.mp4", "still: a.png, duration: 2s, sound_track: 1")
    assert [one.code for one in checked(text).diagnostics] == ["SB109"]

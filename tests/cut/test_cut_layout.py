"""Shots, clips and an output become frames that add up exactly."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storyboard.catalogue.endpoint import EndpointId, Mode
from storyboard.cut.film_shape import Used, film_shape
from storyboard.cut.layout import lay_out
from storyboard.cut.placed import ShotClip
from storyboard.cut.timeline import ClipSource, SlateSource, StillSource, Timeline
from storyboard.diagnostics import Span
from storyboard.jobs.job import ClipJob, JobDigest, JobId, JobShot
from storyboard.model.asset import ClipFacts, FileDigest, LocalFile, PictureFacts, SoundFacts
from storyboard.model.clip import Clip, ClipDigest
from storyboard.model.cut import (
    CUT,
    Cut,
    Look,
    Music,
    Place,
    Title,
    TitleStyle,
    Transition,
    TransitionKind,
)
from storyboard.model.money import Usd
from storyboard.model.storyboard import (
    AspectRatio,
    Captions,
    Continuity,
    Fit,
    FootageShot,
    Format,
    Line,
    Move,
    Output,
    Pack,
    PromptShot,
    Scene,
    Settings,
    Shot,
    ShotName,
    Size,
    StillShot,
    Storyboard,
)

SPAN = Span("film.yaml", 1, 1, 1, 2)
WIDE = AspectRatio(16, 9)
SETTINGS = Settings("kling-v3-pro", None, "", None, WIDE)
PLAIN = Look(CUT, (), None)
DIGEST = JobDigest("d" * 64)
KLING = ClipFacts("mp4", 1916, 1080, Fraction(24), Fraction(10), "h264", "aac")


def local(path: str, facts: ClipFacts | PictureFacts | SoundFacts) -> LocalFile:
    return LocalFile(path, FileDigest("f" * 64), 1, facts)


def prompted(
    name: str, seconds: Fraction, look: Look = PLAIN, say: Sequence[str] = ()
) -> PromptShot:
    lines = tuple(Line("mara", None, text, SPAN) for text in say)
    return PromptShot(ShotName(name), seconds, (), SETTINGS, None, None, lines, look, SPAN)


def still(name: str, seconds: Fraction, look: Look = PLAIN) -> StillShot:
    picture = local("card.png", PictureFacts("PNG", 800, 800))
    return StillShot(ShotName(name), seconds, picture, Move.IN, (), look, SPAN)


def coming(kind: TransitionKind, seconds: str) -> Look:
    return Look(Transition(kind, Fraction(seconds)), (), None)


def board(shots: Sequence[Shot], music: tuple[Music, ...] = ()) -> Storyboard:
    cut = Cut(music, (), None, None, None)
    scene = Scene("scene", None, tuple(shots), Pack.SCENE, Continuity.AUTO, SPAN)
    output = OUTPUT
    return Storyboard(
        "film", "Film", (scene,), {}, {}, output.format, cut, (output,), None, "film.yaml"
    )


OUTPUT = Output("wide", Format(WIDE, None, None), Fit.CROP, Captions.SIDECAR, SPAN)


def job(*shots: tuple[str, int, str]) -> ClipJob:
    """A job of shots: name, seconds asked, seconds used."""
    at = 0
    made: list[JobShot] = []
    for name, asked, used in shots:
        made.append(JobShot(ShotName(name), Fraction(at), asked, Fraction(used), ""))
        at += asked
    return ClipJob(
        JobId("scene"),
        DIGEST,
        "kling-v3-pro",
        EndpointId("fal-ai/kling"),
        tuple(made),
        at,
        Mode.SILENT,
        {},
        Usd(Decimal(1)),
        (),
        1,
        "the scene begins",
    )


def laid(storyboard: Storyboard, *jobs: ClipJob, output: Output = OUTPUT) -> Timeline:
    clip = Clip(ClipDigest("c" * 64), Path("clip.mp4"), KLING)
    shown = {shot.name: ShotClip(clip, shot.start) for one in jobs for shot in one.shots}
    return lay_out(storyboard, output, shown, Path("project"))


def test_shots_that_go_on_in_one_clip_are_one_piece() -> None:
    shots = [prompted("s/1", Fraction(3)), prompted("s/2", Fraction(4))]
    film = laid(board(shots), job(("s/1", 3, "3"), ("s/2", 4, "4")))
    assert [piece.shots for piece in film.pieces] == [("s/1", "s/2")]
    assert film.frames == 7 * 24
    assert film.shape.size == Size(1916, 1080)


def test_a_trimmed_shot_parts_them() -> None:
    shots = [prompted("s/1", Fraction(5, 2)), prompted("s/2", Fraction(4))]
    film = laid(board(shots), job(("s/1", 3, "2.5"), ("s/2", 4, "4")))
    assert [piece.start for piece in film.pieces] == [0, 60]
    second = film.pieces[1].source
    assert isinstance(second, ClipSource)
    assert second.start == 3


def test_a_transition_parts_them_and_overlaps() -> None:
    shots = [
        prompted("s/1", Fraction(3)),
        prompted("s/2", Fraction(4), coming(TransitionKind.CROSSFADE, "0.5")),
    ]
    film = laid(board(shots), job(("s/1", 3, "3"), ("s/2", 4, "4")))
    assert [(one.start, one.frames, one.overlap) for one in film.pieces] == [
        (0, 72, 0),
        (60, 96, 12),
    ]
    assert film.duration == Fraction(13, 2)


def test_a_job_without_a_clip_is_a_slate_that_says_why() -> None:
    storyboard = board([prompted("s/1", Fraction(3))])
    film = lay_out(storyboard, OUTPUT, {ShotName("s/1"): "refused for its words"}, Path())
    assert film.pieces[0].source == SlateSource("s/1", "refused for its words")
    assert film.shape.size == Size(1920, 1080)
    assert film.shape.fps == 24


def test_stills_and_footage_are_files_of_the_project() -> None:
    clip = local("shots/take.mp4", KLING)
    footage = FootageShot(ShotName("s/2"), Fraction(2), clip, Fraction(1), PLAIN, SPAN)
    film = laid(board([still("s/1", Fraction(1)), footage]))
    first, second = (piece.source for piece in film.pieces)
    assert first == StillSource(Path("project/card.png"), Move.IN)
    assert second == ClipSource(Path("project/shots/take.mp4"), KLING, Fraction(1))


@given(
    st.lists(
        st.tuples(st.fractions(Fraction(4, 5), 6, max_denominator=60), st.booleans()),
        min_size=1,
        max_size=40,
    ),
    st.sampled_from([Fraction(24), Fraction(25), Fraction(24000, 1001), Fraction(30)]),
)
def test_pieces_follow_each_other_without_a_hole_or_drift(
    shots: list[tuple[Fraction, bool]], fps: Fraction
) -> None:
    look = coming(TransitionKind.CROSSFADE, "0.4")
    made = [
        still(f"s/{n}", s, look if mixed and n else PLAIN) for n, (s, mixed) in enumerate(shots)
    ]
    output = Output("o", Format(WIDE, None, fps), Fit.CROP, Captions.OFF, SPAN)
    film = laid(board(made), output=output)
    end = 0
    for piece in film.pieces:
        assert piece.start == end - piece.overlap
        assert piece.frames > piece.overlap or piece.frames == piece.overlap > 0
        end = piece.start + piece.frames
    assert film.frames == end
    mixes = sum(mixed for _, mixed in shots[1:])
    exact = sum((seconds for seconds, _ in shots), Fraction(0)) - mixes * Fraction("0.4")
    assert abs(film.duration - exact) * fps <= 1


def test_three_pictures_never_mix() -> None:
    look = coming(TransitionKind.CROSSFADE, "2")
    film = laid(board([still(f"s/{n}", Fraction(1), look if n else PLAIN) for n in range(4)]))
    covered = [0] * film.frames
    for piece in film.pieces:
        for at in range(piece.start, piece.start + piece.frames):
            covered[at] += 1
    assert max(covered) == 2
    assert min(covered) >= 1


def test_titles_stand_at_their_time_in_the_film() -> None:
    title = Title("Hi", Fraction(1, 2), Fraction(9), TitleStyle("t", Place.TOP), SPAN)
    look = Look(CUT, (title,), None)
    film = laid(board([still("s/1", Fraction(1)), still("s/2", Fraction(2), look)]))
    assert [(one.start, one.frames) for one in film.titles] == [(36, 36)]


def test_lines_share_their_shot_by_length() -> None:
    film = laid(board([prompted("s/1", Fraction(3), say=["four", "twelve chars"])]))
    assert [(one.start, one.end) for one in film.captions] == [
        (Fraction(0), Fraction(3, 4)),
        (Fraction(3, 4), Fraction(3)),
    ]


def test_a_caption_stands_for_what_is_said() -> None:
    shot = prompted("s/1", Fraction(3), Look(CUT, (), "All at once"), ["one", "two"])
    assert [one.text for one in laid(board([shot])).captions] == ["All at once"]


def test_music_ends_with_the_film() -> None:
    song = local("song.mp3", SoundFacts("mp3", Fraction(60), 44100, 2))
    zero = Fraction(0)
    music = Music(song, Decimal(-18), Decimal(8), zero, Fraction(1), Fraction(10), SPAN)
    film = laid(board([still("s/1", Fraction(5))], (music,)))
    assert [(one.at, one.start, one.duration) for one in film.music] == [(0, 10, 5)]


def used(width: int, height: int, fps: int, seconds: int) -> Used:
    facts = ClipFacts("mp4", width, height, Fraction(fps), Fraction(9), "h264", None)
    return Used(facts, Fraction(seconds))


@pytest.mark.parametrize(
    ("ratio", "clips", "size", "fps"),
    [
        (WIDE, [], Size(1920, 1080), 24),
        (AspectRatio(9, 16), [], Size(1080, 1920), 24),
        (WIDE, [used(1916, 1080, 24, 5), used(1280, 720, 30, 9)], Size(1280, 720), 30),
        (WIDE, [used(1916, 1080, 24, 5), used(1080, 1920, 30, 4)], Size(1916, 1080), 24),
        (AspectRatio(9, 16), [used(1916, 1080, 24, 5)], Size(1080, 1920), 24),
        (AspectRatio(1, 1), [used(1916, 1080, 25, 5)], Size(1080, 1080), 25),
        (AspectRatio(3, 4), [used(828, 1108, 24, 5)], Size(828, 1108), 24),
    ],
)
def test_what_is_left_open_is_what_most_of_the_film_has(
    ratio: AspectRatio, clips: list[Used], size: Size, fps: int
) -> None:
    shape = film_shape(Format(ratio, None, None), clips)
    assert (shape.size, shape.fps) == (size, fps)


@pytest.mark.parametrize(
    ("rate", "fps"),
    [
        ("2100/89", "24"),
        ("29.61", "30"),
        ("30.4", "30"),
        ("57.3", "60"),
        ("24000/1001", "24000/1001"),
        ("60000/1001", "60000/1001"),
        ("15", "15"),
        ("25/2", "25/2"),
    ],
)
def test_a_rate_that_is_an_average_becomes_one_that_films_have(rate: str, fps: str) -> None:
    """Phones and screens are filmed unevenly."""
    facts = ClipFacts("mp4", 1920, 1080, Fraction(rate), Fraction(9), "h264", None)
    shape = film_shape(Format(WIDE, None, None), [Used(facts, Fraction(3))])
    assert shape.fps == Fraction(fps)


def test_what_is_named_is_exactly_that() -> None:
    wanted = Format(WIDE, Size(1280, 720), Fraction(25))
    shape = film_shape(wanted, [used(1916, 1080, 24, 5)])
    assert (shape.size, shape.fps) == (Size(1280, 720), 25)


@pytest.mark.parametrize(
    ("kind", "overlap"), [(TransitionKind.FADE_BLACK, 12), (TransitionKind.CROSSFADE, 0)]
)
def test_only_out_of_a_plain_colour_can_a_film_begin(kind: TransitionKind, overlap: int) -> None:
    shots = [still("s/1", Fraction(2), coming(kind, "1/2")), still("s/2", Fraction(1))]
    film = laid(board(shots))
    first, second = film.pieces
    assert (first.start, first.frames, first.overlap) == (0, 48, overlap)
    assert first.transition.kind is (kind if overlap else TransitionKind.CUT)
    assert (second.start, film.frames) == (48, 72)


def test_a_fade_at_the_beginning_leaves_its_time_to_itself() -> None:
    looks = [coming(TransitionKind.FADE_BLACK, "3/2"), coming(TransitionKind.CROSSFADE, "1")]
    shots = [still(f"s/{n}", Fraction(2), look) for n, look in enumerate(looks)]
    assert [piece.overlap for piece in laid(board(shots)).pieces] == [36, 12]

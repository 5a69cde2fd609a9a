"""A film's packets are those meant, where and when they are meant to be."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from film_damage import Good

from storyboard.cut.proof.film_packets import Compared, compare
from storyboard.media.aac import AacTrack
from storyboard.media.film import FilmPicture, write_film
from storyboard.media.film_tables import read_tables

Written = tuple[FilmPicture, AacTrack]


def compared(film: Path, one: Good) -> Compared:
    tables = read_tables(film).tracks
    return compare(film, one.meant.picture, one.meant.digests, one.meant.sound, tables)


def test_a_film_that_is_right_has_all_packets(hard: Good, faded: Good, trimmed: Good) -> None:
    for one in (hard, faded, trimmed):
        found = compared(one.film, one)
        assert (found.foreign, found.misplaced, found.faults) == ([], [], [])
        assert found.pictures == one.timeline.frames
        assert found.sounds == len(one.meant.sound.sizes)


def test_a_packet_that_is_not_the_one_meant_is_named_by_its_frame(
    tmp_path: Path, hard: Good
) -> None:
    track = read_tables(hard.film).tracks[0]
    data = bytearray(hard.film.read_bytes())
    data[track.places[33] + 30] ^= 4
    (tmp_path / "film.mp4").write_bytes(data)
    found = compared(tmp_path / "film.mp4", hard)
    assert found.foreign == [hard.meant.picture.frames[33].shown]


def reordered(picture: FilmPicture, sound: AacTrack) -> Written:
    frames = list(picture.frames)
    frames[3] = replace(frames[3], shown=frames[4].shown)
    frames[4] = replace(frames[4], shown=picture.frames[3].shown)
    return replace(picture, frames=frames), sound


def slower(picture: FilmPicture, sound: AacTrack) -> Written:
    return replace(picture, fps=Fraction(12)), sound


@pytest.mark.parametrize("change", [reordered, slower])
def test_packets_that_come_at_another_time_are_named(
    tmp_path: Path, hard: Good, change: Callable[[FilmPicture, AacTrack], Written]
) -> None:
    picture, sound = change(hard.meant.picture, hard.meant.sound)
    write_film(picture, sound, tmp_path / "film.mp4")
    found = compared(tmp_path / "film.mp4", hard)
    assert found.misplaced
    assert not found.foreign


def other_sets(picture: FilmPicture, sound: AacTrack) -> Written:
    sets = picture.sets
    return replace(picture, sets=replace(sets, pps=sets.pps[:1])), sound


def shorter(picture: FilmPicture, sound: AacTrack) -> Written:
    return picture, replace(sound, sizes=sound.sizes[:-3])


def shifted(picture: FilmPicture, sound: AacTrack) -> Written:
    return picture, replace(sound, priming=0)


def other_coding(picture: FilmPicture, sound: AacTrack) -> Written:
    return picture, replace(sound, config=b"\x12\x10")


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (other_sets, "its parameter sets are not those of what it was made from"),
        (other_coding, "its sound is not coded as it was"),
        (shifted, "its sound is heard at the wrong time, from 0.00s on"),
    ],
)
def test_sets_and_sound_are_those_meant(
    tmp_path: Path,
    hard: Good,
    change: Callable[[FilmPicture, AacTrack], Written],
    fault: str,
) -> None:
    picture, sound = change(hard.meant.picture, hard.meant.sound)
    write_film(picture, sound, tmp_path / "film.mp4")
    (found,) = compared(tmp_path / "film.mp4", hard).faults
    assert found == fault


def test_sound_that_is_cut_short_has_fewer_packets(tmp_path: Path, hard: Good) -> None:
    write_film(*shorter(hard.meant.picture, hard.meant.sound), tmp_path / "film.mp4")
    assert compared(tmp_path / "film.mp4", hard).sounds == len(hard.meant.sound.sizes) - 3


def test_sound_that_is_not_what_was_mixed_is_named_by_its_moment(
    tmp_path: Path, hard: Good
) -> None:
    track = read_tables(hard.film).tracks[1]
    data = bytearray(hard.film.read_bytes())
    data[track.places[95] + 30] ^= 4
    (tmp_path / "film.mp4").write_bytes(data)
    found = compared(tmp_path / "film.mp4", hard)
    assert found.faults == ["its sound is not what was mixed, from 2.01s on"]

"""Joins are decoded in the film where a short group is before them."""

from dataclasses import replace
from pathlib import Path

import pytest
from film_damage import Good, viewings

from storyboard.cut.proof.joins import Join, JoinedFilm, joins
from storyboard.cut.proof.viewing import packet_digest
from storyboard.media.film_tables import read_tables


def test_a_join_behind_a_long_group_is_left_out(hard: Good) -> None:
    meant = hard.meant
    # 60 frames of one group; of groups of 10, and what follows; of one group; of single pictures.
    assert list(joins(meant.picture, meant.stretches)) == [Join(110, 124)]


def test_joins_that_touch_are_one(trimmed: Good) -> None:
    meant = trimmed.meant
    assert list(joins(meant.picture, meant.stretches)) == [Join(39, 44), Join(60, 71)]


def test_across_a_join_pictures_are_what_they_were(hard: Good) -> None:
    meant = hard.meant
    places = read_tables(hard.film).tracks[0].places
    film = JoinedFilm(hard.film, places, meant.picture, meant.digests)
    seen = film.view(Join(110, 124), viewings(hard.folder))
    assert [n for n, _ in seen.looks] == list(range(110, 124))
    assert not seen.damaged | seen.lost | seen.misplaced


def test_what_is_decoded_otherwise_once_joined_is_seen(tmp_path: Path, hard: Good) -> None:
    """Parameter sets of another stream under the same id, say."""
    meant = hard.meant
    places = read_tables(hard.film).tracks[0].places
    at, size = places[112], meant.picture.frames[112].size
    data = bytearray(hard.film.read_bytes())
    data[at + size // 2 : at + size] = bytes(size - size // 2)
    (tmp_path / "film.mp4").write_bytes(data)
    digests = list(meant.digests)
    digests[112] = packet_digest(bytes(data[at : at + size]))
    film = JoinedFilm(tmp_path / "film.mp4", places, meant.picture, digests)
    before = JoinedFilm(hard.film, places, meant.picture, meant.digests)
    one, other = (
        film.view(Join(110, 124), viewings(hard.folder)),
        before.view(Join(110, 124), viewings(hard.folder)),
    )
    assert one.looks != other.looks


def test_the_film_must_have_the_packets_meant(hard: Good) -> None:
    meant = hard.meant
    places = read_tables(hard.film).tracks[0].places
    digests = (*meant.digests[:112], b"other", *meant.digests[113:])
    film = JoinedFilm(hard.film, places, replace(meant.picture), digests)
    with pytest.raises(OSError, match="has changed"):
        film.view(Join(110, 124), viewings(hard.folder))

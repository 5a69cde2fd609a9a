"""What a film was made from is known again, and nothing else is taken for it."""

import os
from pathlib import Path

from storyboard.delivery.memory import Memory


def test_only_the_film_made_by_the_recipe_is_known(tmp_path: Path) -> None:
    memory, film = Memory(tmp_path / "notes"), tmp_path / "film.mp4"
    assert not memory.holds(film, "a")
    film.write_bytes(b"film")
    memory.keep(film, "a")
    assert memory.holds(film, "a")
    assert not memory.holds(film, "b")


def test_a_film_that_was_changed_or_taken_away_is_made_again(tmp_path: Path) -> None:
    memory, film = Memory(tmp_path / "notes"), tmp_path / "film.mp4"
    film.write_bytes(b"film")
    memory.keep(film, "a")
    film.write_bytes(b"another film")
    assert not memory.holds(film, "a")
    film.unlink()
    assert not memory.holds(film, "a")


def test_a_broken_note_costs_time_only(tmp_path: Path) -> None:
    memory, film = Memory(tmp_path / "notes"), tmp_path / "film.mp4"
    film.write_bytes(b"film")
    memory.keep(film, "a")
    (note,) = (tmp_path / "notes").glob("*.json")
    note.write_text('{"recipe": "a', "utf-8")
    assert not memory.holds(film, "a")


def test_a_film_whose_name_is_not_utf8_is_known_too(tmp_path: Path) -> None:
    memory, film = Memory(tmp_path / "notes"), tmp_path / os.fsdecode(b"caf\xe9.mp4")
    memory.keep(film, "a")
    assert len([*(tmp_path / "notes").glob("*.json")]) == 1

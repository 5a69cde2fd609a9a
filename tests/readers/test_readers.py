"""Entered films of some encoders, read by what every test environment has, and by Chromium.

`make matrix` reads films of all encoders with every reader that the machine has.
"""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from browsers import browsers
from chromium import chromium
from encoders import encoders
from entered_film import EnteredFilm, entered_film, untouched
from programs import programs
from reader import Reading, judge
from scripts import scripts
from streams import FPS

from storyboard.model.storyboard import Size

ENCODERS = (
    "x264 medium",
    "x264 b8-forced",
    "x264 all-p-ref4",
    "x264 cavlc",
    "x264 slices",
    "openh264 high",
)
READERS = ("ffmpeg, bundled", "ffmpeg, strict", "ffmpeg -c copy", "PyAV", "Chromium")
KNOWN = {one.name: one for one in (*programs(), *scripts(), *browsers())}


@pytest.fixture(scope="session")
def films(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[EnteredFilm, EnteredFilm]]:
    """Return an entered film, and a clip of it, by the encoder's name."""
    folder = tmp_path_factory.mktemp("entered")
    made = {one.name: one for one in encoders() if one.name in ENCODERS}
    return {
        name: (entered_film(made[name], folder / name), untouched(folder / name))
        for name in ENCODERS
    }


@pytest.mark.parametrize("name", READERS)
def test_every_frame_of_an_entered_film_is_read_and_found(
    name: str, films: dict[str, tuple[EnteredFilm, EnteredFilm]], tmp_path: Path
) -> None:
    if name == "Chromium":
        chromium()
    entered, clips = zip(*films.values(), strict=True)
    readings = list(KNOWN[name].read([*entered, *clips], tmp_path))
    read = zip(entered, readings, readings[len(entered) :], clips, strict=False)
    said = {encoder: judge(*one) for encoder, one in zip(films, read, strict=True)}
    assert {encoder: one for encoder, one in said.items() if not one.startswith("ok")} == {}
    assert all(film.entered > len(film.wanted) // 2 for film in entered)


def film_of(*wanted: int | None) -> EnteredFilm:
    return EnteredFilm(Path("film.mp4"), Fraction(FPS), Size(16, 16), wanted, (0, 2), 0)


def test_a_reader_is_judged_by_what_it_reads() -> None:
    film = film_of(7, None, 9, 10)
    good = Reading((7, 3, 9, 10), (7, 9))
    assert judge(film, good, good, film) == "ok 4+2"
    assert judge(film, replace(good, frames=None), good, film) == "ok 2"
    late = replace(good, frames=(7, 3, 9))
    assert judge(film, late, good, film).startswith("WRONG: 3 frames for 4")
    assert judge(film, late, late, film) == "ok 3+2"
    other = replace(good, sought=(7, 8))
    assert judge(film, other, good, film) == "WRONG: sought frame 2 shows 8 for 9"
    assert judge(film, other, other, film).startswith("no judge: sought frame 2")
    assert judge(film, replace(good, said="oh"), good, film) == "WRONG: oh"


def test_an_absent_program_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("programs.shutil.which", lambda _: None)
    absent = {one.name: one.absent for one in programs()}
    assert absent["mpv"] == "mpv"
    assert absent["JM ldecod"] == "ldecod"
    assert not absent["ffmpeg, strict"]

"""A film's sound is mixed once for all films that share it, and kept until it would be another."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from clips import ClipRecipe, make_clip
from films import Take, silence, timeline

from storyboard.cut.cut_film import cut
from storyboard.cut.cut_report import CutReport
from storyboard.cut.kept_sound import find_sound, sound_recipe
from storyboard.cut.options import CutOptions
from storyboard.cut.sound import SoundReport, Write, mix
from storyboard.cut.timeline import TimedSound, Timeline
from storyboard.cut.workshop import SOUND, DerivedFolder, Workshop
from storyboard.model.storyboard import Size

NOTED = SoundReport(1, Decimal("-14.1"), None, Decimal(-14), Decimal("3.25"), Decimal(0), ("so",))


class Desk:
    """Cuts films in one folder, and counts how often sound is mixed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.derived = DerivedFolder(folder / "derived")
        self.mixed = 0

    def mix(self, film: Timeline, folder: Path, write: Write) -> SoundReport:
        """Mix silence, and say something of it."""
        self.mixed += 1
        silence(film, folder, write)
        return NOTED

    def cut(self, film: Timeline, name: str) -> CutReport:
        """Cut a film."""
        work = self.folder / name
        work.mkdir()
        shop = Workshop(work, self.derived, self.folder, self.mix)
        return cut(film, work / "film.mp4", shop, CutOptions(preset="ultrafast"), lambda _: None)


@pytest.fixture
def film(tmp_path: Path) -> Timeline:
    return timeline([Take(make_clip(tmp_path / "a.mp4", ClipRecipe(frames=24)), 24)])


def test_films_that_share_their_sound_mix_it_once(tmp_path: Path, film: Timeline) -> None:
    desk = Desk(tmp_path)
    first = desk.cut(film, "one")
    again = desk.cut(film, "two")
    small = desk.cut(replace(film, shape=replace(film.shape, size=Size(96, 54))), "three")
    assert desk.mixed == 1
    assert first.sound == again.sound == small.sound == NOTED
    assert (tmp_path / "one/film.mp4").read_bytes() == (tmp_path / "two/film.mp4").read_bytes()


def test_a_kept_sound_that_is_damaged_is_mixed_again(tmp_path: Path, film: Timeline) -> None:
    desk = Desk(tmp_path)
    desk.cut(film, "whole")
    wanted = (tmp_path / "whole/film.mp4").read_bytes()
    recipe = sound_recipe(film)
    path = desk.derived.find(recipe, SOUND)
    assert path is not None
    data = path.read_bytes()
    spoilt: Sequence[bytes] = (b"", b"x", data[:-1], data[1:], data[: len(data) // 2], bytes(9))
    for n, one in enumerate(spoilt):
        path.write_bytes(one)
        assert find_sound(desk.derived, recipe) is None
        desk.cut(film, f"again-{n}")
        assert (tmp_path / f"again-{n}/film.mp4").read_bytes() == wanted
    assert desk.mixed == 1 + len(spoilt)


def test_what_is_heard_is_in_its_recipe_and_what_is_seen_is_not(
    tmp_path: Path, film: Timeline
) -> None:
    second, none = Fraction(1), Decimal(0)
    clip = film.pieces[0].source.path  # type: ignore[union-attr]
    music = TimedSound(clip, Fraction(0), Fraction(0), second, none, none, second / 9, second / 9)
    heard = [
        film,
        replace(film, loudness=Decimal(-14)),
        replace(film, loudness=Decimal(-16)),
        replace(film, music=(music,)),
        replace(film, music=(replace(music, volume=Decimal(-3)),)),
        replace(film, voiceover=(music,)),
        timeline([Take(clip, 12)]),
        timeline([Take(clip, 20, 4)]),
    ]
    recipes = [sound_recipe(one) for one in heard]
    assert len(set(recipes)) == len(heard)
    seen = replace(film, titles=(), shape=replace(film.shape, size=Size(96, 54)))
    assert sound_recipe(seen) == recipes[0]
    make_clip(tmp_path / "a.mp4", ClipRecipe(frames=25))
    assert sound_recipe(film) != recipes[0]


def test_a_kept_sound_is_the_one_that_was_mixed(tmp_path: Path, film: Timeline) -> None:
    desk = Desk(tmp_path)
    desk.mix = mix  # type: ignore[method-assign]
    first, second = desk.cut(film, "one"), desk.cut(film, "two")
    assert first.sound == second.sound
    assert (tmp_path / "one/film.mp4").read_bytes() == (tmp_path / "two/film.mp4").read_bytes()

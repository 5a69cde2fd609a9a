"""Every file of a film is gathered once, and every digest of a lock is found, however it is."""

import sys
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from lock_values import whole

sys.path.append(str(Path(__file__).parents[1] / "jobs"))
from boards import board, element, footage, picture, scene, shot, sound, span, still

from storyboard.lock.files_by_content import locked_files, named_digests
from storyboard.lock.lock_text import text
from storyboard.model import Cut, Music


def test_every_file_is_gathered_once_and_in_order() -> None:
    mara = element("mara", "", frontal="mara.png")
    plain = board(
        scene(shot("s/a", start="start.png"), still("s/b"), footage("s/c"), still("s/d")),
        elements=[mara],
        voices={"warm": "warm.wav", "known": "voice-7"},
    )
    music = Music(
        sound("song.wav"), Decimal(0), Decimal(0), Fraction(0), Fraction(0), Fraction(0), span()
    )
    font = picture("font.ttf")
    film = replace(plain, cut=Cut((music,), (), None, None, font))
    other = replace(film, name="other")
    names = "clip.mp4 font.ttf mara-side.png mara.png song.wav start.png still.png warm.wav"
    found = locked_files([film, other])
    assert [one.path for one in found] == [f"assets/{one}" for one in names.split()]
    assert found[1].digest == font.digest


def test_what_stands_for_a_file_that_is_missing_is_left_out() -> None:
    missing = replace(picture("a.png"), size=0)
    assert locked_files([board(scene(shot("s/a", start=missing)))]) == ()


def test_every_digest_is_found_in_whatever_form_the_lock_is() -> None:
    data = text(whole()).encode()
    assert whole().named_clips <= named_digests(data)
    later = data.replace(b"version: 1", b"version: 9\n<<<<<<< HEAD")
    assert named_digests(later) == named_digests(data)
    assert named_digests(b"a" * 65) == frozenset()

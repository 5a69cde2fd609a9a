"""A film that is right is proved right; what the full check finds wrong, the proof finds too."""

import json
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from clips import ClipRecipe, make_clip
from film_damage import (
    Good,
    damaged_film,
    damaged_source,
    good,
    shop,
    viewings,
)
from films import QUICK, SMALL, Take, make, timeline
from PIL import Image
from streams import WAYS, coded, with_sets_inside

from storyboard.cut.cut_film import cut
from storyboard.cut.cut_report import CutError, report_to_json
from storyboard.cut.options import Check
from storyboard.cut.proof.proving import Meant, prove
from storyboard.cut.timeline import StillSource
from storyboard.cut.verify import verify
from storyboard.media.film import write_film
from storyboard.media.film_tables import read_tables
from storyboard.media.packets import index
from storyboard.model.cut import TransitionKind
from storyboard.model.storyboard import Move

SAMPLE = 10


@pytest.mark.parametrize("kind", ["hard", "trimmed", "crossfades", "titled"])
def test_what_is_right_is_proved_with_what_the_full_check_says_of_it(
    tmp_path: Path, kind: str
) -> None:
    one = good(tmp_path, kind)
    proof, full = (
        prove(one.film, one.meant, viewings(tmp_path), 2),
        verify(one.film, one.timeline, 2),
    )
    assert proof.faults == full.faults == ()
    assert proof.oddities == full.oddities
    assert (proof.frames, proof.samples) == (full.frames, full.samples)
    again = prove(one.film, one.meant, viewings(tmp_path), 2)
    assert (again.decoded, replace(again, decoded=proof.decoded)) == (0, proof)


@pytest.mark.parametrize("way", [*WAYS])
def test_however_clips_are_coded_a_right_film_has_no_faults(tmp_path: Path, way: str) -> None:
    """Cut, trimmed and entered: without false alarms, and with what the full check says."""
    clip = coded(tmp_path / "a.mp4", WAYS[way], 48, SMALL)
    takes = [Take(clip, 48), Take(clip, 31), Take(clip, 1), Take(clip, 30, 17), Take(clip, 48)]
    film = timeline(takes)
    found = {
        check: make(film, tmp_path / "run", replace(QUICK, check=check)).findings
        for check in (Check.PROOF, Check.FULL)
    }
    proof, full = found[Check.PROOF], found[Check.FULL]
    assert proof is not None
    assert full is not None
    assert (proof.faults, proof.oddities) == ((), full.oddities)


def test_parameter_sets_that_clips_carry_inside_are_not_missed(tmp_path: Path) -> None:
    """A film leaves them out: its packets are not all those of its clips."""
    clip = with_sets_inside(
        coded(tmp_path / "plain.mp4", WAYS["medium"], 48, SMALL), tmp_path / "a.mp4"
    )
    film = timeline([Take(clip, 48), Take(clip, 31), Take(clip, 30, 17)])
    found = make(film, tmp_path / "run", replace(QUICK, check=Check.PROOF)).findings
    assert found is not None
    assert found.faults == ()


@pytest.mark.parametrize("seed", range(SAMPLE))
def test_what_the_full_check_finds_in_a_film_the_proof_finds(
    tmp_path: Path, hard: Good, faded: Good, trimmed: Good, seed: int
) -> None:
    """`make fuzz-films` damages five hundred."""
    for one in (hard, faded, trimmed):
        found = damaged_film(Random(f"film {seed}"), one, tmp_path / "film.mp4")
        assert not found.missed, found


@pytest.mark.parametrize("seed", range(SAMPLE))
def test_what_the_full_check_finds_in_what_a_film_is_made_from_the_proof_finds(
    tmp_path: Path, faded: Good, seed: int
) -> None:
    found = damaged_source(Random(f"source {seed}"), faded, tmp_path / "again")
    assert not found.missed, found


def test_every_byte_of_the_pictures_counts(tmp_path: Path, hard: Good) -> None:
    """Decoders conceal most of such damage, and say nothing of some of it."""
    data = hard.film.read_bytes()
    track = read_tables(hard.film).tracks[0]
    for n in range(0, len(track.sizes), 7):
        at = track.places[n] + track.sizes[n] - 1
        changed = bytearray(data)
        changed[at] ^= 1
        (tmp_path / "film.mp4").write_bytes(changed)
        (fault,) = prove(tmp_path / "film.mp4", hard.meant, viewings(hard.folder), 1).faults
        assert fault.startswith("a frame is altered at ")
        assert f"in `scene/{min(n // 60, 3)}` ({min(n // 60, 3)}.mp4)" in fault


def test_a_clip_is_decoded_once_for_all_films(tmp_path: Path) -> None:
    clips = [
        make_clip(tmp_path / f"{n}.mp4", ClipRecipe(frames=60, seed=n, gop=(250, 12)[n]))
        for n in range(2)
    ]
    first = make(timeline([Take(clips[0], 60), Take(clips[1], 60)]), tmp_path / "a").findings
    again = make(timeline([Take(clips[1], 36), Take(clips[0], 36)]), tmp_path / "b").findings
    assert first is not None
    assert again is not None
    assert first.decoded == 120
    # The join behind a short group is new: the group before it, and what follows.
    assert again.decoded == 13 + 4
    assert first.faults == again.faults == ()


def test_programs_are_told_which_check_was_made_and_what_it_took(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "a.mp4", ClipRecipe(frames=48))
    film = timeline([Take(clip, 48)])
    for check, decoded in ((Check.PROOF, 48), (Check.PROOF, 0), (Check.FULL, 48)):
        told = report_to_json(make(film, tmp_path / "run", replace(QUICK, check=check)))["check"]
        assert isinstance(told, dict)
        assert (told["kind"], told["decoded"], told["frames"]) == (check.value, decoded, 48)
        json.dumps(told)


@pytest.mark.parametrize("check", [Check.PROOF, Check.FULL])
def test_a_clip_that_was_damaged_since_it_was_seen_is_found(tmp_path: Path, check: Check) -> None:
    clip = make_clip(tmp_path / "a.mp4", ClipRecipe(frames=60))
    film = timeline([Take(clip, 60)])
    make(film, tmp_path / "run")
    data = bytearray(clip.read_bytes())
    for one in index(clip).packets[20:24]:
        data[one.position + 5 : one.position + one.size] = bytes(one.size - 5)
    clip.write_bytes(data)
    with pytest.raises(CutError, match=r"in `scene/0` \(a\.mp4\)"):
        make(film, tmp_path / "run", replace(QUICK, check=check))


def test_a_stretch_that_was_damaged_since_it_was_kept_is_found(tmp_path: Path, faded: Good) -> None:
    """An entered one too, of which only the beginning was decoded when it was made."""
    work = shop(tmp_path)
    cut(faded.timeline, tmp_path / "film.mp4", work, QUICK, lambda _: None)
    for kept in sorted((tmp_path / "derived").rglob("*.mp4")):
        whole = kept.read_bytes()
        data = bytearray(whole)
        track = read_tables(kept).tracks[0] if b"storyboard" in whole[:4000] else None
        if track is not None:
            at, size = track.places[-4], track.sizes[-4]
            data[at + 5 : at + size] = bytes(size - 5)
            kept.write_bytes(data)
            with pytest.raises(CutError, match="not what was asked for"):
                cut(faded.timeline, tmp_path / "film.mp4", work, QUICK, lambda _: None)
        kept.write_bytes(whole)


def test_what_stands_still_over_joins_is_named_as_the_full_check_names_it(tmp_path: Path) -> None:
    picture = tmp_path / "grey.png"
    Image.new("RGB", (192, 108), (90, 90, 90)).save(picture)
    still = make(timeline([Take(StillSource(picture, Move.NONE), 30)]), tmp_path / "clip").path
    moving = make_clip(tmp_path / "a.mp4", ClipRecipe(frames=40))
    takes = [
        Take(moving, 40),
        Take(still, 13),
        Take(still, 20, 5),
        Take(moving, 20, 10, TransitionKind.CROSSFADE, 6),
        *(Take(still, 1) for _ in range(30)),
    ]
    film = timeline(takes)
    found = {
        check: make(film, tmp_path / "run", replace(QUICK, check=check)).findings
        for check in (Check.PROOF, Check.FULL)
    }
    proof, full = found[Check.PROOF], found[Check.FULL]
    assert proof is not None
    assert full is not None
    assert proof.oddities == full.oddities
    assert [one.split(" to ")[0] for one in proof.oddities][:2] == [
        "still from 1.71s",
        "still from 3.67s",
    ]


def test_a_stretch_that_cannot_be_decoded_by_itself_is_refused(hard: Good) -> None:
    first, *rest = hard.meant.stretches
    lacking = (replace(first, runs=first.runs[:-1]), *rest)
    with pytest.raises(OSError, match="does not begin with a picture that needs none before it"):
        Meant.of(hard.timeline, hard.meant.picture, hard.meant.sound, lacking)


def test_sound_that_is_shifted_is_found_by_its_index(tmp_path: Path, hard: Good) -> None:
    sound = replace(hard.meant.sound, priming=hard.meant.sound.priming + 1)
    write_film(hard.meant.picture, sound, tmp_path / "film.mp4")
    faults = prove(tmp_path / "film.mp4", hard.meant, viewings(hard.folder), 1).faults
    assert "its edit list does not begin and end its sound where it should" in faults

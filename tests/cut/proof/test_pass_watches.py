"""A clip that is decoded for its film anyway is not decoded once more to be viewed."""

import os
import threading
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from film_damage import shop, viewings
from films import QUICK, SMALL, Take, make, timeline
from streams import WAYS, coded

from storyboard.cut.options import Check
from storyboard.cut.proof.file_runs import file_run
from storyboard.cut.proof.kept_viewings import Viewings
from storyboard.cut.proof.pass_watches import PassWatches
from storyboard.cut.proof.stretch_views import sets_of
from storyboard.cut.proof.viewing import digests_of, view
from storyboard.media.clip_passes import ClipPasses
from storyboard.media.coded import PacketIndex
from storyboard.media.packets import index
from storyboard.model.cut import TransitionKind
from storyboard.model.storyboard import Size

FPS = Fraction(24)
KIND = TransitionKind.CROSSFADE


def empty(folder: Path) -> Viewings:
    """Return a place for viewings, none of which is known yet."""
    shop(folder)
    return viewings(folder)


def run_through(clip: PacketIndex, watches: PassWatches, *, entered: bool) -> None:
    """Ask for a clip's frames as transitions and an entry do."""
    passes = ClipPasses({clip.path} if entered else (), watches.of)
    list(passes.frames(clip, 0, 6))
    passes.turn()
    if entered:
        list(passes.coded_frames(clip, 0, 6, 9))
        passes.turn()
    list(passes.frames(clip, 40, clip.frames))


@pytest.mark.parametrize("way", [*WAYS])
def test_what_is_seen_on_the_way_is_what_viewing_sees(tmp_path: Path, way: str) -> None:
    """Also of clips whose pictures have a rim that is not shown, decoded with it."""
    for n, size in enumerate((SMALL, Size(190, 106))):
        clip = index(coded(tmp_path / f"{n}.mp4", WAYS[way], 48, size))
        run = file_run(clip, sets_of(clip), 0, clip.frames)
        digests = digests_of(run.run.frames)
        kept = empty(tmp_path / f"kept{n}")
        run_through(clip, PassWatches(kept, FPS), entered=True)
        found = kept.find(run.run, digests)
        assert kept.decoded == 0
        wanted = view(run.run, digests, threading.Event())
        assert found is not None
        assert found.without_ends() == wanted.without_ends()
        for place, look in wanted.ends().items():
            np.testing.assert_array_equal(found.ends()[place], look)


def test_what_is_known_is_not_watched(tmp_path: Path) -> None:
    clip = index(coded(tmp_path / "clip.mp4", WAYS["medium"], 48, SMALL))
    watches = PassWatches(empty(tmp_path / "kept"), FPS)
    run_through(clip, watches, entered=False)
    assert watches.of(clip) is None


def test_nothing_is_kept_of_half_a_clip_or_of_one_that_changes(tmp_path: Path) -> None:
    clip = index(coded(tmp_path / "clip.mp4", WAYS["medium"], 48, SMALL))
    watches = PassWatches(empty(tmp_path / "kept"), FPS)
    list(ClipPasses((), watches.of).frames(clip, 0, 47))
    assert watches.of(clip) is not None
    going = ClipPasses((), watches.of).frames(clip, 0, 48)
    next(going)
    os.utime(clip.path, ns=(1, 1))
    list(going)
    assert watches.of(clip) is not None


def test_clips_of_crossfades_are_decoded_for_their_film_and_not_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clips = [coded(tmp_path / f"{n}.mp4", WAYS["medium"], 48 + n, SMALL) for n in range(3)]
    film = timeline([Take(one, 48 + n, 0, KIND, 6) for n, one in enumerate(clips)])
    one_by_one = replace(QUICK, check=Check.PROOF, workers=1)
    found = make(film, tmp_path / "first" / "run", one_by_one).findings
    monkeypatch.setattr(PassWatches, "of", lambda _, __: None)
    again = make(film, tmp_path / "again" / "run", one_by_one).findings
    assert found is not None
    assert again is not None
    assert found == replace(again, decoded=found.decoded)
    # The last clip is entered, and not decoded to its end for that.
    assert again.decoded - found.decoded == 48 + 49

"""Frames made again are small enough, near their source, and their set is always the same."""

from fractions import Fraction

import numpy as np
import pytest
from av.video.frame import VideoFrame

from storyboard.media import made_frames
from storyboard.media.h264.bits import Refused
from storyboard.media.h264.sequence_set import SequenceSet
from storyboard.media.made_frames import make_frames

FPS = Fraction(24)
ALL = frozenset(range(3))


def sequence(profile: int = 100, level: int = 11) -> SequenceSet:
    return SequenceSet(
        head=0x67,
        profile=profile,
        constraints=0,
        level=level,
        number=0,
        chroma=1,
        luma_depth=8,
        chroma_depth=8,
        bypass=False,
        frame_num_bits=4,
        order_type=0,
        order_bits=6,
        references=3,
        gaps=False,
        columns=8,
        rows=8,
        frames_only=True,
        adaptive_fields=False,
        direct_8x8=True,
        crop=None,
        usability=None,
    )


def frames(count: int, strength: int) -> list[VideoFrame]:
    rng = np.random.default_rng(3)
    drawn = [
        (128 + rng.integers(-strength, strength + 1, (192, 128))).astype(np.uint8)
        for _ in range(count)
    ]
    return [VideoFrame.from_ndarray(one, format="yuv420p") for one in drawn]


@pytest.mark.parametrize(("profile", "cabac"), [(66, False), (77, True), (100, True)])
def test_a_set_is_that_of_the_profile_however_fine_it_is(
    profile: int, *, cabac: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    fine = make_frames(frames(3, 20), ALL, sequence(profile), FPS)
    monkeypatch.setattr(made_frames, "_QP", 26)
    coarse = make_frames(frames(3, 20), ALL, sequence(profile), FPS)
    assert fine.parameters == coarse.parameters
    assert fine.parameters.cabac == cabac
    assert bool(fine.parameters.rest.length) == (profile == 100)
    assert fine.parameters.counts[0] == 1
    assert [len(one.slices) for one in fine.pictures] == [1, 1, 1]
    assert all(one.slices[0].phase is None for one in fine.pictures)


def test_pictures_too_large_for_the_level_are_made_coarser(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tried: list[int] = []
    encoded = made_frames._encoded  # noqa: SLF001 - to see how often it is called

    def spied(*asked: object) -> list[bytes]:
        quantizers = asked[-1]
        assert isinstance(quantizers, list)
        tried.append(quantizers[-1])
        return encoded(*asked)  # type: ignore[arg-type]

    monkeypatch.setattr(made_frames, "_encoded", spied)
    make_frames(frames(2, 20), ALL, sequence(), FPS)
    assert tried == [8]
    tried.clear()
    make_frames(frames(2, 30), ALL, sequence(level=10), FPS)
    assert tried == list(range(8, tried[-1] + 1, 2))
    assert tried[-1] > 8
    with pytest.raises(Refused, match="larger than its level"):
        make_frames(frames(2, 120), ALL, sequence(level=10), FPS)


def test_frames_that_no_copied_one_refers_to_are_coarser() -> None:
    drawn = frames(4, 20)
    made = [make_frames(drawn, kept, sequence(level=40), FPS) for kept in ({0, 3}, {1, 3})]
    sizes = [[len(one.slices[0].data) for one in each.pictures] for each in made]
    assert sizes[0][0] > sizes[1][0]
    assert sizes[0][1] < sizes[1][1]
    assert max(sizes[0][1:3]) < sizes[0][3]
    assert made[0].parameters == made[1].parameters


def test_a_profile_that_is_not_copied_is_refused() -> None:
    with pytest.raises(Refused, match="profile"):
        make_frames(frames(1, 5), ALL, sequence(profile=88), FPS)

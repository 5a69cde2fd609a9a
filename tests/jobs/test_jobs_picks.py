"""A picked take hands on a frame of its bytes, under the digest that its job's frame always had."""

from fractions import Fraction

from storyboard.jobs import FrameRef, JobDigest, PickedShot, reference_text, waits_for
from storyboard.model import ClipDigest

JOB, CLIP = JobDigest("a" * 64), ClipDigest("c" * 64)


def picked(rendering: int) -> PickedShot:
    return PickedShot(CLIP, JOB, rendering, 4, Fraction(3), Fraction(5, 2))


def test_a_frame_of_a_first_rendering_reads_as_that_of_its_job() -> None:
    assert reference_text(picked(1).last_frame) == f"frame:sha256:{JOB}@5.5"
    assert reference_text(FrameRef(JOB, Fraction(11, 2))) == f"frame:sha256:{JOB}@5.5"


def test_a_frame_of_another_rendering_is_named_by_its_bytes() -> None:
    assert reference_text(picked(2).last_frame) == f"clip:sha256:{CLIP}@5.5"


def test_nothing_is_waited_for() -> None:
    assert waits_for(picked(1).last_frame) is None
    assert waits_for(FrameRef(JOB, Fraction(1))) == JOB

"""What builds on a job without a result is not sent, and says which job that is."""

from dataclasses import replace
from fractions import Fraction

from boards import board, catalogue, scene, shot

from storyboard.jobs import ClipJob, FrameRef, JobDigest, pack
from storyboard.model import ClipDigest
from storyboard.plan.held_back import blocked


def job(name: str, *after: ClipJob) -> ClipJob:
    jobs = pack(
        board(scene(shot("s/a", 5, model="kling-v3-turbo-pro"))), catalogue(), frozenset()
    ).value
    assert jobs is not None
    (one,) = (one for one in jobs if isinstance(one, ClipJob))
    return replace(one, digest=JobDigest(name), after=tuple(other.digest for other in after))


FIRST = job("first")
SECOND = job("second", FIRST)
THIRD = job("third", SECOND)
OTHER = job("other")
JOBS = (FIRST, OTHER, SECOND, THIRD)
EVERY = {one.digest for one in JOBS}


def test_a_whole_chain_is_held_back_by_its_first_job() -> None:
    found = blocked(JOBS, EVERY - {FIRST.digest}, {FIRST.digest})
    assert found == {SECOND.digest: FIRST.digest, THIRD.digest: FIRST.digest}


def test_nothing_is_held_back_by_what_may_have_a_result_yet() -> None:
    assert blocked(JOBS, EVERY, set()) == {}
    # The second is in flight already: what becomes of the first does not matter to it.
    assert blocked(JOBS, {OTHER.digest, THIRD.digest}, {FIRST.digest}) == {}


def test_the_nearest_job_without_a_result_is_named() -> None:
    without = {FIRST.digest, SECOND.digest}
    assert blocked(JOBS, {THIRD.digest, OTHER.digest}, without) == {THIRD.digest: SECOND.digest}


def test_what_goes_on_from_a_picked_clip_that_is_not_there_is_a_root_itself() -> None:
    clip = ClipDigest("c" * 64)
    frame = FrameRef(FIRST.digest, Fraction(5), 1, clip)
    begins = replace(OTHER, body={"image_url": frame}, after=())
    after = job("after", begins)
    jobs, every = (begins, after), {begins.digest, after.digest}
    assert blocked(jobs, every, set(), {clip}) == dict.fromkeys(every, begins.digest)
    assert blocked(jobs, every, set(), {ClipDigest("d" * 64)}) == {}
    # What is rendered already needs the clip no more.
    assert blocked(jobs, {after.digest}, set(), {clip}) == {}

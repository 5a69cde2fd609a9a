"""What became of a take is told with its number, whatever became of it."""

from decimal import Decimal

from render_fakes import FAIR, clip_job

from storyboard.jobs import JobDigest
from storyboard.model.money import Usd
from storyboard.provider import RequestId
from storyboard.render.outcomes import refused, skipped, unknown
from storyboard.store import TakeKey, WantedTake

JOB = clip_job("a")
TAKE = WantedTake(JOB, 2, TakeKey(JOB.digest, 2))


def test_an_outcome_names_the_job_and_the_take() -> None:
    every = (refused(TAKE, FAIR), unknown(TAKE, "lost"), skipped(TAKE, "stopped"))
    assert [(one.job, one.take) for one in every] == [(JOB, 2)] * 3


def test_a_fault_is_told_in_its_own_words_with_what_it_cost() -> None:
    one = refused(TAKE, FAIR, RequestId("r1"), Usd(Decimal("1.5")))
    assert (one.code, one.message, one.help) == (FAIR.code, FAIR.message, FAIR.help)
    assert (one.request, one.cost) == ("r1", Decimal("1.5"))
    assert refused(TAKE, FAIR).cost == 0


def test_what_was_not_tried_names_the_job_that_it_builds_on() -> None:
    assert skipped(TAKE, "it builds on b", JobDigest("b")).because == "b"
    assert skipped(TAKE, "stopped").because is None

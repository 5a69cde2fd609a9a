"""A run does what a job's latest attempt says: one rule for the price and for what is sent."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from storyboard.catalogue.endpoint import EndpointId
from storyboard.jobs.job import JobDigest, JobId
from storyboard.model.asset import ClipFacts
from storyboard.model.clip import ClipDigest
from storyboard.model.money import Usd
from storyboard.provider import Charge, Fault, Media, RequestId, Ticket
from storyboard.store import life as states
from storyboard.store.next_steps import (
    AskFirst,
    FailedJobs,
    FetchAgain,
    Keep,
    LeaveFailed,
    NextStep,
    Send,
    TakeUp,
    next_step,
)
from storyboard.store.takes import TakeKey, lives_of_takes

AT = datetime(2026, 11, 20, 12, tzinfo=UTC)
ORDER = states.Order(
    attempt=states.AttemptId("a1"),
    job=JobDigest("digest"),
    id=JobId("one/a"),
    endpoint=EndpointId("owner/app"),
    body="{}",
    asked="{}",
    cost=Usd(Decimal("0.42")),
    seconds=5,
    shots=("one/a",),
    films=("two",),
    provider="fal",
)
INTENDED = states.Intended(ORDER, AT)
UNKNOWN = states.Unknown(INTENDED, "no answer", AT)
ACCEPTED = states.Accepted(INTENDED, Ticket(RequestId("r"), "fal", None, ()), AT)
FINISHED = states.Finished(ACCEPTED, Media("https://x"), None, AT)
CLIP = states.KeptClip(
    ClipDigest("c"),
    ".mp4",
    4,
    ClipFacts("mp4", 2, 2, Fraction(24), Fraction(5), "h264", None),
)
STORED = states.Stored(FINISHED, CLIP, AT)
MISLAID = states.Mislaid(STORED, AT)


def fault(charge: Charge) -> Fault:
    return Fault("SB804", "refused by the checker", "change it", charge)


FREE = states.Refused(INTENDED, fault(Charge.NONE), AT)
CHECKED = states.Failed(ACCEPTED, fault(Charge.POSSIBLE), None, AT)
PAID = states.Refused(INTENDED, fault(Charge.PAID), AT)
NEVER_SENT = states.Abandoned(INTENDED, "never sent", Charge.NONE, AT)
GIVEN_UP = states.Abandoned(UNKNOWN, "given up", Charge.POSSIBLE, AT)
FORGOTTEN = states.Forgotten(STORED, AT)


@pytest.mark.parametrize("life", [None, FREE, NEVER_SENT, GIVEN_UP, FORGOTTEN])
@pytest.mark.parametrize("failed", FailedJobs)
def test_what_is_over_is_sent_whatever_becomes_of_failed_jobs(
    life: states.Life | None, failed: FailedJobs
) -> None:
    assert next_step(life, lambda _: True, failed) == Send()


@pytest.mark.parametrize("life", [INTENDED, UNKNOWN, ACCEPTED, FINISHED, MISLAID])
@pytest.mark.parametrize("failed", FailedJobs)
def test_what_is_open_is_taken_up_and_never_sent(life: states.Life, failed: FailedJobs) -> None:
    assert next_step(life, lambda _: True, failed) == TakeUp(life)  # type: ignore[arg-type]


def test_a_kept_result_is_kept_and_one_whose_file_is_gone_is_fetched() -> None:
    assert next_step(STORED, lambda _: True) == Keep(STORED)
    assert next_step(STORED, lambda _: False) == TakeUp(STORED)


@pytest.mark.parametrize("life", [CHECKED, PAID])
@pytest.mark.parametrize(
    ("failed", "step"),
    [
        (FailedJobs.ASK, AskFirst),
        (FailedJobs.RETRY, lambda _: Send()),
        (FailedJobs.LEAVE, LeaveFailed),
    ],
)
def test_what_may_have_been_charged_is_sent_only_when_told_to(
    life: states.Failed | states.Refused, failed: FailedJobs, step: type[AskFirst]
) -> None:
    expected: NextStep = step(life)
    assert next_step(life, lambda _: True, failed) == expected


WRONG = Fault("SB812", "no video came", "look at it", Charge.PAID)


@pytest.mark.parametrize(
    "life", [states.Failed(FINISHED, WRONG, None, AT), states.Failed(MISLAID, WRONG, None, AT)]
)
def test_what_was_given_up_over_wrong_bytes_is_fetched_before_it_is_paid_again(
    life: states.Failed,
) -> None:
    assert next_step(life, lambda _: True) == FetchAgain(life)
    assert next_step(life, lambda _: True, FailedJobs.LEAVE) == FetchAgain(life)
    assert next_step(life, lambda _: True, FailedJobs.RETRY) == Send()  # the price of the worst


@pytest.mark.parametrize(
    "life",
    [
        states.Failed(ACCEPTED, WRONG, None, AT),  # it never had a result
        states.Failed(FINISHED, fault(Charge.PAID), None, AT),
        states.Failed(FINISHED, replace(WRONG, charge=Charge.POSSIBLE), None, AT),
    ],
)
def test_nothing_else_that_failed_is_fetched(life: states.Failed) -> None:
    assert next_step(life, lambda _: True) == AskFirst(life)


def test_only_the_latest_attempt_of_a_job_decides() -> None:
    attempts = {JobDigest("a"): [CHECKED, STORED], JobDigest("b"): [INTENDED]}
    assert lives_of_takes(attempts) == {TakeKey("a", 1): STORED, TakeKey("b", 1): INTENDED}
    assert lives_of_takes({}) == {}

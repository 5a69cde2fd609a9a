"""How far a run is: jobs of jobs, money of money, and the time that is left."""

from collections.abc import Callable
from decimal import Decimal

from storyboard.catalogue.endpoint import EndpointId
from storyboard.cli.pace import Pace
from storyboard.jobs.job import JobDigest, JobId, VoiceJob
from storyboard.model.money import NOTHING, Usd
from storyboard.render import Progress, Refused, Rendered, Skipped
from storyboard.session import JobsBegun

CENTS = Usd(Decimal("0.42"))


def job(name: str) -> VoiceJob:
    return VoiceJob(JobId(name), JobDigest(name), EndpointId("a/b"), name, {}, NOTHING)


JOBS = [job(name) for name in "abcd"]


def begun(cost: str = "1.26", seconds: int = 300) -> JobsBegun:
    digests = frozenset(one.digest for one in JOBS)
    return JobsBegun(digests, None, Usd(Decimal(cost)), seconds)


def clock(*times: float) -> Callable[[], float]:
    """Return one time after the other, and then the last one for ever."""
    left = list(times)
    return lambda: left.pop(0) if len(left) > 1 else left[0]


def test_before_anything_is_rendered_the_plan_says_how_long_it_takes() -> None:
    pace = Pace(begun(), clock(0, 60))
    assert str(pace) == "0 of 4 jobs, 0.00 of 1.26 USD, about 4 min left"


def test_then_it_is_measured_and_what_was_there_already_is_no_measure() -> None:
    pace = Pace(begun(), clock(0, 100))
    assert pace.hear(Rendered(JOBS[0], None, None, NOTHING))
    assert pace.hear(Progress(JOBS[1], "rendering"))
    assert pace.hear(Rendered(JOBS[1], None, None, CENTS))
    assert str(pace) == "2 of 4 jobs, 0.42 of 1.26 USD, about 3 min left"


def test_what_has_no_result_is_not_counted_and_not_waited_for() -> None:
    pace = Pace(begun(), clock(0, 10))
    for one in JOBS[:2]:
        pace.hear(Skipped(one, "interrupted"))
    pace.hear(Refused(JOBS[2], "SB804", "refused", "change it", None, CENTS))
    pace.hear(Progress(JOBS[3], "rendering"))
    pace.hear(Rendered(JOBS[3], None, None, CENTS))
    assert str(pace) == "1 of 4 jobs, 0.84 of 1.26 USD"


def test_other_jobs_and_late_events_do_not_count() -> None:
    pace = Pace(begun(), clock(0))
    assert not pace.hear(Rendered(job("stray"), None, None, CENTS))
    assert pace.hear(Rendered(JOBS[0], None, None, CENTS))
    assert not pace.hear(Rendered(JOBS[0], None, None, CENTS))
    assert (pace.rendered, pace.paid) == (1, CENTS)


def test_what_costs_nothing_says_nothing_of_money_or_of_time_that_nobody_knows() -> None:
    assert str(Pace(begun("0", 0), clock(0))) == "0 of 4 jobs"
    assert str(Pace(JobsBegun(frozenset()), clock(0))) == "0 of 0 jobs"
    # More was paid than was planned: failed jobs were sent again.
    pace = Pace(begun("0.20", 0), clock(0))
    pace.hear(Rendered(JOBS[0], None, None, CENTS))
    assert "0.42 of 0.42 USD" in str(pace)

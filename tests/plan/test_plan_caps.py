"""An attempt counts against the bounds of its job, its film and its storyboard, and of no other."""

from decimal import Decimal

from storyboard.jobs import JobDigest
from storyboard.model import Usd
from storyboard.plan.caps import Cap, CapIndex

A, B, GONE = JobDigest("a"), JobDigest("b"), JobDigest("gone")
MOST = Usd(Decimal(1))
WHOLE = Cap("the budget of ad", MOST, frozenset({A, B}), storyboard="ad")
RED = Cap("the budget of ad for each film (red)", MOST, frozenset({A}), film="ad/red")
PLAIN = Cap("the budget of ad for each film (ad)", MOST, frozenset({B}), film="ad")
RUN = Cap("the limit of this run", MOST, None)


def test_an_attempt_counts_by_its_job_and_by_the_films_that_it_was_made_for() -> None:
    index = CapIndex((WHOLE, RED, PLAIN, RUN))
    assert index.of(A, ()) == [0, 1]
    assert index.of(B, ()) == [0, 2]
    assert index.of(GONE, ("ad/red",)) == [0, 1]
    assert index.of(GONE, ("ad/blue",)) == [0]
    assert index.of(GONE, ("ad",)) == [0, 2]
    assert index.of(GONE, ("ad-2/red", "add")) == []
    assert index.of(A, ("ad/red", "ad/blue", "ad")) == [0, 1, 2]

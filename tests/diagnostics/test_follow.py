"""Findings that only repeat another one are left out, and those alone."""

from dataclasses import replace

import pytest

from storyboard.diagnostics import (
    Code,
    Diagnostic,
    Follows,
    Related,
    Same,
    Severity,
    Span,
    without_followers,
)

HERE = Span("a.yaml", 3, 1, 3, 5)
THERE = Span("a.yaml", 9, 1, 9, 5)
FIRST = Code("SB901")
SECOND = Code("SB902")


def finding(code: Code, span: Span | None, about: str | None = None) -> Diagnostic:
    return Diagnostic(code, Severity.ERROR, "wrong", span, about=about)


def pair(code: Code, span: Span, other: Span) -> Diagnostic:
    return replace(finding(code, span), related=(Related("the other", other),))


def after(same: Same, one: Diagnostic) -> Diagnostic:
    return replace(one, follows=Follows(frozenset({FIRST}), same))


REPEATED = [
    (finding(FIRST, HERE), finding(SECOND, HERE), Same.PLACE),
    (finding(FIRST, HERE, "one/a"), finding(SECOND, THERE, "one/a"), Same.ABOUT),
    (pair(FIRST, HERE, THERE), pair(SECOND, HERE, THERE), Same.PAIR),
]
APART = [
    (finding(FIRST, HERE), finding(SECOND, THERE), Same.PLACE),
    (finding(FIRST, None), finding(SECOND, None), Same.PLACE),
    (finding(FIRST, HERE, "one/a"), finding(SECOND, HERE, "one/b"), Same.ABOUT),
    (finding(FIRST, HERE), finding(SECOND, HERE), Same.ABOUT),
    (pair(FIRST, HERE, THERE), pair(SECOND, HERE, HERE), Same.PAIR),
    (finding(FIRST, HERE), finding(SECOND, HERE), Same.PAIR),
    (finding(SECOND, HERE, "x"), finding(SECOND, HERE, "x"), Same.ABOUT),
]


@pytest.mark.parametrize(("first", "second", "same"), REPEATED)
def test_a_follower_is_left_out_beside_what_it_repeats(
    first: Diagnostic, second: Diagnostic, same: Same
) -> None:
    follower = after(same, second)
    assert without_followers((first, follower)) == (first,)
    assert without_followers((follower, first)) == (first,)
    assert without_followers((follower,), (first,)) == ()
    assert without_followers((follower,)) == (follower,)


@pytest.mark.parametrize(("first", "second", "same"), APART)
def test_what_has_not_the_same_in_common_stays(
    first: Diagnostic, second: Diagnostic, same: Same
) -> None:
    follower = after(same, second)
    assert without_followers((first, follower)) == (first, follower)
    assert without_followers((follower,), (first,)) == (follower,)


def test_what_a_finding_follows_from_makes_no_two_of_one() -> None:
    one = finding(SECOND, HERE)
    assert after(Same.PLACE, one) == one == replace(one, about="one/a")

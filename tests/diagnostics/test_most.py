"""Of very many diagnostics the worst are shown, in their order, and the others are counted."""

from hypothesis import given
from hypothesis import strategies as st

from storyboard.diagnostics import Code, Diagnostic, Severity, Span
from storyboard.diagnostics.most import first_of


def one(severity: Severity, line: int) -> Diagnostic:
    return Diagnostic(Code("SB101"), severity, "wrong", Span("a.yaml", line, 1, line, 2), None)


def test_few_are_all_shown() -> None:
    found = [one(Severity.NOTE, 1), one(Severity.ERROR, 2)]
    assert first_of(found, 2) == (found, 0)


def test_an_error_at_the_end_is_shown_before_notes_at_the_beginning() -> None:
    notes = [one(Severity.NOTE, line) for line in range(1, 6)]
    error, warning = one(Severity.ERROR, 7), one(Severity.WARNING, 6)
    shown, left_out = first_of([*notes, warning, error], 3)
    assert shown == [notes[0], warning, error]
    assert left_out == 4


@given(st.lists(st.sampled_from(list(Severity))), st.integers(0, 10))
def test_nothing_shown_is_less_severe_than_what_is_left_out(
    severities: list[Severity], most: int
) -> None:
    found = [one(severity, line) for line, severity in enumerate(severities, 1)]
    shown, left_out = first_of(found, most)
    rest = [each for each in found if each not in shown]
    assert len(shown) + left_out == len(found)
    assert list(shown) == sorted(shown, key=lambda each: each.span.line if each.span else 0)
    rank = list(Severity).index
    assert all(rank(here.severity) <= rank(there.severity) for here in shown for there in rest)

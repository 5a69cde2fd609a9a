"""What a format causes is reported at the format; everything else stays at its shot."""

from storyboard.diagnostics import Code, Diagnostic, Severity, Span
from storyboard.jobs.format_cause import at_its_cause

FORMAT = Span("f.yaml", 2, 10, 2, 15)
SHOT = Span("f.yaml", 9, 3, 9, 5)


def refused(code: str) -> Diagnostic:
    return Diagnostic(Code(code), Severity.ERROR, "m", SHOT, "h", about="s/a")


def test_a_ratio_that_is_not_rendered_is_wrong_where_it_is_written() -> None:
    (one,) = at_its_cause([refused("SB441")], FORMAT)
    assert one.span == FORMAT
    assert [(near.span, "`s/a`" in near.message) for near in one.related] == [(SHOT, True)]


def test_what_no_format_causes_or_none_is_written_stays() -> None:
    assert at_its_cause([refused("SB430")], FORMAT) == (refused("SB430"),)
    assert at_its_cause([refused("SB441")], None) == (refused("SB441"),)

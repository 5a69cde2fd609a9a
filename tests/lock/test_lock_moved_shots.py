"""Entries of shots that were renamed, or are gone, are told with their place."""

from lock_values import asked, entry, picked

from storyboard.diagnostics import Severity
from storyboard.lock.decision import Decision
from storyboard.lock.lock_text import text
from storyboard.lock.locked import Lock
from storyboard.lock.moved_shots import shot_findings
from storyboard.lock.reading import read_lock

WRITTEN = text(Lock((entry("a/one", Decision(picked("a/one"))), entry("a/two"))))
LOCK = read_lock(WRITTEN.encode(), "film.lock.yaml").value or Lock()


def found(*names: tuple[str, str]) -> list[tuple[str, Severity, int]]:
    every = shot_findings(LOCK, [asked(*one) for one in names])
    return [(one.code, one.severity, one.span.line if one.span else 0) for one in every]


def test_a_renamed_shot_is_noted() -> None:
    assert found(("a/uno", "a/one")) == [("SB926", Severity.NOTE, 7)]


def test_a_shot_that_is_gone_is_a_warning() -> None:
    assert found(("a/two", "")) == [("SB925", Severity.WARNING, 7)]
    assert found(("a/uno", "new words")) == [("SB925", Severity.WARNING, 7)]


def test_nothing_is_told_of_shots_that_are_there_or_were_never_decided() -> None:
    assert found(("a/one", "new words")) == []

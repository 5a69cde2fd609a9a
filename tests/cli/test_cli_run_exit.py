"""The exit code of a run says what matters most; that a lock was not written comes last."""

from pathlib import Path

import pytest

from storyboard.cli.exits import Exit
from storyboard.cli.run_exit import exit_code
from storyboard.diagnostics import Code, Diagnostic, Severity
from storyboard.model import NOTHING
from storyboard.plan import Plan
from storyboard.report import LockNews, Rendering
from storyboard.session import Clips
from storyboard.session.run_jobs import RunResult

PLAN = Plan((), (), NOTHING, NOTHING)
PATH = Path("film.lock.yaml")
WRONG = Diagnostic(Code("SB920"), Severity.ERROR, "it is wrong", None)


@pytest.mark.parametrize(
    ("news", "code"),
    [
        (None, Exit.OK),
        (LockNews(PATH), Exit.OK),
        (LockNews(PATH, (), "it is wrong", "mend it", (WRONG,)), Exit.MISTAKES),
        (LockNews(PATH, (), "cannot write it"), Exit.ENVIRONMENT),
    ],
)
def test_a_lock_that_was_not_written_is_not_done(news: LockNews | None, code: Exit) -> None:
    rendering = Rendering(PLAN, "fal", {}, (), (), news)
    assert exit_code(rendering, Clips(RunResult({}))) == code
    assert exit_code(rendering, Clips(RunResult({}, interrupted=True))) == Exit.INTERRUPTED

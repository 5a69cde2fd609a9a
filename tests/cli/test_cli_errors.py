"""Every error of a session, and of the store, has its exit code, its words and its JSON."""

import json
from collections.abc import Iterator

import pytest

from storyboard.cli.ending import end
from storyboard.cli.exits import Exit
from storyboard.diagnostics import Code, Diagnostic, Severity
from storyboard.session import errors
from storyboard.store.problem import StoreProblem

CODES = {
    errors.AskError: Exit.USAGE,
    errors.AgreementError: Exit.DECLINED,
    errors.OverLimitError: Exit.DECLINED,
    errors.SetupError: Exit.ENVIRONMENT,
}


def kinds(root: type[errors.SessionError]) -> Iterator[type[errors.SessionError]]:
    for kind in root.__subclasses__():
        yield kind
        yield from kinds(kind)


def test_no_kind_of_error_is_without_a_code() -> None:
    with_own_words = {
        errors.MistakesError,
        errors.NotApprovedError,
        errors.NotAsLockedError,
        errors.PlanChangedError,
    }
    assert set(kinds(errors.SessionError)) == set(CODES) | with_own_words


@pytest.mark.parametrize(("kind", "code"), CODES.items())
def test_an_error_becomes_a_code_and_words(
    kind: type[errors.SessionError], code: Exit, capsys: pytest.CaptureFixture[str]
) -> None:
    assert end(kind("it is so", "do this", "SB821"), ["plan"]) == code
    assert capsys.readouterr().err == "error[SB821]: it is so\n  help: do this\n"
    assert end(kind("it is so"), ["plan", "--json"]) == code
    found = json.loads(capsys.readouterr().out)
    assert found["exit_code"] == code
    assert (found["error"], found["help"], found["code"]) == ("it is so", None, None)


def test_a_changed_plan_lists_what_has_changed(capsys: pytest.CaptureFixture[str]) -> None:
    assert end(errors.PlanChangedError(["a is new", "b is gone"], "look"), []) == Exit.DECLINED
    said = capsys.readouterr().err
    assert said == "error: this plan no longer holds\n  - a is new\n  - b is gone\n  help: look\n"


@pytest.mark.parametrize(
    ("kind", "code", "head"),
    [
        (errors.NotApprovedError, Exit.DECLINED, "not approved"),
        (errors.NotAsLockedError, Exit.ENVIRONMENT, "not as the lock has it"),
    ],
)
def test_what_keeps_a_film_from_being_made_is_listed(
    kind: type[errors.NotApprovedError | errors.NotAsLockedError],
    code: Exit,
    head: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert end(kind(["a/one: no", "a/two: neither"], "look"), []) == code
    said = capsys.readouterr().err
    listed = "  - a/one: no\n  - a/two: neither\n"
    assert said == f"error: {head}, and nothing was made\n{listed}  help: look\n"


def test_mistakes_are_shown_as_a_check_shows_them(capsys: pytest.CaptureFixture[str]) -> None:
    wrong = Diagnostic(Code("SB101"), Severity.ERROR, "it is wrong", None, "mend it")
    assert end(errors.MistakesError([wrong], {}), ["render"]) == Exit.MISTAKES
    assert "error[SB101]: it is wrong" in capsys.readouterr().err
    assert end(errors.MistakesError([wrong], {}), ["render", "--json"]) == Exit.MISTAKES
    (found,) = json.loads(capsys.readouterr().out)["diagnostics"]
    assert found["code"] == "SB101"


def test_a_problem_of_the_store_is_one_of_the_environment(
    capsys: pytest.CaptureFixture[str],
) -> None:
    problem = StoreProblem(Code("SB911"), "the journal is damaged", "restore it")
    assert end(problem, ["status"]) == Exit.ENVIRONMENT
    assert capsys.readouterr().err.startswith("error[SB911]: the journal is damaged")
    with pytest.raises(errors.SetupError) as told, errors.store_errors():
        raise problem
    assert (told.value.code, told.value.help) == ("SB911", "restore it")

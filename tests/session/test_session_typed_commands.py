"""What a message says to type can be copied, and stays in a rehearsal."""

from pathlib import Path

from storyboard.diagnostics import Code, Diagnostic, Severity
from storyboard.session import FAL, REHEARSAL
from storyboard.session.typed_commands import typed, with_typed_commands

HELP = (
    "`storyboard pick FILE a/b --keep` keeps it; clips are in `.storyboard/clips`; a FILE is a file"
)


def test_the_storyboard_is_named_as_a_shell_reads_it() -> None:
    told = typed(HELP, Path("it's me.yaml"), FAL)
    assert told.startswith("`storyboard pick 'it'\"'\"'s me.yaml' a/b --keep` keeps it")
    assert told.endswith("clips are in `.storyboard/clips`; a FILE is a file")


def test_a_rehearsal_is_not_left_by_what_is_copied() -> None:
    told = typed(HELP, Path("film.yaml"), REHEARSAL)
    assert "`storyboard pick film.yaml --backend emulator a/b --keep`" in told
    assert "`.storyboard/rehearsal/clips`" in told


def test_a_finding_without_a_command_stays_as_it_is() -> None:
    plain = Diagnostic(Code("SB930"), Severity.NOTE, "it is so", None, "do so")
    assert with_typed_commands(plain, Path("film.yaml"), FAL) is plain
    found = with_typed_commands(
        Diagnostic(Code("SB930"), Severity.NOTE, "", None, HELP), Path("f"), FAL
    )
    assert found.help == typed(HELP, Path("f"), FAL)

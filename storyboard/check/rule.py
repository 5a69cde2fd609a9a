"""Declare a rule: what it looks at, the codes it defines, and its column in a campaign's table.

A rule is asked of every part of its scope by itself, and is handed a value that holds that part and
nothing beside it: whatever else it reads raises `ScopeError`. So what it has found of a part holds
wherever the very same part is again, in another variation.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeAlias, TypeVar

from storyboard.check.outline import ScopeError
from storyboard.check.subject import (
    FrameSubject,
    PartSubject,
    SceneSubject,
    ShotSubject,
    Subject,
)
from storyboard.diagnostics import Code, Diagnostic
from storyboard.diagnostics.column import Column

S = TypeVar("S")

Find: TypeAlias = Callable[[S], Iterable[Diagnostic]]


@dataclass(frozen=True, slots=True)
class Scope(Generic[S]):
    """What a rule looks at by itself, in words."""

    words: str


FRAME: Scope[FrameSubject] = Scope("the storyboard without its scenes")
SCENE: Scope[SceneSubject] = Scope("a scene with its shots")
SHOT: Scope[ShotSubject] = Scope("a shot")
PART: Scope[PartSubject] = Scope("the frame, a scene without its shots, or a shot")
"""For rules that ask the same of every part, wherever a key may be."""
FILM: Scope[Subject] = Scope("the film")
"""Asked again of every variation: for rules that must see all scenes at once."""


@dataclass(frozen=True, slots=True)
class Rule(Generic[S]):
    """A rule of one file. `codes` are defined there; `borrows` are codes of the schema it reports.

    `column` is where a campaign's table shows the rule's own codes.
    """

    name: str
    scope: Scope[S]
    column: Column
    codes: tuple[Code, ...]
    borrows: tuple[Code, ...]
    find: Find[S]

    def found(self, subject: S) -> tuple[Diagnostic, ...]:
        """Return what the rule finds of one part.

        Raises:
            ScopeError: if the rule reads what is outside of its scope, which is a bug in the rule.
        """
        try:
            return tuple(self.find(subject))
        except ScopeError as error:
            scope = self.scope.words
            message = f"the rule `{self.name}` looks at {scope} and cannot read {error}"
            raise ScopeError(f"{message}: declare another scope for it") from error


def rule(
    scope: Scope[S], column: Column, *codes: Code, borrows: tuple[Code, ...] = ()
) -> Callable[[Find[S]], Rule[S]]:
    """Make a rule of a function that is named like its file."""

    def declare(find: Find[S]) -> Rule[S]:
        return Rule(find.__name__, scope, column, codes, borrows, find)

    return declare

"""Find what a schema cannot say of a document: one rule a file.

Every module of this folder holds one rule, named like its file; there is no other list of them.
"""

from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, cast

from storyboard.check.rule import FILM, FRAME, PART, SCENE, SHOT, Rule, Scope
from storyboard.check.subject import (
    FrameSubject,
    PartSubject,
    SceneSubject,
    ShotSubject,
    Subject,
)
from storyboard.diagnostics import Code
from storyboard.diagnostics.column import Column


def _load(name: str) -> Rule[Any]:
    found = getattr(import_module(f"{__name__}.{name}"), name, None)
    if not isinstance(found, Rule) or found.name != name:
        raise TypeError(f"check/rules/{name}.py has no rule `{name}`")
    return found


RULES = tuple(_load(name) for name in sorted(one.name for one in iter_modules(__path__)))
"""Every rule, in the order of the alphabet."""


def _of(scope: Scope[Any]) -> tuple[Rule[Any], ...]:
    return tuple(one for one in RULES if one.scope is scope)


OF_THE_FRAME = cast("tuple[Rule[FrameSubject], ...]", _of(FRAME))
OF_EACH_SCENE = cast("tuple[Rule[SceneSubject], ...]", _of(SCENE))
OF_EACH_SHOT = cast("tuple[Rule[ShotSubject], ...]", _of(SHOT))
OF_EACH_PART = cast("tuple[Rule[PartSubject], ...]", _of(PART))
OF_THE_FILM = cast("tuple[Rule[Subject], ...]", _of(FILM))


def columns() -> Mapping[Column, frozenset[Code]]:
    """Return which codes each column of a campaign's table takes from the rules."""
    found: dict[Column, frozenset[Code]] = {}
    for one in RULES:
        found[one.column] = found.get(one.column, frozenset()) | frozenset(one.codes)
    return found

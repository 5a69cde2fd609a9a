"""Leave out findings that only repeat another one in other words."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias, assert_never

from storyboard.diagnostics.diagnostic import Code, Diagnostic, Same

_Mark: TypeAlias = tuple[Code, Same, Hashable]


def without_followers(
    found: Iterable[Diagnostic], beside: Iterable[Diagnostic] = ()
) -> tuple[Diagnostic, ...]:
    """Return the findings, in their order, without those that follow from one of all.

    `beside` are findings of earlier stages.
    """
    return Earlier.of(beside).without_followers(found)


@dataclass(frozen=True, slots=True)
class Earlier:
    """Findings of earlier stages by their codes, looked through once for all that may follow."""

    by_code: Mapping[Code, Sequence[Diagnostic]]

    @classmethod
    def of(cls, found: Iterable[Diagnostic]) -> "Earlier":
        """Sort findings by code."""
        by_code: dict[Code, list[Diagnostic]] = {}
        for one in found:
            by_code.setdefault(one.code, []).append(one)
        return cls(by_code)

    def without_followers(self, found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
        """Return findings without those that follow from one of them or of the earlier ones."""
        own = tuple(found)
        wanted = {
            (code, one.follows.same)
            for one in own
            if one.follows is not None
            for code in one.follows.codes
        }
        marks: set[_Mark] = {
            (one.code, same, _key(one, same))
            for one in own
            for same in Same
            if (one.code, same) in wanted
        }
        for code, same in wanted:
            marks |= {(code, same, _key(one, same)) for one in self.by_code.get(code, ())}
        return tuple(one for one in own if not _follows(one, marks))


def _follows(one: Diagnostic, marks: set[_Mark]) -> bool:
    if one.follows is None:
        return False
    same = one.follows.same
    key = _key(one, same)
    return key is not None and any((code, same, key) in marks for code in one.follows.codes)


def _key(one: Diagnostic, same: Same) -> Hashable:
    match same:
        case Same.PLACE:
            return one.span
        case Same.PAIR:
            return (one.span, one.related[0].span) if one.related else None
        case Same.ABOUT:
            return one.about
        case _:
            assert_never(same)

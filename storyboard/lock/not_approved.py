"""Say which shots are not approved as they are seen now, why, and what to do about it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import assert_never

from storyboard.lock.finding import ApprovalState, AskedShot, LockedStanding, PickState
from storyboard.lock.locked import ShotKind, entry_name


@dataclass(frozen=True, slots=True)
class UnapprovedShot:
    """A shot that is not approved, why, and the commands of which one may change it.

    They have `FILE` in place of the storyboard's name.
    """

    asked: AskedShot
    why: str
    commands: tuple[str, ...]

    @property
    def name(self) -> str:
        """Name it for people: `opening/pour`, `opening/pour@9:16`, `opening/pour [spring]`."""
        film = f" [{self.asked.film}]" if self.asked.film is not None else ""
        return f"{entry_name(self.asked.name, self.asked.ratio)}{film}"


def unapproved(standings: Iterable[tuple[LockedStanding, bool]]) -> tuple[UnapprovedShot, ...]:
    """Return the shots that are not approved; beside each is whether anything is seen of it.

    What films share is named once.
    """
    return tuple(_once(standings))


def _once(standings: Iterable[tuple[LockedStanding, bool]]) -> Iterator[UnapprovedShot]:
    said: set[tuple[object, ...]] = set()
    for standing, is_seen in standings:
        if standing.approval is ApprovalState.APPROVED:
            continue
        asked = standing.asked
        why, *commands = _reason(standing, is_seen=is_seen)
        key = (asked.name, asked.ratio, asked.asks, why)
        if key not in said:
            said.add(key)
            yield UnapprovedShot(asked, why, tuple(f"storyboard {one}" for one in commands))


def _reason(standing: LockedStanding, *, is_seen: bool) -> tuple[str, ...]:
    name = standing.asked.name
    again = f"approve FILE {name}"
    if not is_seen and standing.pick is PickState.STALE:
        return "it shows a clip of older words", "render FILE", f"pick FILE {name} --keep"
    if not is_seen:
        return "it has no clip", "render FILE"
    match standing.approval:
        case ApprovalState.NONE:
            return "nobody approved it", again
        case ApprovalState.STALE:
            return f"{_said_of_other(standing)} was for something else: {_what(standing)}", again
        case ApprovalState.REJECTED:
            return _rejection(standing), f"takes FILE {name}", again
        case ApprovalState.APPROVED:
            raise AssertionError("it is approved")
    assert_never(standing.approval)


def _said_of_other(standing: LockedStanding) -> str:
    approval = standing.match.decision.approval if standing.match else None
    if approval is None:
        return "the verdict"
    return f"the verdict of {approval.by} ({approval.verdict.value}, {approval.when:%Y-%m-%d})"


def _what(standing: LockedStanding) -> str:
    made = standing.asked.kind is ShotKind.PROMPT
    return "its clip, its trim, its crop or its words" if made else "its file, its trim or its crop"


def _rejection(standing: LockedStanding) -> str:
    approval = standing.match.decision.approval if standing.match else None
    if approval is None:
        return "it was rejected"
    return f"{approval.by} rejected it: {approval.why}"

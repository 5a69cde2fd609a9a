"""Change what was decided for a shot: pick, withdraw, keep, supersede, approve, reject."""

from dataclasses import replace
from datetime import UTC, datetime

from storyboard.jobs import ShotDigest
from storyboard.lock.decision import (
    Approval,
    Decision,
    LockedTake,
    Pick,
    SeenShot,
    Superseded,
    Verdict,
)


def pick(
    decision: Decision, take: LockedTake, asks: ShotDigest, by: str, when: datetime
) -> Decision:
    """Choose a take. It is no longer superseded, if it was; the pick before it is replaced."""
    chosen = Pick(take, asks, by, _whole(when))
    others = tuple(one for one in decision.superseded if one.pick.take.clip != take.clip)
    return replace(decision, pick=chosen, superseded=others)


def withdraw(decision: Decision) -> Decision:
    """Choose nothing; the shot shows its first take."""
    return replace(decision, pick=None)


def keep(decision: Decision, asks: ShotDigest, by: str, when: datetime) -> Decision:
    """Accept the pick for what the shot asks for now; without a pick nothing changes."""
    if decision.pick is None or decision.pick.asks == asks:
        return decision
    return replace(decision, pick=Pick(decision.pick.take, asks, by, _whole(when)))


def supersede(decision: Decision, asks: ShotDigest) -> Decision:
    """Let a pick of older words give way to the clip of what the shot asks for now."""
    if decision.pick is None or decision.pick.asks == asks:
        return decision
    former = Superseded(decision.pick, asks)
    return replace(decision, pick=None, superseded=(*decision.superseded, former))


def approve(decision: Decision, seen: SeenShot, by: str, when: datetime, why: str = "") -> Decision:
    """Approve what was seen."""
    return replace(decision, approval=Approval(Verdict.APPROVED, seen, by, _whole(when), why))


def reject(decision: Decision, seen: SeenShot, by: str, when: datetime, why: str) -> Decision:
    """Reject what was seen, and say why."""
    return replace(decision, approval=Approval(Verdict.REJECTED, seen, by, _whole(when), why))


def _whole(when: datetime) -> datetime:
    return when.astimezone(UTC).replace(microsecond=0)

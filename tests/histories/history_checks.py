"""See what must hold after every move: nothing is lost, nothing is paid that was not told."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from history_state import Choice, Decided, History

from storyboard.jobs import FrameRef, Reference, digest_of_shot, wire
from storyboard.lock import ApprovalState, Entries, approval_state
from storyboard.model import PromptShot, ShotName
from storyboard.pipeline import Compiled
from storyboard.plan import Plan, StoreView, fingerprint, over
from storyboard.session import FAL, takes_of
from storyboard.session.deciding import offered_shots
from storyboard.store import FailedJobs, spent, whole


@dataclass(slots=True)
class Digests:
    """What was asked for by each digest, of jobs and of shots, in all of a history.

    One digest stands for one request, and one request has one digest, at any time.
    """

    asked: dict[str, str] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)

    def see(self, digest: str, asked: str) -> None:
        """Compare a digest with what was seen before."""
        assert self.asked.setdefault(digest, asked) == asked, (self.asked[digest], asked)
        assert self.digests.setdefault(asked, digest) == digest


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen after a move: what is shown, and what is to pay."""

    shown: Mapping[int, str | None]
    to_pay: Decimal
    jobs: frozenset[str]


def look(it: History, digests: Digests) -> Seen:
    """See that all holds, and return what is seen."""
    result, plan = it.own.compiled()
    again = it.own.compiled()[1]
    assert fingerprint(again) == fingerprint(plan), "a plan changed by itself"
    _digests(result, plan, digests)
    shown = it.own.shown(plan)
    by_uid = {shot.uid: shown[name] for name, shot in it.board.shots}
    _picks(it, plan)
    for uid, clip in by_uid.items():
        _shows(it, uid, clip)
    _reachable(it, result)
    _approvals(it, result, by_uid)
    _money(it, plan)
    return Seen(by_uid, plan.to_pay, frozenset(one.job.digest for one in plan.jobs))


def _digests(result: Compiled, plan: Plan, digests: Digests) -> None:
    for one in plan.jobs:
        body = wire(one.job.body, lambda ref: _named(ref, result.held))
        digests.see(one.job.digest, repr((one.job.endpoint, body)))
    for film in result.wanted:
        for shot in film.storyboard.shots:
            assert isinstance(shot, PromptShot)
            digests.see(digest_of_shot(shot, film.storyboard), f"{shot.prompt!r} {shot.duration}")


def _named(reference: Reference, held: StoreView) -> str:
    """Name the clip that a frame is of: by its bytes, or as the first that there is of a job."""
    assert isinstance(reference, FrameRef)
    first = held.takes.get(reference.job, {}).get(1)
    kept = first.kept.clip if first and first.kept else None
    is_first = reference.clip is None or reference.clip == kept
    return f"{reference.job if is_first else reference.clip} {reference.at}"


def _picks(it: History, plan: Plan) -> None:
    """See that the lock has every pick, current or stale, as somebody made it."""
    (film,) = plan.films
    for name, shot in it.board.shots:
        known = it.of(shot.uid).pick
        current, stale = film.picks.current.get(name), film.picks.stale.get(name)
        found = current or stale
        if known is None and current is not None:
            gone = Choice(current.clip, shot.asks)
            assert gone in it.gone, f"{name} has a pick that nobody made: {current}"
            it.decided[shot.uid] = Decided(gone)  # what was removed has come back
            continue
        assert (found.clip if found else None) == (known.clip if known else None), name
        if known is not None:
            assert (current is not None) == (known.asks == shot.asks), name


def _shows(it: History, uid: int, clip: str | None) -> None:
    """See that a shot shows what was picked, else its words, else what was picked for others."""
    shot, pick = it.board.shot(uid), it.of(uid).pick
    assert shot is not None
    ledger = (*it.own.provider.ledger, *it.other.provider.ledger)
    asked = {one.clip: one.asked for one in ledger}
    name = it.board.named(uid)
    if pick is not None and pick.asks == shot.asks:
        assert clip == (pick.clip if it.own.has(pick.clip) else None), name
    elif pick is not None and clip == pick.clip:
        return
    elif clip is not None:
        assert shot.asks in asked[clip], f"{name} shows other words: {asked[clip]}"
    elif pick is not None:
        assert not it.own.has(pick.clip), f"{name} shows nothing, and has an older clip"


def _approvals(it: History, result: Compiled, shown: Mapping[int, str | None]) -> None:
    """See that an approval holds while what was approved is shown, for the same words."""
    entries = Entries(result.lock, frozenset(ShotName(name) for name, _ in it.board.shots))
    offered = {one.asked.name: one for one in offered_shots(result, FAL)}
    for name, shot in it.board.shots:
        approved, one = it.approved.get(shot.uid), offered[ShotName(name)]
        if approved is not None:
            match = entries.find(one.asked)
            assert match is not None, name
            holds = shown[shot.uid] == approved.clip and shot.asks == approved.asks
            state = approval_state(match.decision, one.seen)
            wanted = ApprovalState.APPROVED if holds else ApprovalState.STALE
            assert state is wanted, (name, state, match.decision.approval, one)


def _reachable(it: History, result: Compiled) -> None:
    """See that every clip that was paid for is there, and is a take of what asks for it now."""
    takes = takes_of(result, FAL)
    listed = {one.name: {take.clip for take in one.takes} for one in takes}
    for one in takes:
        numbers = [take.number for take in one.takes]
        assert len(set(numbers)) == len(numbers), (one.name, numbers)
    known = result.held.kept_clips
    for charged in it.own.provider.ledger:
        if charged.clip is None:
            continue
        assert it.own.has(charged.clip), f"the clip of {charged.request} is lost"
        assert charged.clip in known, f"nobody knows the clip of {charged.request}"
        for name, shot in it.board.shots:
            if shot.asks in charged.asked:
                assert charged.clip in listed[name], f"{name} has no take of {charged.request}"
    for name, shot in it.board.shots:
        if (pick := it.of(shot.uid).pick) is not None:
            assert pick.clip in listed[name], f"the pick of {name} is not among its takes"


def _money(it: History, plan: Plan) -> None:
    """See that the journal, the plan and the provider know of the same money."""
    charged = sum((one.price for one in it.own.provider.ledger), Decimal(0))
    found = whole(spent(it.own.attempts()))
    assert found.paid + found.possible == charged
    assert sum((one.amount for one in plan.charged), Decimal(0)) == charged
    due = it.own.due(plan)
    assert due.cost == plan.to_pay, (due.cost, plan.to_pay)
    most = it.board.budget
    if plan.to_pay:
        assert bool(over(plan)) == (most is not None and charged + plan.to_pay > most)
    assert (due.against is not None) == bool(over(plan)), due.against
    assert it.own.due(plan, FailedJobs.RETRY).cost == plan.to_pay + plan.to_retry

"""Moves that render, and that decide: pick, keep, withdraw, approve, and merge two branches."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from history_board import Board
from history_edits import reword
from history_merging import merged
from history_project import HistoryProject, decider
from history_state import UNDECIDED, Choice, Decided, History

from storyboard.diagnostics import Severity
from storyboard.lock import half_merged
from storyboard.session import Desk, Edit, OfferedShot, compiled, for_each, for_others, in_turn

REFUSALS = ("fair", "policy", "refused")


def render(it: History) -> bool:
    """Render what is missing; now and then the provider refuses some of it."""
    many = it.random.randint(1, 6)
    words = tuple(it.random.choice((*REFUSALS, "ok", "ok")) for _ in range(many))
    if it.random.random() < 0.7:
        words = ()
    again = it.random.random() < 0.3
    ran = it.own.render(words, again=again)
    it.say(f"render {words} {'again ' if again else ''}{ran}")
    if ran.against is not None:
        assert ran.charged == 0
        it.counts["over a budget"] += 1
        return True
    it.counts["renders"] += 1
    it.renamed.clear()
    assert ran.charged <= ran.asked, ran
    if not words:
        assert ran.charged == ran.asked, ran
    gives_way(it, it.own)
    return True


def gives_way(it: History, project: HistoryProject) -> None:
    """Take from the lock which stale picks gave way, and see that newer words are shown."""
    _, plan = project.compiled()
    (film,) = plan.films
    shown = project.shown(plan)
    for uid in [one for one in it.decided if it.is_stale(one)]:
        name, shot, before = it.board.named(uid), it.board.shot(uid), it.of(uid)
        assert shot is not None
        if name not in film.picks.stale:
            assert shot.asks in asked_of(project, shown[name]), (name, shown[name])
            it.decided[uid] = Decided(None, before.pick, shot.asks)
            it.counts["gave way"] += 1


def asked_of(project: HistoryProject, clip: str | None) -> tuple[tuple[str, int], ...]:
    """Return what the request of a clip asked for."""
    return next((one.asked for one in project.provider.ledger if one.clip == clip), ())


def pick(it: History, among: Collection[int] | None = None) -> bool:
    """Pick one of the takes of a shot."""
    desk = it.own.desk()
    offered = {
        uid: shot
        for uid, shot in _by_uid(it, desk.shots).items()
        if shot.takes and (among is None or uid in among)
    }
    uid = it.some(offered)
    if uid is None:
        return False
    shot = offered[uid]
    take = it.random.choice(shot.takes)
    it.say(f"pick {shot.name} {take.number} ({take.clip[:6]})")
    before = it.own.compiled()[1]
    write(it, desk, for_others(decider().pick((shot,), take)))
    _chose(it, uid, take.clip)
    after = it.own.compiled()[1]
    if not it.is_chained:  # a picked shot needs no request, and no other shot has another one
        assert after.to_pay + after.to_retry <= before.to_pay + before.to_retry
    it.counts["picks"] += 1
    return True


def unpick(it: History, among: Collection[int] | None = None) -> bool:
    """Withdraw a pick."""
    uid = it.some([one for one in _picked(it) if among is None or one in among])
    if uid is None:
        return False
    desk = it.own.desk()
    shot = _by_uid(it, desk.shots)[uid]
    it.say(f"pick {shot.name} none")
    write(it, desk, for_others(decider().withdraw((shot,))))
    it.decided[uid] = replace(it.of(uid), pick=None)
    return True


def keep(it: History, among: Collection[int] | None = None) -> bool:
    """Accept a stale pick for the new words, or one that gave way to these."""
    uids = [one for one in it.uids if among is None or one in among]
    uid = it.some([one for one in uids if it.is_stale(one) or _may_come_back(it, one)])
    if uid is None:
        return False
    desk = it.own.desk()
    shot = _by_uid(it, desk.shots)[uid]
    it.say(f"keep {shot.name}")
    write(it, desk, for_each(decider().keep((shot,))))
    known = it.of(uid)
    chosen = known.pick or known.gave_way
    assert chosen is not None
    _chose(it, uid, chosen.clip)
    it.counts["keeps"] += 1
    return True


def approve(it: History) -> bool:
    """Approve all that can be seen: that picks it as well."""
    desk = it.own.desk()
    seen = {uid: one for uid, one in _by_uid(it, desk.shots).items() if one.seen is not None}
    if not seen:
        return False
    it.say(f"approve {', '.join(one.name for one in seen.values())}")
    write(it, desk, for_each(decider().approve(tuple(seen.values()))))
    for uid, one in seen.items():
        assert one.shown is not None
        if it.of(uid).pick is None:
            _chose(it, uid, one.shown.clip)
        it.approved[uid] = Choice(one.shown.clip, _asks(it, uid))
    it.counts["approvals"] += len(seen)
    return True


def write(it: History, desk: Desk, edit: Edit) -> None:
    """Write decisions: with them, the lock knows every shot by its name."""
    desk.write(edit)
    it.renamed.clear()


def copy_clips(it: History) -> bool:
    """Copy all clips of the other store into this one."""
    it.say("copy the clips of the other store")
    it.own.copy_clips(it.other)
    return True


def merge(it: History) -> bool:
    """Decide on two branches, in two stores, and merge them."""
    uids = it.uids
    it.random.shuffle(uids)
    write(it, it.own.desk(), lambda lock: lock)  # both branches know all shots
    half = len(uids) // 2
    clash = it.random.random() < 0.4 and half > 0
    ours, theirs = uids[:half] + (uids[half:] if clash else []), uids[half:]
    base, lock = it.board, it.own.lock.read_bytes()
    before = dict(it.decided)
    it.say(f"branch ours: {[it.board.named(one) for one in ours]}")
    _decide(it, ours)
    our_board, our_decided, our_lock = it.board, it.decided, it.own.lock.read_bytes()
    it.say(f"branch theirs: {[base.named(one) for one in theirs]}")
    it.board, it.decided = base, dict(before)
    it.own, it.other = it.other, it.own
    it.own.write(it.board)
    it.own.lock.write_bytes(lock)
    if it.random.random() < 0.6 and not any(map(it.is_stale, uids)):
        render(it)
    _decide(it, theirs)
    their_board, their_decided, their_lock = it.board, it.decided, it.own.lock.read_bytes()
    it.own, it.other = it.other, it.own
    changed = {uid for uid in theirs if _of(their_decided, uid) != _of(before, uid)}
    both = {uid for uid in changed if _of(our_decided, uid) != _of(before, uid)}
    it.board = _merged(our_board, their_board, theirs)
    it.decided = {**our_decided, **{uid: their_decided[uid] for uid in changed - both}}
    agreed = {uid for uid in both if _of(our_decided, uid) == _of(their_decided, uid)}
    it.own.write(it.board)
    it.own.lock.write_bytes(merged(it.own.folder, our_lock, lock, their_lock))
    it.say(f"merge, both decided for {[it.board.named(one) for one in both]}")
    it.counts["merges"] += 1
    if it.random.random() < 0.7:
        copy_clips(it)
    in_conflict = _in_conflict(it)
    # Two shots that ask for the same have picks of equal lines, of which git may mistake one.
    twins = {shot.uid for _, shot in it.board.shots if it.is_twin(shot)}
    assert both - agreed <= in_conflict | twins, (both, in_conflict)
    assert in_conflict <= (both - agreed) | twins, (both, in_conflict)
    if in_conflict:
        _settle(it, in_conflict)
    return True


def _in_conflict(it: History) -> set[int]:
    """Return the shots that are in conflict, and see that all of them are reported."""
    halves = half_merged(it.own.lock.read_bytes(), str(it.own.lock))
    conflict = compiled(it.own.ask)
    reported = {one.code for one in conflict.diagnostics if one.severity is Severity.ERROR}
    assert reported == ({"SB921"} if halves else set()), reported
    named = {name: shot.uid for name, shot in it.board.shots}
    return {named[name] for name in halves.shots} if halves else set()


def _of(decided: Mapping[int, Decided], uid: int) -> Decided:
    return decided.get(uid, UNDECIDED)


def _decide(it: History, among: Sequence[int]) -> None:
    for _ in range(it.random.randint(1, 4)):
        kind = it.random.choice((pick, pick, unpick, keep, reword))
        if kind is reword:
            reword(it, it.some(among))
        else:
            kind(it, among)


def _merged(ours: Board, theirs: Board, uids: Collection[int]) -> Board:
    for uid in uids:
        shot = theirs.shot(uid)
        if shot is not None and shot.asks != (ours.shot(uid) or shot).asks:
            ours = ours.with_shot(uid, lambda one, words=shot.words: replace(one, words=words))
    return ours


def _settle(it: History, both: Collection[int]) -> None:
    """Decide again for every shot that is in conflict."""
    names = [it.board.named(uid) for uid in both]
    desk = it.own.desk(*names)
    offered = _by_uid(it, desk.shots)
    edits = []
    it.renamed.clear()
    for uid in sorted(both):
        shot = offered[uid]
        take = shot.shown or (shot.takes[0] if shot.takes else None)
        if take is None or it.random.random() < 0.2:
            edits.append(for_others(decider().withdraw((shot,))))
            it.decided[uid] = replace(it.of(uid), pick=None)
        else:
            edits.append(for_others(decider().pick((shot,), take)))
            _chose(it, uid, take.clip)
    write(it, desk, in_turn(edits))
    it.say(f"settle {names}")
    it.counts["conflicts"] += 1


def _chose(it: History, uid: int, clip: str) -> None:
    chosen, known = Choice(clip, _asks(it, uid)), it.of(uid)
    came_back = known.gave_way is not None and known.gave_way.clip == clip
    it.decided[uid] = Decided(chosen) if came_back else replace(known, pick=chosen)


def _asks(it: History, uid: int) -> tuple[str, int]:
    shot = it.board.shot(uid)
    assert shot is not None
    return shot.asks


def _picked(it: History) -> list[int]:
    return [uid for uid in it.uids if it.of(uid).pick is not None]


def _may_come_back(it: History, uid: int) -> bool:
    shot, known = it.board.shot(uid), it.of(uid)
    return (
        known.pick is None and known.to is not None and shot is not None and known.to == shot.asks
    )


def _by_uid(it: History, shots: Sequence[OfferedShot]) -> dict[int, OfferedShot]:
    named = {name: shot.uid for name, shot in it.board.shots}
    return {named[one.asked.name]: one for one in shots}

"""Moves that change the storyboard: words, lengths, names, places, takes, scenes, the budget."""

from dataclasses import replace
from decimal import Decimal

from history_state import LENGTHS, History

MOST_SHOTS = 8
_PICKED = 0.6
"""How often the words of a picked shot are changed rather than any shot's."""


def reword(it: History, uid: int | None = None) -> bool:
    """Give a shot other words."""
    if uid is None:
        picked = [one for one in it.uids if it.of(one).pick is not None]
        uid = it.some(picked if picked and it.random.random() < _PICKED else it.uids)
    assert uid is not None
    words = it.new_words()
    it.say(f"reword {it.board.named(uid)}: {words}")
    it.ask_for_else(uid, lambda one: replace(one, words=words))
    return True


def retime(it: History) -> bool:
    """Let a shot be longer or shorter."""
    uid, seconds = it.some(it.uids), it.random.choice(LENGTHS)
    assert uid is not None
    it.say(f"make {it.board.named(uid)} {seconds} s long")
    it.ask_for_else(uid, lambda one: replace(one, seconds=seconds))
    return True


def retake(it: History) -> bool:
    """Want more takes of a shot, or fewer."""
    uid, takes = it.some(it.uids), it.random.randint(1, 3)
    assert uid is not None
    it.say(f"want {takes} takes of {it.board.named(uid)}")
    it.change(uid, lambda one: replace(one, takes=takes))
    return True


def retitle(it: History) -> bool:
    """Lay other words over a shot: nothing that is asked for changes."""
    uid, number = it.some(it.uids), next(it.numbers)
    assert uid is not None
    it.say(f"title {it.board.named(uid)}")
    it.change(uid, lambda one: replace(one, title=f"Title {number}"))
    return True


def rename(it: History) -> bool:
    """Give a shot another name. One that asks for what another asks for cannot be told from it."""
    uid = it.some([shot.uid for _, shot in it.board.shots if not it.is_twin(shot)])
    if uid is None or it.is_stale(uid):
        return False
    name = f"s{next(it.numbers)}"
    it.say(f"rename {it.board.named(uid)} to {name}")
    it.change(uid, lambda one: replace(one, id=name))
    it.renamed.add(uid)
    return True


def move(it: History) -> bool:
    """Put a shot elsewhere in its scene: its name stays."""
    scenes = [one for one in it.board.scenes if len(one.shots) > 1]
    if not scenes:
        return False
    scene = it.random.choice(scenes)
    shots = list(scene.shots)
    it.random.shuffle(shots)
    it.say(f"order {scene.id}: {', '.join(one.id for one in shots)}")
    moved = replace(scene, shots=tuple(shots))
    it.board = replace(
        it.board, scenes=tuple(moved if one is scene else one for one in it.board.scenes)
    )
    it.own.write(it.board)
    return True


def add(it: History) -> bool:
    """Add a shot, sometimes one that asks for what another asks for."""
    if len(it.uids) >= MOST_SHOTS:
        return False
    shot = it.new_shot()
    it.place(shot)
    it.say(f"add {it.board.named(shot.uid)}: {shot.words} {shot.seconds} s")
    return True


def remove(it: History) -> bool:
    """Remove a shot; what was picked for it stays in the lock."""
    if len(it.uids) < 2:
        return False
    uid = it.some(it.uids)
    assert uid is not None
    it.say(f"remove {it.board.named(uid)}")
    it.forget(uid)
    it.board = it.board.without(uid)
    it.own.write(it.board)
    return True


def rechain(it: History) -> bool:
    """Let a scene's later requests go on from those before them, or begin from words."""
    scene = it.random.choice(it.board.scenes)
    continuity = "none" if scene.continuity == "chain" else "chain"
    it.say(f"continuity of {scene.id}: {continuity}")
    changed = replace(scene, continuity=continuity)
    it.board = replace(
        it.board, scenes=tuple(changed if one is scene else one for one in it.board.scenes)
    )
    it.own.write(it.board)
    return True


def rebudget(it: History) -> bool:
    """Set a budget, or none."""
    most = it.random.choice((None, Decimal(2), Decimal(5), Decimal(9), Decimal(20)))
    it.say(f"budget: {most}")
    it.board = replace(it.board, budget=most)
    it.own.write(it.board)
    return True

"""Play a history from a number: random moves, and after each a look at all that must hold."""

from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random

import history_deciding as deciding
import history_edits as edits
from history_board import Board, BoardScene
from history_checks import Digests, Seen, look
from history_project import HistoryProject
from history_provider import Provider
from history_state import History

from storyboard.lock import Lock, arranged
from storyboard.session import change_lock, lock_shots

MOVES = 12
Move = Callable[[History], bool]
_WEIGHTS: Mapping[Move, int] = {
    edits.reword: 5,
    edits.retime: 1,
    edits.retake: 3,
    edits.retitle: 1,
    edits.rename: 2,
    edits.move: 2,
    edits.add: 2,
    edits.remove: 2,
    edits.rechain: 1,
    edits.rebudget: 1,
    deciding.render: 8,
    deciding.pick: 6,
    deciding.unpick: 1,
    deciding.keep: 5,
    deciding.approve: 1,
    deciding.copy_clips: 1,
    deciding.merge: 3,
}
_NEUTRAL = (edits.retitle, edits.rename)
"""Moves after which all shots show what they showed, and nothing more is to pay."""


def play(number: int, folder: Path, moves: int = MOVES) -> Counter[str]:
    """Play a history in an empty folder; return what was done how often.

    Raises:
        AssertionError: with all that was done, if something does not hold.
    """
    it = begun(Random(number), folder)  # noqa: S311 -- it is played again from its number
    digests = Digests()
    try:
        seen = look(it, digests)
        for _ in range(moves):
            move = _moved(it)
            now = look(it, digests)
            _unchanged(it, move, seen, now)
            seen = now
    except BaseException as problem:
        problem.add_note("\n".join([f"history {number}:", *it.done, it.board.written()]))
        raise
    return it.counts


def begun(random: Random, folder: Path) -> History:
    """Begin a film: a board, and a lock with an entry for every shot, as `init` writes it."""
    own = HistoryProject(folder / "own")
    it = History(random, own, HistoryProject(folder / "other", Provider(named="o")))
    scenes = []
    for name in ("one", "two"):
        shots = tuple(it.new_shot() for _ in range(random.randint(1, 4)))
        scenes.append(BoardScene(name, shots, random.choice(("none", "none", "chain"))))
    it.board = Board(tuple(scenes))
    own.write(it.board)
    _, plan = own.compiled()

    def entries(lock: Lock) -> Lock:
        return arranged(lock, lock_shots(plan))

    change_lock(own.lock, own.store, entries)
    it.say(f"begin with\n{it.board.written()}")
    return it


def _moved(it: History) -> Move:
    """Make one move that can be made."""
    while True:
        (move,) = it.random.choices([*_WEIGHTS], [*_WEIGHTS.values()])
        if move(it):
            it.counts["moves"] += 1
            return move


def _unchanged(it: History, move: Move, before: Seen, now: Seen) -> None:
    """See that what a move has nothing to do with is as it was."""
    if move in _NEUTRAL:
        assert now.shown == before.shown
        assert now.to_pay == before.to_pay
        assert now.jobs == before.jobs
    if move is deciding.pick and not it.is_chained:
        others = {uid for uid, clip in before.shown.items() if clip is not None}
        changed = {uid for uid in others if now.shown[uid] != before.shown[uid]}
        assert len(changed) <= 1, changed

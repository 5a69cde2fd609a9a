"""What is known of a film's history beside what the program keeps: a model to compare it with."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field, replace
from itertools import count
from random import Random

from history_board import Board, BoardShot
from history_project import HistoryProject

LENGTHS = (3, 4, 5)


@dataclass(frozen=True, slots=True)
class Choice:
    """A take that was picked for a shot, by its clip, and what the shot asked for then."""

    clip: str
    asks: tuple[str, int]


@dataclass(frozen=True, slots=True)
class Decided:
    """What is decided for a shot: its pick, and the pick that gave way last, to which words."""

    pick: Choice | None = None
    gave_way: Choice | None = None
    to: tuple[str, int] | None = None


UNDECIDED = Decided()


@dataclass(slots=True)
class History:
    """A film under way: its board, what is decided for its shots, and what has been done.

    `gone` are picks of shots that were removed: a new shot that asks for the same has them;
    `gone_asks` is what anything was decided for, of such shots. `earlier` are words that shots had.
    `renamed` are shots whose new names the lock does not have yet. `done` tells all, in words.
    """

    random: Random
    own: HistoryProject
    other: HistoryProject
    board: Board = field(default_factory=lambda: Board(()))
    decided: dict[int, Decided] = field(default_factory=dict)
    approved: dict[int, Choice] = field(default_factory=dict)
    gone: list[Choice] = field(default_factory=list)
    gone_asks: set[tuple[str, int]] = field(default_factory=set)
    earlier: list[str] = field(default_factory=list)
    renamed: set[int] = field(default_factory=set)
    done: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def of(self, uid: int) -> Decided:
        """Return what is decided for a shot."""
        return self.decided.get(uid, UNDECIDED)

    def say(self, words: str) -> None:
        """Note what is done."""
        self.done.append(words)

    @property
    def uids(self) -> list[int]:
        """All shots, by the numbers that stay when they are renamed."""
        return [shot.uid for _, shot in self.board.shots]

    @property
    def is_chained(self) -> bool:
        """Tell whether a request may go on from another: then one choice costs another's clip."""
        return any(one.continuity == "chain" for one in self.board.scenes)

    def is_stale(self, uid: int) -> bool:
        """Tell whether a shot's pick was made for other words."""
        shot, pick = self.board.shot(uid), self.of(uid).pick
        return pick is not None and shot is not None and pick.asks != shot.asks

    def is_twin(self, shot: BoardShot) -> bool:
        """Tell whether another shot, or one that is gone, asks for the same."""
        asking = [one.asks for _, one in self.board.shots].count(shot.asks)
        return asking > 1 or shot.asks in self.gone_asks

    def new_words(self) -> str:
        """Return words that no shot has had, or sometimes such as one has had."""
        if self.earlier and self.random.random() < 0.3:
            return self.random.choice(self.earlier)
        words = f"Picture {next(self.numbers)}."
        self.earlier.append(words)
        return words

    def new_shot(self) -> BoardShot:
        """Return a shot that is not there yet."""
        uid = next(self.numbers)
        return BoardShot(uid, f"s{uid}", self.new_words(), self.random.choice(LENGTHS))

    def ask_for_else(self, uid: int, change: Callable[[BoardShot], BoardShot]) -> None:
        """Let a shot ask for something else: with a name that is not in the lock it is new."""
        if uid in self.renamed and self.board.with_shot(uid, change) != self.board:
            self.forget(uid)
        self.change(uid, change)

    def forget(self, uid: int) -> None:
        """Let what was decided for a shot stand in the lock for one that is gone."""
        approved = self.approved.pop(uid, None)
        if approved is not None:
            self.gone_asks.add(approved.asks)
        pick = self.decided.pop(uid, UNDECIDED).pick
        if pick is not None:
            self.gone.append(pick)
            self.gone_asks.add(pick.asks)

    def change(self, uid: int, change: Callable[[BoardShot], BoardShot]) -> None:
        """Change a shot of the board, and write it."""
        self.board = self.board.with_shot(uid, change)
        self.own.write(self.board)

    def place(self, shot: BoardShot) -> None:
        """Put a shot somewhere on the board, and write it."""
        scenes = list(self.board.scenes)
        n = self.random.randrange(len(scenes))
        shots = list(scenes[n].shots)
        shots.insert(self.random.randint(0, len(shots)), shot)
        scenes[n] = replace(scenes[n], shots=tuple(shots))
        self.board = replace(self.board, scenes=tuple(scenes))
        self.own.write(self.board)

    def some(self, among: Collection[int]) -> int | None:
        """Return one of these shots, None if there is none."""
        return self.random.choice(sorted(among)) if among else None

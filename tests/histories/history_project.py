"""A project on the disk, with its own store and provider: what a director does with it."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "render"))

from history_board import Board
from history_provider import Provider
from render_fakes import go, probe, scripted

from storyboard import Ask
from storyboard.delivery import ShownClips, shown_shots
from storyboard.diagnostics import has_errors
from storyboard.jobs import JobDigest
from storyboard.lock import LockedClips
from storyboard.model import Clip, ClipDigest, ClipFacts, ShotName
from storyboard.pipeline import Compiled
from storyboard.plan import Plan, picked_clips
from storyboard.render import Due, GivenConsent, due, kept
from storyboard.session import FAL, Decider, Desk, compiled, lock_path, open_desk
from storyboard.session.lock_record import record_run
from storyboard.store import STORE, FailedJobs, Store, clips_here
from storyboard.store.layout import Layout
from storyboard.store.life import Life

NAME = "history.yaml"
WHEN = datetime(2026, 11, 28, 15, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run came to: what was asked for beforehand, and what was then charged.

    `charged` counts what may have been charged as well. `against` is why nothing was sent.
    """

    asked: Decimal
    charged: Decimal
    against: str | None


@dataclass(slots=True)
class HistoryProject:
    """A folder with a storyboard, its lock and its store, and the provider that renders for it."""

    folder: Path
    provider: Provider = field(default_factory=Provider)

    def __post_init__(self) -> None:
        """Make the folder."""
        self.folder.mkdir()
        (self.folder / ".git").mkdir()

    @property
    def ask(self) -> Ask:
        """What is compiled."""
        return Ask(self.folder / NAME)

    @property
    def lock(self) -> Path:
        """Where the lock is."""
        return lock_path(self.folder / NAME, LockedClips.PAID)

    @property
    def store(self) -> Path:
        """Where the store is."""
        return self.folder / STORE

    def write(self, board: Board) -> None:
        """Write the storyboard."""
        (self.folder / NAME).write_text(board.written(), "utf-8")

    def compiled(self) -> tuple[Compiled, Plan]:
        """Compile; a history makes no mistakes."""
        result = compiled(self.ask, FAL)
        assert not has_errors(result.diagnostics), result.diagnostics
        assert result.plan is not None
        return result, result.plan

    def attempts(self) -> Mapping[JobDigest, list[Life]]:
        """Read the journal."""
        with Store.open(self.folder) as store:
            return store.journal.attempts()

    def due(self, plan: Plan, failed: FailedJobs = FailedJobs.LEAVE) -> Due:
        """Return what a yes would send now."""
        with Store.open(self.folder) as store:
            return due(plan, store.journal.attempts(), store.is_there, None, failed)

    def render(self, words: tuple[str, ...], *, again: bool = False) -> Ran:
        """Render as the command does, the provider answering requests in `words`."""
        result, plan = self.compiled()
        found = self.due(plan, FailedJobs.RETRY if again else FailedJobs.LEAVE)
        if found.against is not None:
            return Ran(found.cost, Decimal(0), found.against)
        before = sum((one.price for one in self.provider.ledger), Decimal(0))
        self.provider.script = scripted(submit=words)
        self.provider.calls.clear()
        consent = GivenConsent(unknown=True, failed=again)
        with Store.open(self.folder) as store:
            outcomes = go(plan, store, self.provider, consent=consent)
        after = sum((one.price for one in self.provider.ledger), Decimal(0))
        news = record_run(self.ask, FAL, result, plan, outcomes)
        assert news is not None
        assert not news.refusal, news
        return Ran(found.cost, after - before, None)

    def desk(self, *settles: str) -> Desk:
        """Open what can be decided."""
        return open_desk(self.ask, FAL, tuple(map(ShotName, settles)))

    def shown(self, plan: Plan) -> Mapping[str, str | None]:
        """Return the clip that each shot shows, None for a slate."""
        with Store.open(self.folder) as store:
            outcomes, _ = kept(plan, store)
        files = clips_here(self.store, picked_clips(plan.films))
        picked = {digest: _clip(digest, path) for digest, path in files.items()}
        (film,) = plan.films
        shots = shown_shots(film, ShownClips(outcomes, picked))
        return {
            name: None if isinstance(one, str) else one.clip.digest for name, one in shots.items()
        }

    def has(self, clip: str) -> bool:
        """Tell whether the file of a clip is in the store."""
        return bool(clips_here(self.store, [ClipDigest(clip)]))

    def copy_clips(self, other: "HistoryProject") -> None:
        """Copy all clips of another store, as somebody does who shares them."""
        for path in other.store.glob("clips/*/*"):
            target = Layout(self.store).clip(ClipDigest(path.stem), path.suffix)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())


def decider() -> Decider:
    """Somebody who decides."""
    return Decider("Mara Lind", WHEN)


def _clip(digest: ClipDigest, path: Path) -> Clip:
    facts = probe(path)
    assert isinstance(facts, ClipFacts)
    return Clip(digest, path, facts)

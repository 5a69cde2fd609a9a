"""What was decided for a film: which takes it shows, who approved them, all files by content."""

from storyboard.lock.applying import applied_picks, picked_shot
from storyboard.lock.arranging import arranged
from storyboard.lock.asking import asked_ratios, asked_shots
from storyboard.lock.choosing import approve, keep, pick, reject, supersede, withdraw
from storyboard.lock.counting import DecidedCounts, decided_counts
from storyboard.lock.decision import (
    UNDECIDED,
    Approval,
    Decision,
    LockedTake,
    Pick,
    SeenShot,
    Superseded,
    Verdict,
)
from storyboard.lock.files_by_content import locked_files, named_digests
from storyboard.lock.finding import (
    ApprovalState,
    AskedShot,
    Entries,
    FoundBy,
    LockedStanding,
    Match,
    PickState,
    approval_state,
    pick_state,
    standings,
)
from storyboard.lock.lock_text import text
from storyboard.lock.locked import (
    Lock,
    LockedClips,
    LockedFile,
    LockedShot,
    Override,
    ShotKind,
    entry_name,
)
from storyboard.lock.moved_shots import shot_findings
from storyboard.lock.not_approved import UnapprovedShot, unapproved
from storyboard.lock.placing import (
    Change,
    FilmChange,
    change_alike,
    change_each,
    change_override,
    change_own,
    change_shared,
    change_shown,
    drop_override,
    is_named,
    without,
)
from storyboard.lock.reading import HalfMerged, half_merged, read_lock
from storyboard.lock.seen_shots import crop_words, seen_file, seen_take

__all__ = [
    "UNDECIDED",
    "Approval",
    "ApprovalState",
    "AskedShot",
    "Change",
    "DecidedCounts",
    "Decision",
    "Entries",
    "FilmChange",
    "FoundBy",
    "HalfMerged",
    "Lock",
    "LockedClips",
    "LockedFile",
    "LockedShot",
    "LockedStanding",
    "LockedTake",
    "Match",
    "Override",
    "Pick",
    "PickState",
    "SeenShot",
    "ShotKind",
    "Superseded",
    "UnapprovedShot",
    "Verdict",
    "applied_picks",
    "approval_state",
    "approve",
    "arranged",
    "asked_ratios",
    "asked_shots",
    "change_alike",
    "change_each",
    "change_override",
    "change_own",
    "change_shared",
    "change_shown",
    "crop_words",
    "decided_counts",
    "drop_override",
    "entry_name",
    "half_merged",
    "is_named",
    "keep",
    "locked_files",
    "named_digests",
    "pick",
    "pick_state",
    "picked_shot",
    "read_lock",
    "reject",
    "seen_file",
    "seen_take",
    "shot_findings",
    "standings",
    "supersede",
    "text",
    "unapproved",
    "withdraw",
    "without",
]

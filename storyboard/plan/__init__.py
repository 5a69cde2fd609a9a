"""What is there, what is under way, what is to pay, in which order, and why."""

from storyboard.plan.as_json import to_json
from storyboard.plan.asked_body import read_body
from storyboard.plan.bounds import Over, over, over_json, too_dear
from storyboard.plan.caps import Cap, CapIndex, film_caps
from storyboard.plan.choosing_takes import gathered, which_takes
from storyboard.plan.estimates import NEW_ACCOUNT, CriticalPath, critical_path, estimate
from storyboard.plan.film_names import film_label, film_name, wrong_film_names
from storyboard.plan.held_back import blocked
from storyboard.plan.judging_picks import pick_findings, picked_clips
from storyboard.plan.length import film_seconds, overlapped
from storyboard.plan.make import plan
from storyboard.plan.planned import (
    Charged,
    Film,
    JobState,
    KeptTake,
    KnownTake,
    Plan,
    PlannedJob,
    PlannedTake,
    Requested,
    StoreView,
    Wanted,
)
from storyboard.plan.saved import NotKept, SavedPlan, changes, fingerprint, load, save
from storyboard.plan.shares import Sharing, sharing
from storyboard.plan.shots_asked import ShotsAsked, rendered_ratio
from storyboard.plan.sound_cost import paid_again_without_sound, unasked_sound
from storyboard.plan.table import Row, rows

__all__ = [
    "NEW_ACCOUNT",
    "Cap",
    "CapIndex",
    "Charged",
    "CriticalPath",
    "Film",
    "JobState",
    "KeptTake",
    "KnownTake",
    "NotKept",
    "Over",
    "Plan",
    "PlannedJob",
    "PlannedTake",
    "Requested",
    "Row",
    "SavedPlan",
    "Sharing",
    "ShotsAsked",
    "StoreView",
    "Wanted",
    "blocked",
    "changes",
    "critical_path",
    "estimate",
    "film_caps",
    "film_label",
    "film_name",
    "film_seconds",
    "fingerprint",
    "gathered",
    "load",
    "over",
    "over_json",
    "overlapped",
    "paid_again_without_sound",
    "pick_findings",
    "picked_clips",
    "plan",
    "read_body",
    "rendered_ratio",
    "rows",
    "save",
    "sharing",
    "to_json",
    "too_dear",
    "unasked_sound",
    "which_takes",
    "wrong_film_names",
]

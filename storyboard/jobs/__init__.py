"""Shots to jobs: what is asked of the provider, exactly, and what it costs."""

from storyboard.jobs.alone import begins_with_frame, pack_alone
from storyboard.jobs.format_cause import at_its_cause
from storyboard.jobs.job import (
    ClipJob,
    FileRef,
    FrameRef,
    Job,
    JobDigest,
    JobId,
    JobShot,
    VoiceJob,
    VoiceRef,
    take_name,
)
from storyboard.jobs.order import followers, longest_paths, upstream
from storyboard.jobs.packing import Reading, pack
from storyboard.jobs.picks import NO_PICKS, PickedShot, Picks
from storyboard.jobs.scene import LOOK_KEPT
from storyboard.jobs.shot_digest import ShotDigest, ShotDigests, digest_of_shot
from storyboard.jobs.together import pack_together
from storyboard.jobs.wire_form import (
    Json,
    Reference,
    reference_text,
    references,
    seconds_text,
    shown,
    waits_for,
    wire,
)

__all__ = [
    "LOOK_KEPT",
    "NO_PICKS",
    "ClipJob",
    "FileRef",
    "FrameRef",
    "Job",
    "JobDigest",
    "JobId",
    "JobShot",
    "Json",
    "PickedShot",
    "Picks",
    "Reading",
    "Reference",
    "ShotDigest",
    "ShotDigests",
    "VoiceJob",
    "VoiceRef",
    "at_its_cause",
    "begins_with_frame",
    "digest_of_shot",
    "followers",
    "longest_paths",
    "pack",
    "pack_alone",
    "pack_together",
    "reference_text",
    "references",
    "seconds_text",
    "shown",
    "take_name",
    "upstream",
    "waits_for",
    "wire",
]

"""Shots to jobs: what is asked of the provider, exactly, and what it costs."""

from storyboard.jobs.job import ClipJob, Job, JobDigest, JobId, JobShot, VoiceJob
from storyboard.jobs.pack import Reading, pack
from storyboard.jobs.together import pack_together
from storyboard.jobs.wire import references, seconds_text, shown, wire

__all__ = [
    "ClipJob",
    "Job",
    "JobDigest",
    "JobId",
    "JobShot",
    "Reading",
    "VoiceJob",
    "pack",
    "pack_together",
    "references",
    "seconds_text",
    "shown",
    "wire",
]

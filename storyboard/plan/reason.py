"""A job and a view of the store, to the job's state and the reason for it in words."""

from collections.abc import Mapping

from storyboard.jobs import ClipJob, Job, JobDigest, shown
from storyboard.plan.planned import JobState, PlannedJob, StoreView


def judge(job: Job, view: StoreView) -> PlannedJob:
    """Tell what is known of a job before a run."""
    if job.digest in view.rendered:
        day = view.days.get(job.digest)
        said = f"rendered on {day.isoformat()}" if day else "rendered"
        return PlannedJob(job, JobState.RENDERED, said)
    if job.digest in view.unknown:
        return PlannedJob(job, JobState.UNKNOWN, "outcome unknown: it may have been paid for")
    if job.digest in view.left:
        later = "a later version of storyboard has gone on with it; this one leaves it alone"
        return PlannedJob(job, JobState.LEFT, later)
    if job.digest in view.held:
        return PlannedJob(job, JobState.FAILED, _failure(job.digest, view))
    if job.digest in view.in_flight:
        return PlannedJob(job, JobState.IN_FLIGHT, "in flight: sent, not fetched yet")
    return PlannedJob(job, JobState.TO_RENDER, _why_not_there(job, view))


def block(one: PlannedJob, root: PlannedJob) -> PlannedJob:
    """Hold back a job that builds, by however many others, on one that will have no result."""
    why = "failed" if root.state is JobState.FAILED else "is left alone"
    return PlannedJob(one.job, JobState.BLOCKED, f"it builds on {root.job.id}, which {why}")


def _failure(job: JobDigest, view: StoreView) -> str:
    again = "; it is asked for again first, for nothing" if job in view.refetched else ""
    return f"{view.failed[job]}{again}"


def _why_not_there(job: Job, view: StoreView) -> str:
    if job.digest in view.failed:
        return f"failed before: {view.failed[job.digest]}"
    earlier = view.earlier.get(job.id)
    if earlier is None:
        return "new"
    return f"{_changed(job, earlier, view)} changed{_since(earlier, view)}"


def _changed(job: Job, earlier: JobDigest, view: StoreView) -> str:
    before = view.asked.get(earlier)
    if before is None:
        return "its request"
    keys = _different(before, shown(job.body))
    if keys == ["start frame"] and isinstance(job, ClipJob) and job.after:
        return "the job before it"
    return ", ".join(keys) if keys else "its endpoint or take"


def _different(before: Mapping[str, object], now: Mapping[str, object]) -> list[str]:
    keys = [key for key in {**before, **now} if before.get(key) != now.get(key)]
    frames = [key for key in keys if str(now.get(key, "")).startswith("frame:")]
    return ["start frame"] if keys == frames and keys else keys


def _since(earlier: JobDigest, view: StoreView) -> str:
    day = view.days.get(earlier)
    return f" since {day.isoformat()}" if day else ""

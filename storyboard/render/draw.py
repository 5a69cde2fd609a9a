"""Turn the jobs of a plan into clips that are drawn when they are shown: no journal, no money."""

from collections.abc import Callable, Mapping

from storyboard.jobs import Job, JobDigest, VoiceJob
from storyboard.model import NOTHING
from storyboard.plan import Plan
from storyboard.render.event import Event, Outcome, Refused, Rendered
from storyboard.render.ports import Maker

NOT_DRAWN = "SB820"


def draw(plan: Plan, maker: Maker, listen: Callable[[Event], None]) -> Mapping[JobDigest, Outcome]:
    """Ask for the clip of every job. Nothing is drawn yet, so there is nothing to stop."""
    outcomes = {planned.job.digest: _drawn(planned.job, maker) for planned in plan.jobs}
    for outcome in outcomes.values():
        listen(outcome)
    return outcomes


def _drawn(job: Job, maker: Maker) -> Outcome:
    if isinstance(job, VoiceJob):
        return Rendered(job, None, None, NOTHING)  # a drawing has a tone where a voice would speak
    try:
        return Rendered(job, maker.drawn(job), None, NOTHING)
    except Exception as error:  # noqa: BLE001 - whatever it dies of fails this job only
        return Refused(
            job,
            NOT_DRAWN,
            f"the animatic of this job could not be drawn: {type(error).__name__}: {error}",
            "run `storyboard doctor`; if it finds nothing, this is a bug worth reporting",
        )

"""Add up what sound costs that no shot asks for: it is on where an endpoint's own default is on."""

from collections.abc import Iterator

from storyboard.catalogue import Catalogue, Mode, cost
from storyboard.jobs import ClipJob, JobDigest
from storyboard.model import NOTHING, PromptShot, Usd, total
from storyboard.plan.planned import Plan


def unasked_sound(plan: Plan) -> Usd:
    """Return how much less is to pay with `audio: false` for all shots that neither speak nor ask.

    It counts the jobs in which no shot does; what else would be packed then is not considered.
    """
    if plan.catalogue is None:
        return NOTHING
    asked = frozenset(_asked(plan))
    jobs = (one.job for one in plan.jobs if one.to_pay and one.job.digest not in asked)
    return total(_more(job, plan.catalogue) for job in jobs if isinstance(job, ClipJob))


def _asked(plan: Plan) -> Iterator[JobDigest]:
    """Yield jobs with a shot, of any film, that speaks or says whether it has sound."""
    for film in plan.films:
        shots = {one.name: one for one in film.storyboard.shots if isinstance(one, PromptShot)}
        for clip in film.clips:
            found = [shots[one.name] for one in clip.shots if one.name in shots]
            if any(one.say or one.settings.audio is not None for one in found):
                yield clip.digest


def _more(job: ClipJob, catalogue: Catalogue) -> Usd:
    """Return what a job's sound costs; nothing if its endpoint has no price without it."""
    endpoint = catalogue.get(job.endpoint)
    if endpoint is None or endpoint.audio is None or job.mode is not Mode.AUDIO:
        return NOTHING
    silent = cost(endpoint.price, Mode.SILENT, job.seconds)
    return NOTHING if silent is None else Usd(max(job.cost - silent, NOTHING))

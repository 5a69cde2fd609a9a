"""Add up what sound costs that no shot asks for: it is on where an endpoint's own default is on."""

from collections.abc import Iterator

from storyboard.catalogue import Catalogue, Mode, cost
from storyboard.jobs import ClipJob, JobDigest
from storyboard.model import PromptShot, Usd, total
from storyboard.plan.planned import JobState, Plan, PlannedJob

_PAID = frozenset({JobState.RENDERED, JobState.IN_FLIGHT, JobState.UNKNOWN})
"""States of takes that are paid for, or may be."""


def unasked_sound(plan: Plan) -> Usd:
    """Return how much less is to pay with `audio: false` for all shots that neither speak nor ask.

    It counts the jobs in which no shot does; what else would be packed then is not considered.
    """
    return total(
        Usd((job.cost - silent) * one.missing) for one, job, silent in _unasked(plan) if one.missing
    )


def paid_again_without_sound(plan: Plan) -> Usd:
    """Return what a general `audio: false` costs for jobs that are paid for with unasked sound.

    It makes other requests of them, also of those whose outcome is not known.
    """
    return total(
        Usd(silent * sum(take.state in _PAID for take in one.takes))
        for one, _, silent in _unasked(plan)
    )


def _unasked(plan: Plan) -> Iterator[tuple[PlannedJob, ClipJob, Usd]]:
    """Yield jobs with sound that no shot asks for, and what each costs without it."""
    if plan.catalogue is None:
        return
    asked = frozenset(_asked(plan))
    for one in plan.jobs:
        if isinstance(one.job, ClipJob) and one.job.digest not in asked:
            silent = _silent(one.job, plan.catalogue)
            if silent is not None:
                yield one, one.job, silent


def _asked(plan: Plan) -> Iterator[JobDigest]:
    """Yield jobs with a shot, of any film, that speaks or says whether it has sound."""
    for film in plan.films:
        shots = {one.name: one for one in film.storyboard.shots if isinstance(one, PromptShot)}
        for clip in film.clips:
            found = [shots[one.name] for one in clip.shots if one.name in shots]
            if any(one.say or one.settings.audio is not None for one in found):
                yield clip.digest


def _silent(job: ClipJob, catalogue: Catalogue) -> Usd | None:
    """Return what a job with sound costs without it; None if that is not less."""
    endpoint = catalogue.get(job.endpoint)
    if endpoint is None or endpoint.audio is None or job.mode is not Mode.AUDIO:
        return None
    silent = cost(endpoint.price, Mode.SILENT, job.seconds)
    return None if silent is None or silent >= job.cost else silent

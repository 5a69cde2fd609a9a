"""A voice's sample to the job that creates the voice: one that is rendered, where there is one."""

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from storyboard.catalogue import Catalogue, VideoEndpoint, VoiceEndpoint
from storyboard.jobs.body import voice_job
from storyboard.jobs.job import JobDigest, VoiceJob
from storyboard.model import SampledVoice


@dataclass(frozen=True, slots=True)
class VoiceMakers:
    """The endpoints that voices may be created with.

    `others` are those that voices which are rendered already may have been created with: such a
    voice is used, whatever creates new ones.
    """

    catalogue: Catalogue
    others: tuple[VoiceEndpoint, ...]
    rendered: AbstractSet[JobDigest]

    def job(self, name: str, voice: SampledVoice, video: VideoEndpoint) -> VoiceJob:
        """Return the job that creates a voice for a video endpoint.

        Raises:
            LookupError: no endpoint creates voices for it; such a request is refused before.
        """
        jobs = [voice_job(name, voice, one) for one in self._able(video)]
        if not jobs:
            raise LookupError(f"no endpoint creates voices for {video.id}")
        return next((job for job in jobs if job.digest in self.rendered), jobs[0])

    def _able(self, video: VideoEndpoint) -> Iterator[VoiceEndpoint]:
        own = self.catalogue.voice_of(video)
        if own is not None:
            yield own
        theirs = (video.provider, video.family)
        yield from (one for one in self.others if (one.provider, one.family) == theirs)


def distinct(endpoints: Iterable[VoiceEndpoint]) -> tuple[VoiceEndpoint, ...]:
    """Return each endpoint once, as far as the jobs that it gives can tell."""
    return tuple({(one.id, one.sample_field): one for one in endpoints}.values())

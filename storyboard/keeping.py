"""Keep what is rendered as it is, whatever the catalogue says today.

Rendered work was asked for by the catalogue of its day. Where today's would ask otherwise, the
storyboard is read by the earlier one as well, and packing may choose what is rendered. The shots of
such jobs are not asked for again, so what is wrong with them today is no mistake.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TypeAlias

from storyboard.catalogue import Catalogue, Editions, VideoEndpoint, earlier
from storyboard.diagnostics import Result, has_errors
from storyboard.jobs import ClipJob, Job, JobDigest, Reading
from storyboard.model import AspectRatio, Fit, PromptShot, Storyboard
from storyboard.plan import StoreView

Packed: TypeAlias = dict[AspectRatio | None, Result[tuple[Job, ...]]]
"""A storyboard's jobs, by the ratio they are rendered at; None is the shots' own."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """The catalogue in use, and those that what is paid for may have been asked by.

    `ever` are these in whole, `past` what of them would ask otherwise than `now`.
    """

    now: Catalogue
    paid: AbstractSet[JobDigest]
    ever: tuple[Catalogue, ...]
    past: tuple[Catalogue, ...]

    def judge(
        self,
        found: Result[Storyboard],
        readings: Sequence[Reading],
        packed: Packed,
        read: Callable[[Catalogue], Result[Storyboard]],
    ) -> Result[Storyboard]:
        """Judge shots that stay as they were rendered by the catalogue that they were rendered by.

        `found` is what there is to find by the present catalogue; `read` finds it by another.
        """
        if not self.ever or found.value is None or not has_errors(found.diagnostics):
            return found
        clips = [*_clips(packed, found.value)]
        kept = _kept(clips)
        whole = all(one.value is not None for one in packed.values())
        if whole and all(one.digest in self.paid for it in clips for one in it):
            known = [video for one in self.ever for video in one.videos]
        else:
            known = [*_gone(readings, kept)]
        best = found
        for place in range(max(1, len(readings))):
            instead = {
                name: readings[place if place in asked else asked[0]].catalogue
                for name, asked in kept.items()
            }
            again = read(_instead(self.now, instead, known))
            if not has_errors(again.diagnostics):
                return again
            best = min(best, again, key=lambda one: len(one.diagnostics))
        return best


def keeping(held: StoreView, editions: Editions, now: Catalogue) -> Keeping:
    """Find what there is to keep in a store, and by which catalogues."""
    if not held.endpoints:
        return Keeping(now, held.paid, (), ())
    ever = (*held.catalogues, *(editions.at(one) for one in reversed(editions.ids)))
    return Keeping(now, held.paid, ever, earlier(ever, now, held.endpoints))


def ratios(storyboard: Storyboard) -> list[AspectRatio]:
    """Return the ratios that a storyboard is rendered at besides its own."""
    return [one.format.aspect_ratio for one in storyboard.outputs if one.fit is Fit.RENDER]


def _clips(packed: Packed, storyboard: Storyboard) -> Iterator[list[ClipJob]]:
    """Yield the clips of each ratio that a storyboard is rendered at."""
    own = [None] if any(one.fit is not Fit.RENDER for one in storyboard.outputs) else []
    for ratio in (*own, *ratios(storyboard)):
        yield [one for one in packed[ratio].value or () if isinstance(one, ClipJob)]


def _kept(clips: Sequence[Sequence[ClipJob]]) -> dict[str, tuple[int, ...]]:
    """Find the shots whose jobs are all rendered, and the readings that ask for them so."""
    found = [{shot.name: job.readings for job in one for shot in job.shots} for one in clips]
    shared = {
        name: [one for one in asked if all(one in other.get(name, ()) for other in found)]
        for name, asked in (found[0] if found else {}).items()
    }
    return {name: tuple(asked) for name, asked in shared.items() if asked}


def _gone(
    readings: Sequence[Reading], kept: Mapping[str, tuple[int, ...]]
) -> Iterator[VideoEndpoint]:
    """Yield endpoints that kept shots name, by model or id, and no other shot does."""
    named, open_ = set[str](), set[str]()
    for reading in readings:
        for shot in reading.storyboard.shots:
            if isinstance(shot, PromptShot) and shot.name in kept:
                named |= {shot.settings.endpoint or "", shot.settings.model}
            elif isinstance(shot, PromptShot):
                open_.add(shot.settings.endpoint or shot.settings.model)
    for video in (video for one in readings for video in one.catalogue.videos):
        if (named - open_) & {video.id, video.model}:
            yield video


def _instead(
    now: Catalogue, instead: Mapping[str, Catalogue], known: Sequence[VideoEndpoint]
) -> Catalogue:
    """Return the catalogue with others in its stead for some shots, and with models known again."""
    models = set(now.models)
    extra = {
        (one.id, one.model): one
        for one in known
        if one.model not in models or now.get(one.id) is None
    }
    voices = {one.id: one for other in instead.values() for one in other.voices}
    return Catalogue((*now.videos, *extra.values()), (*now.voices, *voices.values()), instead)

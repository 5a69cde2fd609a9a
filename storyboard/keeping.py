"""Keep what is rendered as it is, whatever the catalogue says today.

Rendered work was asked for by the catalogue of its day. Where today's would ask otherwise, the
storyboard is read by the earlier one as well, and packing may choose what is rendered. The shots of
such jobs are not asked for again, so what is wrong with them today is no mistake.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from storyboard.catalogue import Catalogue, Editions
from storyboard.catalogue.earlier import earlier
from storyboard.diagnostics import Result, has_errors
from storyboard.jobs import ClipJob, Job, Reading
from storyboard.model.storyboard import AspectRatio, Fit, PromptShot, Storyboard
from storyboard.plan import StoreView

Packed: TypeAlias = dict[AspectRatio | None, Result[tuple[Job, ...]]]
"""A storyboard's jobs, by the ratio they are rendered at; None is the shots' own."""


def catalogues_before(held: StoreView, editions: Editions, now: Catalogue) -> tuple[Catalogue, ...]:
    """Return the catalogues that could have asked otherwise for what the store holds."""
    if not held.endpoints:
        return ()
    every = (*held.catalogues, *(editions.at(one) for one in reversed(editions.ids)))
    return earlier(every, now, held.endpoints)


def judge(
    found: Result[Storyboard],
    readings: Sequence[Reading],
    packed: Packed,
    now: Catalogue,
    read: Callable[[Catalogue], Result[Storyboard]],
) -> Result[Storyboard]:
    """Judge shots that stay as they were rendered by the catalogue that they were rendered by.

    `found` is what there is to find by the catalogue of `now`; `read` finds it by another.
    """
    if found.value is None or not readings or not has_errors(found.diagnostics):
        return found
    kept = _kept(packed, found.value)
    best = found
    for place in range(len(readings)) if kept else ():
        instead = {
            name: readings[place if place in asked else asked[0]].catalogue
            for name, asked in kept.items()
        }
        again = read(_instead(now, instead, readings))
        if not has_errors(again.diagnostics):
            return again
        best = min(best, again, key=lambda one: len(one.diagnostics))
    return best


def ratios(storyboard: Storyboard) -> list[AspectRatio]:
    """Return the ratios that a storyboard is rendered at besides its own."""
    return [one.format.aspect_ratio for one in storyboard.outputs if one.fit is Fit.RENDER]


def _kept(packed: Packed, storyboard: Storyboard) -> dict[str, tuple[int, ...]]:
    """Find the shots whose jobs are all rendered, and the readings that ask for them so."""
    own = [None] if any(one.fit is not Fit.RENDER for one in storyboard.outputs) else []
    found: list[dict[str, tuple[int, ...]]] = []
    for ratio in (*own, *ratios(storyboard)):
        clips = [one for one in packed[ratio].value or () if isinstance(one, ClipJob)]
        found.append({shot.name: one.readings for one in clips for shot in one.shots})
    shared = {
        name: [one for one in asked if all(one in other.get(name, ()) for other in found)]
        for name, asked in (found[0] if found else {}).items()
    }
    return {name: tuple(asked) for name, asked in shared.items() if asked}


def _instead(
    catalogue: Catalogue, instead: Mapping[str, Catalogue], readings: Sequence[Reading]
) -> Catalogue:
    """Return the catalogue with others in its stead for some shots.

    It knows models that are gone, if only those shots name them.
    """
    kept, open_ = set[str](), set[str]()
    for reading in readings:
        for shot in reading.storyboard.shots:
            if isinstance(shot, PromptShot):
                named = kept if shot.name in instead else open_
                named.add(shot.settings.endpoint or shot.settings.model)
    gone = kept - open_
    extra = {
        one.id: one
        for other in instead.values()
        for one in other.videos
        if (one.model in gone and not catalogue.of_model(one.model))
        or (one.id in gone and catalogue.get(one.id) is None)
    }
    voices = {one.id: one for other in instead.values() for one in other.voices}
    return Catalogue(
        (*catalogue.videos, *extra.values()), (*catalogue.voices, *voices.values()), instead
    )

"""Find the catalogues, other than the one in use, that rendered work may have been asked by."""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import date

from storyboard.catalogue.endpoint import (
    Catalogue,
    EndpointId,
    Mode,
    PerCall,
    PerSecond,
    Price,
    Source,
)
from storyboard.model import NOTHING, Usd


def earlier(
    catalogues: Iterable[Catalogue], now: Catalogue, rendered: AbstractSet[EndpointId]
) -> tuple[Catalogue, ...]:
    """Return what of earlier catalogues could give other requests for what is rendered.

    Of each, only models with an endpoint in `rendered`, and only those that the present catalogue
    would make other requests for: another price or date makes none. No two are alike.
    """
    found: list[Catalogue] = []
    known: list[Catalogue] = [_asking(of_model(now, model)) for model in now.models]
    for part in (part for one in catalogues for part in of_models(one, rendered)):
        asking = _asking(part)
        if asking not in known:
            known.append(asking)
            found.append(part)
    return tuple(found)


def of_models(catalogue: Catalogue, endpoints: AbstractSet[EndpointId]) -> Iterator[Catalogue]:
    """Yield a catalogue for each model that has one of these endpoints, or voices made by one."""
    for model in catalogue.models:
        part = of_model(catalogue, model)
        if any(one.id in endpoints for one in part.endpoints):
            yield part


def of_model(catalogue: Catalogue, model: str) -> Catalogue:
    """Return all of a catalogue that requests to one model depend on."""
    videos = catalogue.of_model(model)
    voices = {one.id: one for video in videos if (one := catalogue.voice_of(video)) is not None}
    return Catalogue(videos, tuple(voices.values()))


def completed(upper: Catalogue, lower: Catalogue) -> Catalogue:
    """Return a catalogue with the models of `lower` that `upper` does not have."""
    models, ids = set(upper.models), {one.id for one in upper.endpoints}
    more = (one for one in lower.videos if one.model not in models and one.id not in ids)
    voices = (one for one in lower.voices if one.id not in ids)
    return Catalogue((*upper.videos, *more), (*upper.voices, *voices))


def _asking(catalogue: Catalogue) -> Catalogue:
    """Reduce a catalogue to what the requests that it gives depend on, to be compared."""
    return Catalogue(
        tuple(
            replace(
                one,
                price=_modes(one.price),
                source=_NO_SOURCE,
                typical_seconds=0,
                longest_wait=0,
            )
            for one in catalogue.videos
        ),
        tuple(
            replace(
                one, price=PerCall(NOTHING), source=_NO_SOURCE, typical_seconds=0, longest_wait=0
            )
            for one in catalogue.voices
        ),
    )


def _modes(price: Price) -> Price:
    """Reduce a price to the modes that have one: without a price nothing is asked."""
    match price:
        case PerSecond(rates, with_video):
            return PerSecond(_free(rates), None if with_video is None else _free(with_video))
        case _:
            return PerCall(NOTHING)


def _free(rates: Mapping[Mode, Usd]) -> Mapping[Mode, Usd]:
    return dict.fromkeys((mode for mode in Mode if mode in rates), NOTHING)


_NO_SOURCE = Source("", date.min)

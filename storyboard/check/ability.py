"""A key of the language to the endpoints and models that take it."""

from collections.abc import Callable, Iterable, Mapping

from storyboard.catalogue.endpoint import Catalogue, VideoEndpoint

TAKES: Mapping[str, Callable[[VideoEndpoint], bool]] = {
    "start": lambda one: one.start is not None,
    "end": lambda one: one.end is not None,
    "negative_prompt": lambda one: one.negative_prompt is not None,
    "cfg_scale": lambda one: one.cfg_scale is not None,
    "audio": lambda one: one.audio is not None,
    "say": lambda one: one.audio is not None,
}
"""Whether an endpoint takes a key; keys that are not here, every endpoint takes."""


def takes(endpoints: Iterable[VideoEndpoint], key: str) -> bool:
    """Tell whether any of the endpoints takes a key."""
    return any(TAKES[key](one) for one in endpoints)


def models_that_take(catalogue: Catalogue, key: str) -> tuple[str, ...]:
    """Name the models that take a key, in the order of the alphabet."""
    return tuple(sorted({one.model for one in catalogue.videos if TAKES[key](one)}))

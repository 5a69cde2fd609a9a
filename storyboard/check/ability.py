"""Tell which endpoints and models take a key of the language."""

from collections.abc import Iterable

from storyboard.catalogue.endpoint import Catalogue, VideoEndpoint


def takes(endpoints: Iterable[VideoEndpoint], key: str) -> bool:
    """Tell whether any of the endpoints takes an optional key."""
    return any(_takes(one, key) for one in endpoints)


def models_that_take(catalogue: Catalogue, key: str) -> tuple[str, ...]:
    """Name the models that take an optional key, in the order of the alphabet."""
    return tuple(sorted({one.model for one in catalogue.videos if _takes(one, key)}))


def _takes(endpoint: VideoEndpoint, key: str) -> bool:
    match key:
        case "audio" | "say":
            return endpoint.audio is not None
        case _:
            return key in endpoint.settings

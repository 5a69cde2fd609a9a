"""The endpoint files of the package to the catalogue."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from importlib import resources

from storyboard.catalogue.endpoint import (
    Catalogue,
    Endpoint,
    EndpointId,
    Price,
    VideoEndpoint,
    VoiceEndpoint,
)
from storyboard.catalogue.lower import endpoint, plain
from storyboard.source import read

# The first document of a file is the endpoint, the second its examples, which only tests and
# documentation read: not to parse them halves the time that every command waits for.
_SECOND_DOCUMENT = b"\n---\n"


def load(overrides: Mapping[EndpointId, Price] | None = None) -> Catalogue:
    """Return the catalogue; prices in `overrides` stand in place of those of the files."""
    catalogue = _packaged()
    if not overrides:
        return catalogue
    return Catalogue(
        videos=tuple(
            replace(one, price=overrides.get(one.id, one.price)) for one in catalogue.videos
        ),
        voice=replace(
            catalogue.voice, price=overrides.get(catalogue.voice.id, catalogue.voice.price)
        ),
    )


def parse(data: bytes, name: str = "endpoint.yaml") -> Endpoint:
    """Read one endpoint's file; ValueError where it is none."""
    result = read(data.split(_SECOND_DOCUMENT, 1)[0], name)
    if result.value is None or result.diagnostics:
        raise ValueError(f"{name}: {result.diagnostics}")
    root = result.value.root
    return endpoint({str(one.key.value): plain(one.value) for one in root.entries})


def gather(endpoints: tuple[Endpoint, ...]) -> Catalogue:
    """Put endpoints together; exactly one of them creates voices."""
    (voice,) = (one for one in endpoints if isinstance(one, VoiceEndpoint))
    videos = (one for one in endpoints if isinstance(one, VideoEndpoint))
    return Catalogue(tuple(sorted(videos, key=lambda one: one.id)), voice)


@cache
def _packaged() -> Catalogue:
    folder = resources.files("storyboard.catalogue") / "endpoints"
    files = (file for file in folder.iterdir() if file.name.endswith(".yaml"))
    return gather(tuple(parse(file.read_bytes(), file.name) for file in files))

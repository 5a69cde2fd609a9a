"""Read the endpoint files of the package, and put the catalogue of an edition together."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

from storyboard.catalogue.editions import Dated, Editions
from storyboard.catalogue.endpoint import (
    Catalogue,
    EditionId,
    Endpoint,
    EndpointId,
    PerSecond,
    Price,
    gather,
)
from storyboard.catalogue.lower import Plain, endpoint, plain, text_of
from storyboard.source import read

# The first document of a file is the endpoint, the second its examples, which only tests and
# documentation read: not to parse them halves the time that every command waits for.
_SECOND_DOCUMENT = b"\n---\n"

RETIRED = "retired"
"""The folder, in a provider's, of folders named by the edition that their files left with."""


def load(overrides: Mapping[EndpointId, Price] | None = None) -> Catalogue:
    """Return the newest catalogue; prices in `overrides` stand in place of those of the files."""
    return priced(_newest(), overrides)


def priced(catalogue: Catalogue, overrides: Mapping[EndpointId, Price] | None) -> Catalogue:
    """Return a catalogue with a user's own prices in place of its own."""
    if not overrides:
        return catalogue
    return replace(
        catalogue,
        videos=tuple(replace(one, price=_own(one, overrides)) for one in catalogue.videos),
        voices=tuple(replace(one, price=_own(one, overrides)) for one in catalogue.voices),
    )


def _own(endpoint: Endpoint, overrides: Mapping[EndpointId, Price]) -> Price:
    """Return a user's price, if there is one; what it does not say of videos stays as it was."""
    match endpoint.price, overrides.get(endpoint.id, endpoint.price):
        case PerSecond(with_video=others), PerSecond(with_video=None) as own:
            return replace(own, with_video=others)
        case _, own:
            return own


@cache
def packaged() -> Editions:
    """Return every edition that the package carries, those before the newest included."""
    return read_editions(_folder())


def read_editions(folder: Traversable) -> Editions:
    """Read the endpoint files under a folder: a folder for each provider, and what it retired.

    Raises:
        ValueError: a file is not an endpoint, or has no edition; the message names the file.
    """
    return Editions(tuple(one for provider in _folders(folder) for one in _of_provider(provider)))


def parse(data: bytes, name: str = "endpoint.yaml", provider: str = "fal") -> Endpoint:
    """Read one endpoint's file.

    Raises:
        ValueError: it is not one; the message names the file.
    """
    return _dated(data, name, provider, None).endpoint


@cache
def _newest() -> Catalogue:
    return packaged().newest


def _folder() -> Traversable:
    return resources.files("storyboard.catalogue") / "endpoints"


def _of_provider(folder: Traversable) -> Iterator[Dated]:
    for file in _files(folder):
        yield _dated(file.read_bytes(), file.name, folder.name, None)
    retired = folder / RETIRED
    for until in _folders(retired) if retired.is_dir() else ():
        for file in _files(until):
            yield _dated(file.read_bytes(), file.name, folder.name, EditionId(until.name))


def _dated(data: bytes, name: str, provider: str, until: EditionId | None) -> Dated:
    try:
        fields = _fields(data, name)
        made = endpoint(fields, provider)
        return Dated(made, EditionId(text_of(fields, "since")), until)
    except ValueError as wrong:
        raise ValueError(f"{name}: {wrong}") from wrong


def _fields(data: bytes, name: str) -> Mapping[str, Plain]:
    result = read(data.split(_SECOND_DOCUMENT, 1)[0], name)
    if result.value is None or result.diagnostics:
        raise ValueError(f"{[one.message for one in result.diagnostics]}")
    return {str(one.key.value): plain(one.value) for one in result.value.root.entries}


def _files(folder: Traversable) -> list[Traversable]:
    found = (one for one in folder.iterdir() if one.name.endswith(".yaml"))
    return sorted(found, key=lambda one: one.name)


def _folders(folder: Traversable) -> list[Traversable]:
    found = (one for one in folder.iterdir() if one.is_dir() and not one.name.startswith("_"))
    return sorted(found, key=lambda one: one.name)


__all__ = ["gather", "load", "packaged", "parse", "priced", "read_editions"]

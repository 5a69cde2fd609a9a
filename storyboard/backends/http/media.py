"""A public address into a file: without the key, streamed, bounded."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urljoin

import httpx

from storyboard.backends.http.address import is_safe
from storyboard.backends.http.reading import retry_after
from storyboard.backends.http.wire import BROKEN, Hosts, Wire
from storyboard.provider import answer
from storyboard.store import problem

MOST_BYTES = 4 * 1024**3
"""More than any clip has; a download that goes on past it is no clip."""

_REDIRECTS = 5
_GONE = frozenset({401, 403, 404, 410})
_NO_MEDIA = ("text/", "application/json", "application/xml")
_CHUNK = 1 << 18


@dataclass(frozen=True, slots=True)
class Wanted:
    """Where a download goes, who is told the part that came, and how many bytes are too many."""

    to: Path
    told: Callable[[float | None], None]
    most: int = MOST_BYTES


async def download(
    wire: Wire[Hosts], url: str, wanted: Wanted, places: asyncio.Semaphore
) -> answer.Download:
    """Write what stands at `url` over what was there before."""
    async with places:
        try:
            return await _follow(wire, url, wanted)
        except BROKEN as error:
            return answer.Trouble(wire.words(error))


async def _follow(wire: Wire[Hosts], url: str, wanted: Wanted) -> answer.Download:
    for _ in range(_REDIRECTS):
        if not is_safe(url):
            return answer.Trouble("the clip's address is not https")
        headers = {"Accept-Encoding": "identity"}
        async with wire.media.stream("GET", url, headers=headers, follow_redirects=False) as got:
            if got.next_request is None:
                return _refusal(got, wanted) or await _take(got, wanted)
            url = urljoin(url, str(got.next_request.url))
    return answer.Trouble("the clip's address leads in circles")


def _refusal(got: httpx.Response, wanted: Wanted) -> answer.Download | None:
    """Tell from its head alone that an answer is not a clip."""
    kind = got.headers.get("content-type", "").lower()
    if got.status_code in _GONE:
        return answer.Expired(f"its address answered {got.status_code}")
    if got.status_code != httpx.codes.OK:
        return answer.Trouble(f"its address answered {got.status_code}", retry_after(got))
    if kind.startswith(_NO_MEDIA):
        return answer.Trouble(f"{kind.partition(';')[0]} came instead of a clip")
    if (_size(got) or 0) > wanted.most:
        return answer.Trouble(f"{_size(got)} bytes are more than any clip has")
    return None


def _size(got: httpx.Response) -> int | None:
    text = got.headers.get("content-length", "")
    return int(text) if text.isdecimal() else None


@contextmanager
def _on_disk(path: Path) -> Iterator[None]:
    """Tell what the disk refuses from what the network does: both raise an `OSError`."""
    try:
        yield
    except OSError as error:
        raise problem.disk(path, error) from error


@contextmanager
def _written(path: Path) -> Iterator[BinaryIO]:
    """Open a file to be written over, and close it whole."""
    with _on_disk(path):
        file = path.open("wb")
    try:
        yield file
    finally:
        with _on_disk(path):
            file.close()


async def _take(got: httpx.Response, wanted: Wanted) -> answer.Download:
    size, count = _size(got), 0
    with _written(wanted.to) as file:
        async for chunk in got.aiter_raw(_CHUNK):
            count += len(chunk)
            if count > wanted.most:
                return answer.Trouble(f"more than {wanted.most} bytes came")
            with _on_disk(wanted.to):
                file.write(chunk)
            wanted.told(count / size if size else None)
    if size is not None and count != size:
        return answer.Trouble(f"{count} of {size} bytes came")
    if not count:
        return answer.Trouble("nothing came")
    return answer.Fetched(count)

"""Write what is at a public address to a file: without the key, bounded, in several tries."""

import asyncio
import time
import zlib
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urljoin

import httpx

from storyboard.backends.http.address import is_safe
from storyboard.backends.http.part import Part, Start
from storyboard.backends.http.reading import retry_after
from storyboard.backends.http.route import location_of
from storyboard.backends.http.wire import Hosts, Wire
from storyboard.diagnostics import counted
from storyboard.provider import answer

MOST_BYTES = 4 * 1024**3
"""More than any clip has; a download that goes on past it is no clip."""

_REDIRECTS = 5
_GONE = frozenset({401, 403, 404, 410})
_NO_MEDIA = ("text/", "application/json", "application/xml")
_ZIPPED = frozenset({"gzip", "x-gzip", "deflate"})
_EITHER_ZIP = 32 + zlib.MAX_WBITS
_MOST_AT_ONCE = 1 << 20


@dataclass(frozen=True, slots=True)
class Patience:
    """How slow a download may be: `least` bytes a second over `window` seconds, `most` in all.

    One that is slower, or takes longer, ends, and the next one goes on where it stopped.
    """

    least: float = 8192.0
    window: float = 30.0
    most: float = 1800.0
    clock: Callable[[], float] = time.monotonic


@dataclass(frozen=True, slots=True)
class Wanted:
    """Where a download goes, who is told the part that came, and how many bytes are too many."""

    to: Path
    told: Callable[[float | None], None]
    most: int = MOST_BYTES
    patience: Patience = field(default_factory=Patience)


async def download(
    wire: Wire[Hosts], url: str, wanted: Wanted, places: asyncio.Semaphore
) -> answer.Download:
    """Write what is at `url`, going on with the part that an earlier download left there."""
    async with places:
        try:
            async with asyncio.timeout(wanted.patience.most):
                return await _follow(wire, url, wanted)
        except _Broken as broken:
            return answer.Trouble(wire.words(broken.error))
        except TimeoutError:
            return answer.Trouble(f"it took longer than {wanted.patience.most:.0f} s")


async def _follow(wire: Wire[Hosts], url: str, wanted: Wanted) -> answer.Download:
    part = Part(wanted.to)
    start = part.start()
    for _ in range(_REDIRECTS):
        if not is_safe(url):
            return answer.Trouble("the clip's address is not https")
        headers = {"Accept-Encoding": "identity", **start.headers}
        async with _asked(wire.media, url, headers) as got:
            location = location_of(got)
            if location is None:
                return _refusal(got, wanted, start) or await _take(got, wanted, part, start)
        url = _joined(url, location)
    return answer.Trouble("the clip's address leads in circles")


class _Broken(Exception):  # noqa: N818 - it holds what was raised
    """The other side, or the way there, has failed: whatever it does costs one try."""

    def __init__(self, error: Exception) -> None:
        super().__init__(str(error))
        self.error = error


@asynccontextmanager
async def _asked(
    client: httpx.AsyncClient, url: str, headers: Mapping[str, str]
) -> AsyncIterator[httpx.Response]:
    """Ask for an address, and hang up afterwards."""
    try:
        request = client.build_request("GET", url, headers=headers)
        got = await client.send(request, stream=True)
    except Exception as error:
        raise _Broken(error) from error
    try:
        yield got
    finally:
        try:
            await got.aclose()
        except Exception as error:
            raise _Broken(error) from error


async def _chunks(got: httpx.Response) -> AsyncIterator[bytes]:
    """Give an answer's bytes as they come. What is raised here is never the disk's fault."""
    chunks = got.aiter_raw()
    while True:
        try:
            chunk = await anext(chunks)
        except StopAsyncIteration:
            return
        except Exception as error:
            raise _Broken(error) from error
        yield chunk


def _joined(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError as error:
        raise _Broken(error) from error


def _refusal(  # noqa: PLR0911 - a return per reason
    got: httpx.Response, wanted: Wanted, start: Start
) -> answer.Download | None:
    """Tell from its head alone that an answer is not a clip."""
    kind = got.headers.get("content-type", "").lower()
    if got.status_code in _GONE:
        return answer.Expired(f"its address answered {got.status_code}")
    if got.status_code == httpx.codes.PARTIAL_CONTENT and not start.is_followed_by(got):
        return answer.Trouble("another part came than was asked for")
    if got.status_code not in {httpx.codes.OK, httpx.codes.PARTIAL_CONTENT}:
        return answer.Trouble(f"its address answered {got.status_code}", retry_after(got))
    if kind.startswith(_NO_MEDIA):
        return answer.Trouble(f"{kind.partition(';')[0]} came instead of a clip")
    if _coding(got) and (_coding(got) not in _ZIPPED or start.goes_on(got)):
        return answer.Trouble("it came in a form that was not asked for")
    if (_size(got) or 0) > wanted.most:
        return answer.Trouble(f"{_size(got)} bytes are more than any clip has")
    return None


def _coding(got: httpx.Response) -> str:
    said = str(got.headers.get("content-encoding", "")).strip().lower()
    return "" if said == "identity" else said


def _size(got: httpx.Response) -> int | None:
    """Return how many bytes of this answer come over the wire, where it says so."""
    text = got.headers.get("content-length", "")
    return int(text) if text.isdecimal() and len(text) < 20 else None  # noqa: PLR2004 - digits


async def _take(got: httpx.Response, wanted: Wanted, part: Part, start: Start) -> answer.Download:
    """Write an answer's bytes, as long as they come fast enough."""
    unzip, size = _Unzip(_coding(got)), _size(got)
    came, speed = 0, _Speed(wanted.patience)
    with part.written(got, start, resumable=not _coding(got)) as writing:
        before = writing.size
        async for chunk in _chunks(got):
            came += len(chunk)
            for plain in unzip.all_of(chunk):
                if writing.size + len(plain) > wanted.most:
                    return answer.Trouble(f"more than {counted(wanted.most, 'byte')} came")
                writing.add(plain)
            wanted.told((before + came) / (before + size) if size else None)
            if not speed.is_enough(came):
                return answer.Trouble(f"it came too slowly: {counted(came, 'byte')}")
        if size is not None and came != size:
            return answer.Trouble(f"{came:,} of {counted(size, 'byte')} came")
        if not unzip.is_whole:
            return answer.Trouble("it came zipped, and not whole")
        if not writing.size:
            return answer.Trouble("nothing came")
        writing.whole()
        return answer.Fetched(writing.size)


class _Speed:
    """How fast bytes come, over the last window of time."""

    def __init__(self, patience: Patience) -> None:
        self._patience = patience
        self._since, self._then = patience.clock(), 0

    def is_enough(self, came: int) -> bool:
        """Tell whether enough bytes came in the last window, once one is over."""
        now = self._patience.clock()
        if now - self._since < self._patience.window:
            return True
        enough = came - self._then >= self._patience.least * (now - self._since)
        self._since, self._then = now, came
        return enough


class _Unzip:
    """Bytes as they are meant: some servers zip whatever they are asked for."""

    def __init__(self, coding: str) -> None:
        self._inflate = zlib.decompressobj(_EITHER_ZIP) if coding else None

    def all_of(self, chunk: bytes) -> Iterator[bytes]:
        """Return what a chunk means, a bounded part at a time: a few bytes can mean gigabytes."""
        if self._inflate is None:
            yield chunk
            return
        more = True
        while more:
            try:
                plain = self._inflate.decompress(chunk, _MOST_AT_ONCE)
            except zlib.error as error:
                raise _Broken(error) from error
            yield plain
            chunk = self._inflate.unconsumed_tail
            more = bool(chunk) or len(plain) == _MOST_AT_ONCE

    @property
    def is_whole(self) -> bool:
        """Tell whether nothing is missing at the end."""
        return self._inflate is None or self._inflate.eof

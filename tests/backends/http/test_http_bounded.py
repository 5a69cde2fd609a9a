"""An answer is read up to a bound, counted after decompressing."""

import asyncio
import gzip
import tracemalloc
import zlib
from collections.abc import AsyncIterator

import httpx
import pytest

from storyboard.backends.http.bounded import whole


class Streamed(httpx.AsyncByteStream):
    """Bytes in chunks as a network would bring them; counts what was asked for."""

    def __init__(self, data: bytes, chunk: int = 1000) -> None:
        self.data, self.chunk, self.read = data, chunk, 0

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for start in range(0, len(self.data), self.chunk):
            piece = self.data[start : start + self.chunk]
            self.read += len(piece)
            yield piece


def read(stream: httpx.AsyncByteStream, most: int, encoding: str | None = None) -> httpx.Response:
    headers = {"x-fal-request-id": "r1", "content-type": "application/json"}
    headers |= {"content-encoding": encoding} if encoding else {}
    request = httpx.Request("GET", "https://x.test/")
    got = httpx.Response(200, headers=headers, stream=stream, request=request)
    return asyncio.run(whole(got, most))


@pytest.mark.parametrize("encoding", [None, "identity", "gzip", "x-gzip", "deflate", "GZIP"])
@pytest.mark.parametrize("size", [0, 1, 2999, 3000, 3001, 500_000])
def test_an_answer_is_what_was_sent_up_to_the_bound(encoding: str | None, size: int) -> None:
    body = bytes(n * 7 % 251 for n in range(size))
    packed = {"deflate": zlib.compress}.get(encoding or "", gzip.compress)
    plain = encoding in {None, "identity"}
    got = read(Streamed(body if plain else packed(body)), 3000, encoding)
    assert got.content == body[:3000]
    assert got.headers["x-fal-request-id"] == "r1"
    assert got.status_code == 200


def test_no_more_is_read_than_is_wanted() -> None:
    stream = Streamed(b"x" * 1_000_000)
    read(stream, 2500)
    assert stream.read == 3000


def test_a_bomb_takes_no_room() -> None:
    bomb = gzip.compress(bytes(100_000_000))
    assert len(bomb) < 200_000
    tracemalloc.start()
    got = read(Streamed(bomb, 65536), 1_000_000, "gzip")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(got.content) == 1_000_000
    assert peak < 10_000_000


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip", "nonsense"])
def test_an_encoding_that_was_not_asked_for_is_not_decoded(encoding: str) -> None:
    got = read(Streamed(b"x" * 100), 1000, encoding)
    assert got.content == b""
    assert got.headers["x-fal-request-id"] == "r1"


def test_what_is_not_compressed_as_it_says_is_empty() -> None:
    assert read(Streamed(b"<html>" * 100), 1000, "gzip").content == b""


def test_a_header_need_not_be_ascii() -> None:
    request = httpx.Request("GET", "https://x.test/")
    headers = [(b"etag", "\xe9".encode()), (b"x-fal-request-id", b"r1\xff")]
    got = httpx.Response(200, headers=headers, stream=Streamed(b"{}"), request=request)
    assert asyncio.run(whole(got, 10)).headers.raw[:2] == headers

"""Read an answer's body up to a bound, whatever it is compressed with."""

import zlib
from collections.abc import Iterator

import httpx

MOST = 2 << 20
"""Bytes of an answer to one question: a thousand times what any has."""

MOST_LISTED = 32 << 20
"""Bytes of a page of a list, which may hold whole requests of other programs."""

IDENTITY = {"Accept-Encoding": "identity"}
"""Asks for bytes as they are. A server may compress them all the same."""

_EITHER = 32
"""Added to the window's size: zlib finds out by itself whether it is gzip or zlib."""

_OF_THE_BODY = (b"content-encoding", b"content-length", b"transfer-encoding")


async def whole(got: httpx.Response, most: int) -> httpx.Response:
    """Read a streamed answer, and return one whose body has at most `most` bytes.

    Bytes count as they are after decompressing: 0.3 MB can become 600. A body is cut at the bound,
    and is empty in an encoding that is not known here. What its head says is still to be had: of a
    paid request, the id.

    Raises:
        httpx.HTTPError: if the connection breaks.
        OSError: likewise.
    """
    body = _Body(got.headers.get("content-encoding", ""), most)
    if not isinstance(got.stream, httpx.AsyncByteStream):
        raise TypeError("an answer that was asked for asynchronously is streamed so")
    async for chunk in got.stream:  # undecoded, as the connection hands it over
        if not body.takes(chunk):
            break
    # As bytes: not every header is text in the encoding that httpx would write it in.
    kept = [one for one in got.headers.raw if one[0].lower() not in _OF_THE_BODY]
    return httpx.Response(
        got.status_code,
        headers=kept,
        content=bytes(body.data),
        request=got.request,
        extensions=got.extensions,
    )


class _Body:
    """The bytes of a body so far."""

    def __init__(self, encoding: str, most: int) -> None:
        self.data = bytearray()
        self._most = most
        self._plain = encoding.strip().lower() in {"", "identity"}
        zipped = encoding.strip().lower() in {"gzip", "x-gzip", "deflate"}
        self._unzip = zlib.decompressobj(zlib.MAX_WBITS | _EITHER) if zipped else None

    def takes(self, chunk: bytes) -> bool:
        """Take the next bytes; False once nothing more is wanted."""
        for piece in self._pieces(chunk):
            self.data += piece[: self._most - len(self.data)]
        return len(self.data) < self._most and (self._plain or self._unzip is not None)

    def _pieces(self, chunk: bytes) -> Iterator[bytes]:
        if self._plain:
            yield chunk
        elif self._unzip is not None:
            try:
                yield self._unzip.decompress(chunk, self._most - len(self.data))
            except zlib.error:  # it is not what it says it is
                self._unzip = None

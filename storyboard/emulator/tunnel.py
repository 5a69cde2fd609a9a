"""CONNECT to one of fal's hosts into a connection to the stand-in: an HTTPS proxy for clients.

A program that takes no base URL, as fal's own clients do, is told of this proxy by `HTTPS_PROXY`
and needs no change. To any other host there is no way through.
"""

import asyncio
from collections.abc import Awaitable, Callable

from storyboard.emulator.hosts import FAL_HOSTS

_LONGEST_HEAD = 8192
_CHUNK = 65536

Handle = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


def tunnel_to(address: str, port: int) -> Handle:
    """Return what answers a caller of the proxy; all of fal's hosts are at `address` and `port`."""

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await _handle(reader, writer, address, port)
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            # The caller or the server hung up: the other side is told by closing.
            pass
        finally:
            writer.close()

    return handle


async def _handle(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, address: str, port: int
) -> None:
    head = await reader.readuntil(b"\r\n\r\n")
    verb, _, rest = head[:_LONGEST_HEAD].decode("latin-1").partition(" ")
    host = rest.partition(" ")[0].rpartition(":")[0]
    if verb != "CONNECT" or host not in FAL_HOSTS:
        writer.write(b"HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n")
        await writer.drain()
        return
    there, back = await asyncio.open_connection(address, port)
    writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
    try:
        await asyncio.gather(_pour(reader, back), _pour(there, writer))
    finally:
        back.close()


async def _pour(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    """Pass bytes on until the source ends, then say so to the target."""
    while data := await source.read(_CHUNK):
        target.write(data)
        await target.drain()
    if target.can_write_eof():
        target.write_eof()

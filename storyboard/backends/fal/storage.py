"""Local files into addresses that fal's models can read."""

import asyncio
import json
import mimetypes
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import httpx

from storyboard.backends.fal import errors
from storyboard.backends.fal.address import is_safe
from storyboard.backends.fal.wire import Wire, excerpt, parsed, retry_after
from storyboard.model.asset import FileDigest
from storyboard.render import answer
from storyboard.render.faults import NOT_UPLOADED
from storyboard.store.effects import effect
from storyboard.store.life import Charge, Fault

MULTIPART_ABOVE = 90 * 1024 * 1024
PART = 10 * 1024 * 1024
_SUCCESS = range(200, 300)
_LOCKED = frozenset({401, 402, 403})
_REFUSED = frozenset({400, 404, 413, 415, 422})


async def upload(wire: Wire, file: Path, digest: FileDigest) -> answer.Upload:
    """Put a file's bytes at fal: announced with the key, put without it."""
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    # The name by content: what a user calls their files is nobody else's business.
    asked = {"file_name": f"{digest[:24]}{file.suffix.lower()}", "content_type": kind}
    size = (await asyncio.to_thread(file.stat)).st_size
    way = "initiate-multipart" if size > MULTIPART_ABOVE else "initiate"
    url = f"{wire.addresses.rest}/storage/upload/{way}?storage_type=fal-cdn-v3"
    effect("upload")
    got = await wire.keyed("POST", url, content=json.dumps(asked))
    if not isinstance(got, httpx.Response):
        return answer.Trouble(got.detail)
    if got.status_code not in _SUCCESS:
        return _not_announced(wire, file, got)
    said = _object(got)
    put_url, file_url = str(said.get("upload_url", "")), str(said.get("file_url", ""))
    if not (is_safe(put_url) and is_safe(file_url)):
        return answer.Trouble("the storage gave an address that is not https")
    put = _put_parts if size > MULTIPART_ABOVE else _put
    trouble = await put(wire, file, put_url, kind)
    effect("uploaded")
    return trouble or answer.Uploaded(file_url)


def _not_announced(wire: Wire, file: Path, got: httpx.Response) -> answer.Upload:
    if got.status_code in _LOCKED:
        return answer.Locked(wire.clean(errors.locked(got.status_code, _object(got))))
    if got.status_code in _REFUSED:
        return answer.NotTaken(
            Fault(
                NOT_UPLOADED,
                f"fal's storage refused {file}: {excerpt(wire, got)}",
                "check the file's kind and size",
                Charge.NONE,
            )
        )
    return answer.Trouble(excerpt(wire, got), retry_after(got))


async def _put(wire: Wire, file: Path, url: str, kind: str) -> answer.Trouble | None:
    data = await asyncio.to_thread(file.read_bytes)
    got = await wire.plain("PUT", url, data, {"Content-Type": kind})
    return _trouble(wire, got)


async def _put_parts(wire: Wire, file: Path, url: str, kind: str) -> answer.Trouble | None:
    parts: list[dict[str, Any]] = []
    with file.open("rb") as source:
        while data := await asyncio.to_thread(source.read, PART):
            number = len(parts) + 1
            got = await wire.plain("PUT", _under(url, str(number)), data, {"Content-Type": kind})
            if (trouble := _trouble(wire, got)) is not None:
                return trouble
            etag = got.headers.get("etag", "") if isinstance(got, httpx.Response) else ""
            parts.append({"partNumber": number, "etag": etag})
    done = json.dumps({"parts": parts}).encode()
    json_kind = {"Content-Type": "application/json"}
    return _trouble(wire, await wire.plain("POST", _under(url, "complete"), done, json_kind))


def _under(url: str, name: str) -> str:
    """Go one step down an address, before what is signed in its query."""
    parts = urlsplit(url)
    path = f"{parts.path.rstrip('/')}/{name}"
    return urlunsplit((parts.scheme, parts.netloc, path, parts.query, ""))


def _trouble(wire: Wire, got: Any) -> answer.Trouble | None:  # noqa: ANN401 - an Answer
    if not isinstance(got, httpx.Response):
        return answer.Trouble(got.detail)
    if got.status_code in _SUCCESS:
        return None
    return answer.Trouble(excerpt(wire, got), retry_after(got))


def _object(got: httpx.Response) -> dict[str, Any]:
    said = parsed(got.content)
    return said if isinstance(said, dict) else {}

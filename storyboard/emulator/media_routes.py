"""Calls for files into their bytes, whole or by range, without a key."""

import hashlib
import re

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from storyboard.emulator.choose import Call
from storyboard.emulator.desk import prompts, token
from storyboard.emulator.door import Door, problem
from storyboard.emulator.entry import ClipKind, Done, RequestId, Video
from storyboard.emulator.fault import On


async def clip(door: Door, request: Request) -> Response:
    """Give the clip of a request."""
    door.note_key(request)
    entry = door.desk.account.entries.get(RequestId(request.path_params["id"]))
    if entry is None or request.path_params["name"] != f"{token(entry)}_output.mp4":
        return problem(404, "Not found")
    video = entry.outcome
    if not isinstance(video, Video) or not isinstance(await door.phase(entry), Done):
        return problem(404, "Not found")

    async def act() -> Response:
        data = await run_in_threadpool(door.desk.clips.data, entry.id)
        kind = "text/html" if video.kind is ClipKind.HTML else "video/mp4"
        return ranged(data, kind, request)

    return await door.answer(Call(On.DOWNLOAD, entry.endpoint, prompts(entry.body)), act)


async def uploaded(door: Door, request: Request) -> Response:
    """Give an uploaded file back."""
    door.note_key(request)
    upload = door.desk.keep.upload(request.path_params["id"])
    if upload is None or upload.digest is None:
        return problem(404, "Not found")
    data = door.desk.keep.data(upload).read_bytes()
    return ranged(data, upload.content_type, request)


def ranged(data: bytes, content_type: str, request: Request) -> Response:
    """Answer with the part of a file that a `Range` header asks for, or with all of it.

    With `If-Range`, a part only of the very bytes that it names.
    """
    size, etag = len(data), f'"{hashlib.sha256(data).hexdigest()[:24]}"'
    common = {"accept-ranges": "bytes", "etag": etag}
    same = request.headers.get("if-range", etag) == etag
    found = re.fullmatch(r"bytes=(\d*)-(\d*)", request.headers.get("range", "") if same else "")
    if found is None or not any(found.groups()):
        return Response(data, 200, common, content_type)
    first, last = found.groups()
    start = int(first) if first else max(0, size - int(last))
    end = min(int(last), size - 1) if first and last else size - 1
    if start >= size or end < start:
        return Response(b"", 416, {**common, "content-range": f"bytes */{size}"})
    span = {"content-range": f"bytes {start}-{end}/{size}"}
    return Response(data[start : end + 1], 206, {**common, **span}, content_type)

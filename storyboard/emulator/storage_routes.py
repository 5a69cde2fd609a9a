"""Calls to the storage into answers: announcing a file, and its bytes, whole or in parts."""

import json
import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from storyboard.emulator.choose import Call
from storyboard.emulator.door import Door, problem
from storyboard.emulator.fault import On
from storyboard.emulator.keep import Upload

_TOKEN_LIFE = timedelta(hours=1)


async def initiate(door: Door, request: Request) -> Response:
    """Announce a file: where to put it, and where it will be found."""
    if (stop := door.stopped(request)) is not None:
        return stop
    try:
        asked = json.loads(await request.body())
        name, content_type = str(asked["file_name"]), str(asked["content_type"])
    except (ValueError, KeyError, TypeError):
        return problem(422, "Give file_name and content_type.")

    async def act() -> Response:
        upload = door.desk.keep.announce(name, content_type)
        base = door.media(request)
        signed = f"{base}/uploads/{upload.id}?signature={secrets.token_hex(8)}"
        return JSONResponse({"upload_url": signed, "file_url": _file_url(base, upload)})

    return await door.answer(Call(On.UPLOAD), act)


async def token(door: Door, request: Request) -> Response:
    """Give a token for the file server, as fal's own clients ask for one."""
    if (stop := door.stopped(request)) is not None:
        return stop
    until = datetime.fromtimestamp(door.desk.clock(), UTC) + _TOKEN_LIFE
    answer = {
        "token": secrets.token_hex(8),
        "token_type": "Bearer",
        "base_url": door.media(request),
        "expires_at": until.isoformat(),
    }
    return JSONResponse(answer)


async def put(door: Door, request: Request) -> Response:
    """Take the bytes of an announced file, or of a part of it."""
    upload = door.desk.keep.upload(request.path_params["id"])
    if upload is None:
        return problem(404, "No such upload.")
    door.note_key(request)
    data = await request.body()
    number = request.path_params.get("number")

    async def act() -> Response:
        if number is None:
            door.desk.keep.put(upload, data)
            return Response(status_code=200)
        etag = door.desk.keep.put_part(upload, number, data)
        return Response(status_code=200, headers={"etag": f'"{etag}"'})

    return await door.answer(Call(On.PUT), act)


async def complete(door: Door, request: Request) -> Response:
    """Make a file of its parts."""
    upload = door.desk.keep.upload(request.path_params["id"])
    if upload is None:
        return problem(404, "No such upload.")
    numbers = _parts(await request.body())
    if door.desk.keep.join(upload, numbers) is None:
        return problem(400, "A part is missing.")
    return JSONResponse({"access_url": _file_url(door.media(request), upload)})


async def upload_at_once(door: Door, request: Request) -> Response:
    """Take a file in one call, as fal's own clients send one to the file server."""
    if not request.headers.get("authorization", "").startswith("Bearer "):
        return problem(401, "A token is required.")
    data = await request.body()

    async def act() -> Response:
        upload = door.desk.keep.put(_announced(door, request), data)
        return JSONResponse({"access_url": _file_url(door.media(request), upload)})

    return await door.answer(Call(On.PUT), act)


async def begin_parts(door: Door, request: Request) -> Response:
    """Announce a file that comes in parts, as fal's own clients do at the file server."""
    if not request.headers.get("authorization", "").startswith("Bearer "):
        return problem(401, "A token is required.")
    upload = _announced(door, request)
    url = _file_url(door.media(request), upload)
    return JSONResponse({"access_url": url, "uploadId": upload.id})


async def put_part(door: Door, request: Request) -> Response:
    """Take a part of a file at the file server."""
    upload = door.desk.keep.upload(request.path_params["id"])
    if upload is None:
        return problem(404, "No such upload.")
    data = await request.body()
    etag = door.desk.keep.put_part(upload, request.path_params["number"], data)
    return Response(status_code=200, headers={"etag": f'"{etag}"'})


def _announced(door: Door, request: Request) -> Upload:
    name = request.headers.get("x-fal-file-name", "file")
    content_type = request.headers.get("content-type", "application/octet-stream")
    return door.desk.keep.announce(name, content_type)


def _parts(body: bytes) -> list[int]:
    try:
        asked: Any = json.loads(body)
        return sorted(int(one["partNumber"]) for one in asked["parts"])
    except (ValueError, KeyError, TypeError):
        return []


def _file_url(base: str, upload: Upload) -> str:
    return f"{base}/files/uploads/{upload.id}/{upload.name}"

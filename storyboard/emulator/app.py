"""Routes into one ASGI application."""

from collections.abc import Awaitable, Callable

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from storyboard.emulator import media_routes, platform_routes, queue_routes, storage_routes
from storyboard.emulator.door import Door

Handle = Callable[[Door, Request], Awaitable[Response]]

ROUTES: tuple[tuple[str, str, Handle], ...] = (
    ("GET", "/v1/models/requests/by-endpoint", platform_routes.requests),
    ("GET", "/v1/models/pricing", platform_routes.pricing),
    ("POST", "/storage/upload/initiate", storage_routes.initiate),
    ("POST", "/storage/upload/initiate-multipart", storage_routes.initiate),
    ("POST", "/storage/auth/token", storage_routes.token),
    ("PUT", "/uploads/{id}", storage_routes.put),
    ("PUT", "/uploads/{id}/{number:int}", storage_routes.put),
    ("POST", "/uploads/{id}/complete", storage_routes.complete),
    ("POST", "/files/upload", storage_routes.upload_at_once),
    ("POST", "/files/upload/multipart", storage_routes.begin_parts),
    ("PUT", "/files/uploads/{id}/{name}/multipart/{again}/{number:int}", storage_routes.put_part),
    ("POST", "/files/uploads/{id}/{name}/multipart/{again}/complete", storage_routes.complete),
    ("GET", "/files/clips/{id}/{name}", media_routes.clip),
    ("GET", "/files/uploads/{id}/{name}", media_routes.uploaded),
    ("GET", "/{app:path}/requests/{id}/status/stream", queue_routes.stream),
    ("GET", "/{app:path}/requests/{id}/status", queue_routes.status),
    ("PUT", "/{app:path}/requests/{id}/cancel", queue_routes.cancel),
    ("GET", "/{app:path}/requests/{id}/response", queue_routes.result),
    ("GET", "/{app:path}/requests/{id}", queue_routes.result),
    ("POST", "/{endpoint:path}", queue_routes.submit),
)
"""Every call that is answered; the queue's paths hold whole endpoint ids, so they stand last."""


def application(door: Door) -> Starlette:
    """Make the application."""
    return Starlette(
        routes=[Route(path, _bound(handle, door), methods=[verb]) for verb, path, handle in ROUTES]
    )


def _bound(handle: Handle, door: Door) -> Callable[[Request], Awaitable[Response]]:
    async def call(request: Request) -> Response:
        return await handle(door, request)

    return call

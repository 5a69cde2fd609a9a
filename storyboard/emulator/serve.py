"""Settings, a catalogue and a scenario into a stand-in that listens."""

import asyncio
import errno
import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Receive, Scope, Send

from storyboard.emulator.app import application
from storyboard.emulator.desk import Desk, Settings, World
from storyboard.emulator.door import Door
from storyboard.emulator.hosts import Ports, Secure, bind, number, url
from storyboard.emulator.listen import Listener, Urls
from storyboard.emulator.misbehave import Behaviour

_SETTLE_EVERY = 0.1
_LOOK_EVERY = 0.05


@dataclass(frozen=True, slots=True)
class StandIn:
    """A stand-in that has its ports, and listens once its server is run."""

    desk: Desk
    server: Listener
    urls: Urls


class _Later:
    """The server, before there is one: the routes need it, and it needs the routes."""

    def __init__(self) -> None:
        self.server: Listener | None = None

    async def refuse(self, seconds: float) -> None:
        if self.server is not None:
            await self.server.refuse(seconds)

    async def die(self, seconds: float) -> None:
        if self.server is not None:
            await self.server.die(seconds)


def stand_in(
    settings: Settings,
    world: World,
    port: int = 0,
    ready: Callable[[Urls], None] = lambda _: None,
) -> StandIn:
    """Make a stand-in on `port`, or on the ports it had before where 0 is given.

    Raises:
        OSError: the port is taken.
    """
    desk = Desk(settings, world)
    ports = _ports(settings, port)
    urls = _urls(ports)
    host = _Later()
    app = application(Door(desk, Behaviour(host, settings.speed), url(ports.media)))
    host.server = Listener(_settling(app, desk), ports, lambda: ready(urls))
    return StandIn(desk, host.server, urls)


@contextmanager
def serving(standing: StandIn) -> Iterator[StandIn]:
    """Run a stand-in in a thread of this process, and stop it."""
    thread = threading.Thread(target=standing.server.run_until_told, daemon=True)
    thread.start()
    try:
        while not standing.server.listening.wait(_LOOK_EVERY) and thread.is_alive():
            pass
        yield standing
    finally:
        standing.server.should_exit = True
        thread.join()
        standing.desk.settle()


def _ports(settings: Settings, port: int) -> Ports:
    """Take the ports that this folder's stand-in had: URLs that it gave out must stay good.

    Where another program has one of them now, a free one is taken and the old one is remembered:
    most of what stands at the old one is asked for at the queue's present address all the same.
    """
    note = settings.folder / "ports.json"
    before: dict[str, int] = json.loads(note.read_text("utf-8")) if note.exists() else {}
    main = bind(port) if port else _bound_again(before.get("main", 0))
    media = _bound_again(before.get("media", 0))
    taken = {"main": port or number(main), "media": number(media)}
    remembered = taken | ({} if port else before)
    note.write_text(json.dumps(remembered), encoding="utf-8")
    return Ports(main, media, _secure(settings) if settings.tls else None)


def _bound_again(port: int) -> socket.socket:
    try:
        return bind(port)
    except OSError as error:
        if not port or error.errno != errno.EADDRINUSE:
            raise
        return bind(0)


def _secure(settings: Settings) -> Secure:
    # Here, because only the few who ask for TLS need what makes certificates.
    from storyboard.emulator.tls import secure  # noqa: PLC0415

    return secure(settings.folder)


def _urls(ports: Ports) -> Urls:
    main, secure = url(ports.main), ports.secure
    proxy, ca_file = (url(secure.proxy), str(secure.ca_file)) if secure else (None, None)
    return Urls(main, main, main, proxy, ca_file)


def _settling(app: ASGIApp, desk: Desk) -> ASGIApp:
    """Let requests be drawn and charged also while nobody asks after them."""
    started: set[asyncio.Task[None]] = set()

    async def draw() -> None:
        while True:
            for entry in desk.to_draw():
                await run_in_threadpool(desk.draw, entry)
            await asyncio.sleep(_LOOK_EVERY)

    async def settle() -> None:
        while True:
            desk.settle()
            await asyncio.sleep(_SETTLE_EVERY)

    async def call(scope: Scope, receive: Receive, send: Send) -> None:
        if not started:
            started.update((asyncio.create_task(settle()), asyncio.create_task(draw())))
        await app(scope, receive, send)

    return call
